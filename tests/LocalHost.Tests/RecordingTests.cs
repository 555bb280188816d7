using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Recordings;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>
/// Recordings of a real LiveKit through the gateway. What is expected of each is read out of the recording itself, not out of our parser.
/// </summary>
public sealed class RecordingTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Every_recording_replays_without_a_refusal_and_with_one_agent_and_one_end_for_every_caller(string name)
    {
        var webhooks = LiveKitFixture.Load(name).Webhooks.Select(webhook => webhook.Json).ToList();
        var callersRooms = webhooks.Where(IsCallerJoining).Select(webhook => $"{webhook["room"]!["name"]}").ToHashSet();

        var prefix = name == "sip-inbound-callee-rule" ? "callee-" : OfTheRig(SettingNames.LiveKitRoomPrefix);

        var result = await RecordingPlayer.RunAsync(
            Recording.Read(LiveKitFixture.PathOf(name)), setting => setting == SettingNames.LiveKitRoomPrefix ? prefix : OfTheRig(setting));

        Assert.Empty(result.BrokenPromises);
        Assert.Equal((webhooks.Count, webhooks.Count, 0), (result.Summary.Webhooks, result.Summary.Accepted, result.Summary.Refused));
        var ours = webhooks.Where(webhook => $"{webhook["room"]?["name"]}".StartsWith($"{prefix}_", StringComparison.Ordinal))
            .Select(webhook => $"{webhook["id"]}")
            .ToList();
        Assert.Equal(ours.Count - ours.Distinct().Count(), result.Summary.Duplicates);
        Assert.Equal(callersRooms, result.Calls.Select(call => call.RoomName).ToHashSet());
        Assert.All(result.Calls, call =>
        {
            Assert.Equal(1, call.Dispatches);
            Assert.Single(call.Events, "CALL_ENDED");
            Assert.Single(call.Events, "ROOM_DELETED");
            Assert.Equal(
                webhooks.Count(webhook => IsAgentJoining(webhook) && $"{webhook["room"]!["name"]}" == call.RoomName),
                call.AgentsSeen);
        });
    }

    [Fact]
    public async Task Only_a_departure_that_arrives_is_a_call_with_an_end_and_without_an_agent()
    {
        var recording = Recording.Read(LiveKitFixture.PathOf("sip-inbound-dispatch-on-webhook"));
        var left = recording.Webhooks.Where(webhook => Encoding.UTF8.GetString(webhook.Body) is var body
            && body.Contains("participant_left", StringComparison.Ordinal)
            && body.Contains("\"SIP\"", StringComparison.Ordinal));

        var result = await RecordingPlayer.RunAsync(recording with { Webhooks = [.. left] }, OfTheRig);

        var call = Assert.Single(result.Calls);
        Assert.Equal((0, "caller_hangup", "ended"), (call.Dispatches, call.EndCause, call.Status));
        Assert.Single(call.Events, "CALL_ENDED");
    }

    /// <summary>Nobody answers: the caller waits until the route's silence timeouts have sent every agent that there is.</summary>
    [Fact]
    public async Task An_agent_that_is_sent_again_because_none_came_breaks_no_promise()
    {
        var recording = Recording.Read(LiveKitFixture.PathOf("sip-inbound-dispatch-on-webhook"));
        var caller = recording.Webhooks
            .Where(webhook => !Encoding.UTF8.GetString(webhook.Body).Contains("agent-", StringComparison.Ordinal))
            .TakeWhile(webhook => !Encoding.UTF8.GetString(webhook.Body).Contains("participant_left", StringComparison.Ordinal));

        var result = await RecordingPlayer.RunAsync(recording with { Webhooks = [.. caller] }, OfTheRig);

        Assert.Empty(result.BrokenPromises);
        var call = Assert.Single(result.Calls);
        Assert.Equal((2, 0, "no_agent"), (call.Dispatches, call.AgentsSeen, call.EndCause));
    }

    [Fact]
    public async Task The_command_prints_a_line_per_call_and_a_line_per_recording()
    {
        using var output = new StringWriter();

        var exit = await Shell.RunAsync(
            ["replay", LiveKitFixture.PathOf("sip-inbound-anonymous")],
            OfTheRig,
            output,
            TextWriter.Null,
            TestContext.Current.CancellationToken);

        var lines =
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Equal(0, exit);
        Assert.Equal(
            [
                "recording", "callId", "roomName", "direction", "status", "endCause", "seconds", "silenceSeconds", "dispatches",
                "agentsSeen", "events", "effects",
            ],
            lines[0].Select(property => property.Key));
        Assert.Equal(["effect", "epoch", "result"], lines[0]["effects"]![0]!.AsObject().Select(property => property.Key));
        Assert.Equal(["recording", "webhooks", "accepted", "refused", "duplicates"], lines[1].Select(property => property.Key));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"signing":{"apiKey":"k","apiSecret":"s"},"entries":[{"kind":"webhook"}]}""")]
    public async Task A_file_that_is_no_recording_is_named(string text)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        using var errors = new StringWriter();

        var exit = await Shell.RunAsync(["replay", path], _ => null, TextWriter.Null, errors, TestContext.Current.CancellationToken);

        File.Delete(path);
        Assert.Equal(2, exit);
        Assert.Contains(path, errors.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What the rooms and the agents of the rig were called on which these were recorded.</summary>
    private static string? OfTheRig(string setting) => setting switch
    {
        SettingNames.LiveKitRoomPrefix => "call-",
        SettingNames.LiveKitAgentName => "acme",
        _ => null,
    };

    private static bool IsCallerJoining(JsonNode webhook) =>
        $"{webhook["event"]}" == "participant_joined"
        && $"{webhook["participant"]?["kind"]}" == "SIP"
        && webhook["participant"]?["attributes"]?["sip.ruleID"] is not null;

    private static bool IsAgentJoining(JsonNode webhook) =>
        $"{webhook["event"]}" == "participant_joined" && $"{webhook["participant"]?["kind"]}" == "AGENT";
}
