using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// What a call's journal adds up to. Folding is commutative and idempotent: it keeps the earliest event of each kind, so any order and any repetition
/// of the same events give the same state.
/// </summary>
public sealed record CallState(CallId CallId)
{
    /// <summary>The room's name; <c>null</c> until an event of the room was seen.</summary>
    public string? RoomName { get; private init; }

    /// <summary>The room's sessions by sid.</summary>
    public ImmutableDictionary<string, RoomState> Rooms { get; private init; } = ImmutableDictionary<string, RoomState>.Empty;

    /// <summary>The legs by participant sid.</summary>
    public ImmutableSortedDictionary<string, LegState> Legs { get; private init; } = ImmutableSortedDictionary.Create<string, LegState>(StringComparer.Ordinal);

    /// <summary>The effects' claims by key.</summary>
    public ImmutableDictionary<string, EffectClaim> Claims { get; private init; } = ImmutableDictionary<string, EffectClaim>.Empty;

    /// <summary>Twilio's announcement.</summary>
    public CallEvent? Arrival { get; private init; }

    /// <summary>The end of Twilio's Dial to LiveKit.</summary>
    public CallEvent? DialEnd { get; private init; }

    /// <summary>The terminal status of the caller's own Twilio leg.</summary>
    public CallEvent? CallerLegEnd { get; private init; }

    /// <summary>The terminal status of Twilio's leg towards LiveKit.</summary>
    public CallEvent? LiveKitLegEnd { get; private init; }

    /// <summary>When the gateway first heard of the call.</summary>
    public DateTimeOffset FirstEventAt { get; private init; } = DateTimeOffset.MaxValue;

    /// <summary>When the gateway last heard of the call.</summary>
    public DateTimeOffset LastEventAt { get; private init; } = DateTimeOffset.MinValue;

    /// <summary>The state that a story adds up to.</summary>
    public static CallState Of(CallHistory story) =>
        story.Events.Aggregate(new CallState(story.CallId), (state, callEvent) => state.Apply(callEvent)).With(story.Claims);

    /// <summary>The state with some claims replaced.</summary>
    public CallState With(IEnumerable<EffectClaim> claims) => this with { Claims = Claims.SetItems(claims.Select(claim => KeyValuePair.Create(claim.Key, claim))) };

    /// <summary>The state after one more event.</summary>
    public CallState Apply(CallEvent callEvent)
    {
        var state = this with
        {
            FirstEventAt = callEvent.At < FirstEventAt ? callEvent.At : FirstEventAt,
            LastEventAt = callEvent.At > LastEventAt ? callEvent.At : LastEventAt,
        };
        if (callEvent.Room is { } room)
        {
            var life = Rooms.GetValueOrDefault(room.Sid) ?? new RoomState(room.Sid) { FirstSeen = callEvent };
            life = life with
            {
                FirstSeen = Earlier(life.FirstSeen, callEvent),
                Finished = callEvent.Fact is CallFact.RoomFinished ? Earlier(life.Finished, callEvent) : life.Finished,
                Abandoned = callEvent.Fact is CallFact.RoomAbandoned && !(callEvent.At <= life.Abandoned?.At) ? callEvent : life.Abandoned,
            };
            // A call has one room name, so the last one is as good as any.
            state = state with { RoomName = room.Name, Rooms = Rooms.SetItem(room.Sid, life) };
        }

        return callEvent.Fact switch
        {
            CallFact.LegJoined { Leg: var leg } => state.Change(leg.Sid, life => life with { Joined = Earlier(life.Joined, callEvent), Answered = Answer(life, leg, callEvent) }),
            CallFact.LegLeft { Leg: var leg } => state.Change(leg.Sid, life => life with { Left = Earlier(life.Left, callEvent), Answered = Answer(life, leg, callEvent) }),
            CallFact.LegAborted { Leg: var leg } => state.Change(leg.Sid, life => life with { Aborted = Earlier(life.Aborted, callEvent) }),
            CallFact.AudioPublished { LegSid: var sid } => state.Change(sid, life => life with { Audio = Earlier(life.Audio, callEvent) }),
            CallFact.HumanAnswered { LegSid: var sid } => state.Change(sid, life => life with { Answered = Earlier(life.Answered, callEvent) }),
            CallFact.CallAnnounced => state with { Arrival = Earlier(Arrival, callEvent) },
            CallFact.DialEnded => state with { DialEnd = Earlier(DialEnd, callEvent) },
            CallFact.TwilioLegEnded { IsCaller: true } => state with { CallerLegEnd = Earlier(CallerLegEnd, callEvent) },
            CallFact.TwilioLegEnded => state with { LiveKitLegEnd = Earlier(LiveKitLegEnd, callEvent) },
            _ => state,
        };
    }

    private CallState Change(string sid, Func<LegState, LegState> change) =>
        this with { Legs = Legs.SetItem(sid, change(Legs.GetValueOrDefault(sid) ?? new LegState(sid))) };

    private static CallEvent? Answer(LegState life, Leg leg, CallEvent callEvent) => leg.IsAnsweredHuman ? Earlier(life.Answered, callEvent) : life.Answered;

    /// <summary>The one that counts of two events of a kind: the earlier, and of two at one time the one with the smaller id.</summary>
    private static CallEvent Earlier(CallEvent? one, CallEvent other) =>
        one is null || other.At < one.At || (other.At == one.At && string.CompareOrdinal(other.Id, one.Id) < 0) ? other : one;
}
