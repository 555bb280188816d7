using System.Globalization;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Recordings;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>
/// Traffic in which other people take part: cases from public reports, made by hand, and recordings of a real LiveKit. What is right stands
/// beside each, in NAME.expected.txt.
/// </summary>
public sealed class ExpectedRecordingTests
{
    private static readonly string[] Folders = ["field", "livekit-2"];

    public static TheoryData<string> Recordings =>
        [.. Folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf("tests", "fixtures", folder), "*.json"))
            .Select(path => Path.GetRelativePath(Repository.PathOf("tests", "fixtures"), Path.ChangeExtension(path, null)))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task A_recording_comes_out_as_is_written_beside_it(string name)
    {
        var path = Repository.PathOf("tests", "fixtures", name);
        var expected = (await File.ReadAllLinesAsync($"{path}.expected.txt", TestContext.Current.CancellationToken))
            .Where(line => line.Length > 0 && line[0] != '#');

        var played = await RecordingPlayer.RunAsync(Recording.Read($"{path}.json"), _ => null);

        Assert.Equal(expected, played.Calls.Count > 0 ? played.Calls.Select(InWords) : ["no call"]);
        Assert.Empty(played.BrokenPromises);
        Assert.Equal(played.Summary.Webhooks, played.Summary.Accepted);
    }

    [Fact]
    public async Task No_agent_is_sent_to_people_who_talked_before_a_phone_dialled_in_by_a_listed_rule()
    {
        var meeting = Recording.Read(Repository.PathOf("tests", "fixtures", "field", "meeting-dial-in.json"));

        var played = await RecordingPlayer.RunAsync(meeting, name => name == SettingNames.LiveKitSipRuleIds ? "SDR_pin" : null);

        Assert.Equal(0, Assert.Single(played.Calls).Dispatches);
        Assert.Empty(played.BrokenPromises);
    }

    [Fact]
    public async Task Where_no_room_is_the_gateways_it_is_said_what_to_set()
    {
        var (nothing, prefix) = (new StringWriter(), new StringWriter());

        await ReplayAsync(_ => null, nothing);
        await ReplayAsync(setting => setting == SettingNames.LiveKitSipRuleIds ? "SDR_pin" : null, prefix);

        Assert.Contains("Set LIVEKIT_ROOM_PREFIX (now call)", nothing.ToString(), StringComparison.Ordinal);
        Assert.Contains("LIVEKIT_SIP_RULE_IDS: SDR_pin, ST_case", nothing.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Set LIVEKIT_ROOM_PREFIX", prefix.ToString(), StringComparison.Ordinal);

        static Task<int> ReplayAsync(Func<string, string?> environment, StringWriter errors) => Shell.RunAsync(
            ["replay", Repository.PathOf("tests", "fixtures", "field", "meeting-dial-in.json")],
            environment,
            TextWriter.Null,
            errors,
            TestContext.Current.CancellationToken);
    }

    private static string InWords(PlayedCallLine call)
    {
        var putOut = call.Effects.Where(effect => effect.Effect == "remove-surplus")
            .Sum(effect => int.Parse(effect.Result ?? "0", CultureInfo.InvariantCulture));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{call.RoomName}: {call.Dispatches} sent, {putOut} put out, {call.EndCause} after {call.Seconds:0} s, silence "
                + $"{call.SilenceSeconds:0.0} s");
    }
}
