using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>A recording that was played.</summary>
internal static class PlayedText
{
    /// <summary>Tells it as lines of JSON: one for each of its calls and one for the whole.</summary>
    public static async Task TellAsync(PlayedRecording played, CommandConsole console)
    {
        foreach (var call in played.Calls)
        {
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(call, PlayedJson.Plain.PlayedCallLine));
        }

        await console.Output.WriteLineAsync(JsonSerializer.Serialize(played.Summary, PlayedJson.Plain.PlayedSummary));
        if (played.Unclaimed is { } toSet)
        {
            await console.Errors.WriteLineAsync($"{played.Summary.Recording}: {toSet}");
        }

        foreach (var broken in played.BrokenPromises)
        {
            await console.Errors.WriteLineAsync($"{played.Summary.Recording}: broken promise: {broken}");
        }
    }

    /// <summary>The same as one object.</summary>
    public static JsonNode JsonOf(PlayedRecording played)
    {
        var whole = JsonSerializer.SerializeToNode(played.Summary, PlayedJson.Plain.PlayedSummary)!.AsObject();
        whole["calls"] = JsonText.Array(played.Calls, call => JsonSerializer.SerializeToNode(call, PlayedJson.Plain.PlayedCallLine));
        whole["brokenPromises"] = JsonText.Array(played.BrokenPromises, broken => broken);
        whole["unclaimed"] = played.Unclaimed;
        return whole;
    }
}
