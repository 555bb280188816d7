using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// What a call's journal adds up to, in slices: each feature has one, with its own <c>Apply</c>. Folding is commutative and idempotent: a
/// slice keeps the earliest event of each kind, so any order and any repetition of the same events give the same state.
/// </summary>
public sealed record CallState(CallId CallId)
{
    /// <summary>The legs.</summary>
    public CallLegs Legs { get; private init; } = CallLegs.None;

    /// <summary>The sessions of the room.</summary>
    public CallRooms Rooms { get; private init; } = CallRooms.None;

    /// <summary>Twilio's side.</summary>
    public TwilioLegs Twilio { get; private init; } = TwilioLegs.None;

    /// <summary>What was not stored.</summary>
    public CallOmissions Omissions { get; private init; } = CallOmissions.None;

    /// <summary>The effects' claims by key.</summary>
    public ImmutableDictionary<string, EffectClaim> Claims { get; private init; } = ImmutableDictionary<string, EffectClaim>.Empty;

    /// <summary>When the gateway received the first event of the call.</summary>
    public DateTimeOffset FirstEventAt { get; private init; } = DateTimeOffset.MaxValue;

    /// <summary>When the gateway received the last event of the call.</summary>
    public DateTimeOffset LastEventAt { get; private init; } = DateTimeOffset.MinValue;

    /// <summary>The state that a history adds up to.</summary>
    public static CallState Of(CallHistory history) =>
        history.Events.Aggregate(new CallState(history.CallId), (state, callEvent) => state.Apply(callEvent)).With(history.Claims);

    /// <summary>The state with some claims replaced.</summary>
    public CallState With(IEnumerable<EffectClaim> claims) =>
        this with { Claims = Claims.SetItems(claims.Select(claim => KeyValuePair.Create(claim.Key, claim))) };

    /// <summary>The state after one more event.</summary>
    public CallState Apply(CallEvent callEvent) => this with
    {
        Legs = Legs.Apply(callEvent),
        Rooms = Rooms.Apply(callEvent),
        Twilio = Twilio.Apply(callEvent),
        Omissions = Omissions.Apply(callEvent),
        FirstEventAt = callEvent.At < FirstEventAt ? callEvent.At : FirstEventAt,
        LastEventAt = callEvent.At > LastEventAt ? callEvent.At : LastEventAt,
    };
}
