using System.Text.Json.Serialization;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>What an event says. Facts may be folded in any order and any number of times; the state they give is the same.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(CallAnnounced), "arrived")]
[JsonDerivedType(typeof(RoomStarted), "room_started")]
[JsonDerivedType(typeof(RoomFinished), "room_finished")]
[JsonDerivedType(typeof(RoomAbandoned), "room_abandoned")]
[JsonDerivedType(typeof(LegJoined), "leg_joined")]
[JsonDerivedType(typeof(LegLeft), "leg_left")]
[JsonDerivedType(typeof(LegAborted), "leg_aborted")]
[JsonDerivedType(typeof(AudioPublished), "audio_published")]
[JsonDerivedType(typeof(HumanAnswered), "leg_answered")]
[JsonDerivedType(typeof(DialEnded), "dial_ended")]
[JsonDerivedType(typeof(TwilioLegEnded), "twilio_leg_ended")]
[JsonDerivedType(typeof(Unhandled), "noted")]
public abstract record CallFact
{
    private CallFact()
    {
    }

    /// <summary>Twilio announced the call.</summary>
    /// <param name="CallSid">The CallSid of the caller's own leg.</param>
    /// <param name="From">The caller's number or address; <c>null</c> where it was withheld.</param>
    /// <param name="To">The number or address that was called.</param>
    public sealed record CallAnnounced(string CallSid, string? From, string? To) : CallFact;

    /// <summary>A room session began.</summary>
    public sealed record RoomStarted : CallFact;

    /// <summary>A room session is over; nobody is in it any more.</summary>
    public sealed record RoomFinished : CallFact;

    /// <summary>A room of ours lives and should not: its call is over, or nobody but agents and recorders has been in it for long.</summary>
    public sealed record RoomAbandoned : CallFact;

    /// <summary>A leg is in the room.</summary>
    public sealed record LegJoined(Leg Leg) : CallFact;

    /// <summary>A leg left the room for good: its sid never comes back.</summary>
    /// <param name="Leg">The leg.</param>
    /// <param name="Reason">LiveKit's disconnect reason, such as <c>CLIENT_INITIATED</c>.</param>
    public sealed record LegLeft(Leg Leg, string Reason) : CallFact;

    /// <summary>A leg was refused or gave up before it was in the room.</summary>
    public sealed record LegAborted(Leg Leg) : CallFact;

    /// <summary>A leg publishes audio. From an agent it is what makes LiveKit pick an inbound call up; from a dialled human it may be the ringing tone.</summary>
    public sealed record AudioPublished(string LegSid, string Identity) : CallFact;

    /// <summary>The human who was dialled has picked up. LiveKit tells it only to whoever asks.</summary>
    public sealed record HumanAnswered(string LegSid, string Identity) : CallFact;

    /// <summary>Twilio's Dial to LiveKit is over.</summary>
    /// <param name="Status">Twilio's DialCallStatus, lower case with dashes.</param>
    /// <param name="SipCode">The final SIP response code, where Twilio told it.</param>
    /// <param name="CallerIsGone">Whether the caller's own leg had ended by then.</param>
    public sealed record DialEnded(string Status, int? SipCode, bool CallerIsGone) : CallFact;

    /// <summary>A Twilio leg reached a terminal status.</summary>
    /// <param name="Status">Twilio's CallStatus: completed, busy, failed, no-answer or canceled.</param>
    /// <param name="IsCaller">Whether it is the caller's own leg; otherwise it is the leg towards LiveKit.</param>
    public sealed record TwilioLegEnded(string Status, bool IsCaller) : CallFact;

    /// <summary>An authentic event that changes nothing here; kept for the story.</summary>
    /// <param name="Name">The provider's name of the event.</param>
    public sealed record Unhandled(string Name) : CallFact;
}
