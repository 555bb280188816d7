using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Exploration.Model;

/// <summary>Twilio's part of an announced call: it tells of the call, and of the end of its Dial.</summary>
internal sealed class TwilioLine(CallWorld world)
{
    private const string Line = "twilio";
    private static readonly TimeSpan Tells = TimeSpan.FromMilliseconds(500);
    private readonly TimeSpan dialTimeout = world.Terms.DialTimeout + TimeSpan.FromSeconds(5);

    private bool timedOut;

    public void Announce() => Tell("arrived", new CallFact.CallAnnounced(CallWorld.CallSid, "+15550100001", "+15550100123"));

    /// <summary>Twilio takes back a Dial that nobody answers.</summary>
    public void Dialled() => world.After(dialTimeout, "the Dial times out", [], _ =>
    {
        if (world.Witness.Caller.HeardUntil is null
            && world.LiveKit.Find(world.RoomName) is { } room
            && room.Callers.FirstOrDefault() is { } caller)
        {
            timedOut = true;
            world.LiveKit.Leave(room.Name, caller, LiveKitDisconnectReason.ClientInitiated);
        }
    });

    public void CallerLeft(string reason)
    {
        var answered = world.Witness.Caller.HeardUntil is not null;
        var status = answered
            ? "completed"
            : timedOut ? "no-answer" : reason == LiveKitDisconnectReason.ClientInitiated ? "canceled" : "failed";
        world.After(Tells, "the Dial ends", [], _ =>
            Tell("dial", new CallFact.DialEnded(status, null, !timedOut && reason == LiveKitDisconnectReason.ClientInitiated)));
    }

    private void Tell(string name, CallFact fact)
    {
        var id = $"{CallWorld.CallSid}:{name}:1";
        world.Webhooks.Send(
            Line,
            new Message(id, $"twilio {name}", now => new ReceivedEvent(world.Announced, new CallEvent(id, now, fact), Tracking.Follow)));
    }
}
