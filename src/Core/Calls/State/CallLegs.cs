using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>The slice of a call's state that holds its legs, by participant sid.</summary>
public sealed record CallLegs
{
    /// <summary>Made when first asked for, and once for all who ask: whether a leg is live hangs on those of its identity.</summary>
    private ILookup<string, LegState>? byIdentity;

    /// <summary>Made when first asked for, like the ones below: a tree is slow to walk, and every rule asks.</summary>
    private LegState[]? all;
    private LegState[]? callers;
    private LegState[]? agents;

    /// <summary>No leg.</summary>
    public static CallLegs None { get; } = new();

    /// <summary>The legs in the order of their sids.</summary>
    public IEnumerable<LegState> All => all ??= [.. BySid.Values];

    /// <summary>Every leg that was a caller's, there or gone. A callee's is one from their answer on.</summary>
    public IEnumerable<LegState> Callers => callers ??=
        [.. All.Where(leg => leg is { Role: LegRole.Caller, WasThere: true, ConnectedAt: not null })];

    /// <summary>Every leg of kind agent, there or gone.</summary>
    public IEnumerable<LegState> Agents => agents ??= [.. All.Where(leg => leg is { Role: LegRole.Agent, WasThere: true })];

    /// <summary>How many legs there are.</summary>
    public int Count => BySid.Count;

    private ImmutableSortedDictionary<string, LegState> BySid
    {
        get;
        init => (field, byIdentity, all, callers, agents) = (value, null, null, null, null);
    } = ImmutableSortedDictionary.Create<string, LegState>(StringComparer.Ordinal);

    /// <summary>What is known of a leg; <c>null</c> where no event named it.</summary>
    public LegState? Find(string sid) => BySid.GetValueOrDefault(sid);

    /// <summary>The legs that were described under an identity: one identity comes back with other sids.</summary>
    public IEnumerable<LegState> Named(string identity) =>
        (byIdentity ??= All.Where(leg => leg.Leg is not null).ToLookup(leg => leg.Leg!.Identity, StringComparer.Ordinal))[identity];

    /// <summary>The legs after one more event.</summary>
    internal CallLegs Apply(CallEvent callEvent) => callEvent.Fact switch
    {
        CallFact.LegJoined { Leg: var leg } => With(Join(Known(leg.Sid), leg, callEvent)),
        CallFact.LegLeft { Leg: var leg, Reason: var reason } => With(Leave(Known(leg.Sid), leg, reason, callEvent)),
        CallFact.LegAborted { Leg.Sid: var sid } => With(Abort(Known(sid), callEvent)),
        CallFact.AudioPublished { LegSid: var sid, TrackSid: var track } => With(Publish(Known(sid), track ?? "", callEvent)),
        CallFact.AudioUnpublished { LegSid: var sid, TrackSid: var track } => With(Unpublish(Known(sid), track, callEvent)),
        CallFact.HumanAnswered { LegSid: var sid } => With(Answer(Known(sid), callEvent)),
        _ => this,
    };

    private static LegState Join(LegState state, Leg leg, CallEvent callEvent)
    {
        var joined = state with { Joined = CallEvent.Earlier(state.Joined, callEvent) };
        return leg.IsAnswered ? Answer(joined, callEvent) : joined;
    }

    private static LegState Leave(LegState state, Leg leg, string reason, CallEvent callEvent)
    {
        var left = state with
        {
            Left = CallEvent.Earlier(state.Left, callEvent),
            Word = reason == LiveKitDisconnectReason.Unknown ? state.Word : CallEvent.Earlier(state.Word, callEvent),
        };
        return leg.IsAnswered ? Answer(left, callEvent) : left;
    }

    private static LegState Abort(LegState state, CallEvent callEvent) =>
        state with { Aborted = CallEvent.Earlier(state.Aborted, callEvent) };

    private static LegState Answer(LegState state, CallEvent callEvent) =>
        state with { Answered = CallEvent.Earlier(state.Answered, callEvent) };

    private static LegState Publish(LegState state, string sid, CallEvent callEvent)
    {
        var track = TrackOf(state, sid);
        return state with
        {
            Audio = CallEvent.Earlier(state.Audio, callEvent),
            Tracks = state.Tracks.SetItem(sid, track with { Published = CallEvent.Earlier(track.Published, callEvent) }),
        };
    }

    private static LegState Unpublish(LegState state, string sid, CallEvent callEvent)
    {
        var track = TrackOf(state, sid);
        track = track with { Unpublished = CallEvent.Earlier(track.Unpublished, callEvent) };
        return state with { Tracks = state.Tracks.SetItem(sid, track) };
    }

    private static TrackState TrackOf(LegState state, string sid) => state.Tracks.GetValueOrDefault(sid) ?? new TrackState(null, null);

    private LegState Known(string sid) => Find(sid) ?? new LegState(sid);

    private CallLegs With(LegState leg) => this with { BySid = BySid.SetItem(leg.Sid, leg) };
}
