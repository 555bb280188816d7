using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds what Twilio said: nothing for a call that came over another SIP trunk.</summary>
public sealed record TwilioLegs
{
    /// <summary>Not a word from Twilio.</summary>
    public static TwilioLegs None { get; } = new();

    /// <summary>The voice webhook that announced the call.</summary>
    public CallEvent? Announced { get; private init; }

    /// <summary>The end of the Dial to LiveKit.</summary>
    public CallEvent? DialEnd { get; private init; }

    /// <summary>The end of the Dial to the human who talked with the caller; <c>null</c> where none did.</summary>
    public CallEvent? HumanServed { get; private init; }

    /// <summary>The terminal status of the caller's own leg.</summary>
    public CallEvent? CallerLegEnd { get; private init; }

    /// <summary>The terminal status of the leg towards LiveKit.</summary>
    public CallEvent? LiveKitLegEnd { get; private init; }

    /// <summary>The legs after one more event.</summary>
    internal TwilioLegs Apply(CallEvent callEvent) => callEvent.Fact switch
    {
        CallFact.CallAnnounced => this with { Announced = CallEvent.Earlier(Announced, callEvent) },
        CallFact.DialEnded => this with { DialEnd = CallEvent.Earlier(DialEnd, callEvent) },
        CallFact.HumanDialEnded { Status: CallFact.HumanDialEnded.Served } =>
            this with { HumanServed = CallEvent.Earlier(HumanServed, callEvent) },
        CallFact.TwilioLegEnded { IsCaller: true } => this with { CallerLegEnd = CallEvent.Earlier(CallerLegEnd, callEvent) },
        CallFact.TwilioLegEnded => this with { LiveKitLegEnd = CallEvent.Earlier(LiveKitLegEnd, callEvent) },
        _ => this,
    };
}
