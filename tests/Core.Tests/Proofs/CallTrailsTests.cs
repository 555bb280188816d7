using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

public sealed class CallTrailsTests
{
    [Theory]
    [InlineData("timeline")]
    [InlineData("cost")]
    public async Task Rows_that_somebody_wrote_by_hand_are_of_no_call_and_never_an_error_of_ours(string part)
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();

        HashSet<int> answers = [];
        for (var field = 0; field < 40; field++)
        {
            bench.Journal.Spoils = row => Without(field, row);
            answers.Add((await bench.GetAsync($"/calls/{GatewayBench.Call}/{part}")).Status);
        }

        Assert.Equal([200, 404], answers.Order());
    }

    /// <summary>The row with <c>null</c> for one field of what it says, where no gateway writes <c>null</c>.</summary>
    private static StoredRow Without(int field, StoredRow row)
    {
        if (row["data"] is not { } text || JsonNode.Parse(text) is not JsonObject said)
        {
            return row;
        }

        var all = Fields(said).ToArray();
        all[field % all.Length].Parent[all[field % all.Length].Name] = null;
        return row with { Columns = new Dictionary<string, string>(row.Columns) { ["data"] = said.ToJsonString() } };
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Fields(JsonObject parent) => parent.SelectMany(
        field => field.Value is JsonObject inner
            ? Fields(inner).Append((parent, field.Key))
            : Enumerable.Empty<(JsonObject, string)>().Append((parent, field.Key)));
}
