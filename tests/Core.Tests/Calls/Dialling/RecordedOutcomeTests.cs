using System.Text;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>What the webhooks of a real LiveKit say of phones that were dialled, as if they had been dialled for a call of ours.</summary>
public sealed class RecordedOutcomeTests
{
    private static readonly LiveKitEventMapper Mapper = new(new RoomScope(Naming), new ParticipantMapper(agentIdentityPrefix: null));

    [Theory]
    [InlineData("sip-outbound-486-nowait", EndCause.Busy)]
    [InlineData("sip-outbound-486-wait", EndCause.Busy)]
    [InlineData("sip-outbound-480-wait", EndCause.NoAnswer)]
    [InlineData("sip-outbound-no-answer-nowait", EndCause.NoAnswer)]
    [InlineData("sip-outbound-no-answer-wait", EndCause.NoAnswer)]
    [InlineData("sip-outbound-404-wait", EndCause.Failed)]
    [InlineData("sip-outbound-487-wait", EndCause.Failed)]
    [InlineData("sip-outbound-500-wait", EndCause.Failed)]
    [InlineData("sip-outbound-503-wait", EndCause.Failed)]
    [InlineData("sip-outbound-unreachable", EndCause.Failed)]
    [InlineData("sip-outbound-room-deleted-while-ringing", EndCause.RoomClosed)]
    [InlineData("sip-outbound-answered-wait", DialAttempt.Answered)]
    [InlineData("sip-outbound-answered-nowait", DialAttempt.Answered)]
    public void The_webhooks_of_a_recording_say_how_the_dialling_went(string recording, string outcome)
    {
        var scene = SceneOf(recording);

        var attempt = Assert.Single(scene.State.DialAttempts);
        Assert.Equal(outcome, attempt.Outcome);
        var cause = Assert.IsType<CallEffect.EndCall>(scene.DueAt(60)).Cause;
        Assert.Equal(
            outcome != DialAttempt.Answered ? outcome
                : recording == "sip-outbound-answered-wait" ? EndCause.CallerHangup : EndCause.CallerRemoved,
            cause);
    }

    /// <summary>Before the phone left, nothing but a question could have told that it was answered.</summary>
    [Fact]
    public void No_webhook_of_a_recording_tells_of_the_answer_while_they_talk() => Assert.All(
        ["sip-outbound-answered-wait", "sip-outbound-answered-nowait"],
        recording => Assert.DoesNotContain(
            EventsOf(recording),
            told => told.Fact is CallFact.LegJoined { Leg.IsAnswered: true } or CallFact.HumanAnswered));

    private static Scene SceneOf(string recording) => new(
    [
        Outbound.Requested(-2),
        Outbound.Opened(-2),
        Dispatched(-2),
        Joined(-1, Agent()),
        Done("dial:1", 1, "rings:SCL_1") with { BegunAt = Given.At(0) },
        .. EventsOf(recording),
        Asked(59),
    ]);

    private static IEnumerable<CallEvent> EventsOf(string recording)
    {
        var webhooks = LiveKitFixture.Load(recording).OwnWebhooks.ToList();
        var identity = webhooks.Select(webhook => (string?)webhook.Json["participant"]?["identity"]).First(named => named is not null)!;
        foreach (var webhook in webhooks)
        {
            var json = webhook.Json;
            json["room"]!["name"] = Room.Name;
            var body = json.ToJsonString().Replace($"\"{identity}\"", $"\"{CalleeIdentity.Of(Call)}\"", StringComparison.Ordinal);
            var at = (double)webhook.Entry["t"]! / 1000;
            var mapped = Mapper.Map(Encoding.UTF8.GetBytes(body), Given.At(at))!.Event;
            yield return mapped with { HappenedAt = null };
        }
    }
}
