using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.State.Recorded;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Recordings;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>
/// What should be recorded of a call as it stands, and what should not be any more. A function of the state and the route alone, so that
/// whoever does an effect decides as whoever decided on it.
/// </summary>
internal sealed class RecordingPlan
{
    /// <summary>How many recordings a call has at most: someone could publish track after track.</summary>
    public const int MaxRecordings = 32;

    private RecordingPlan()
    {
        Segment = 1;
        (Wanted, Unwanted, Unsettled) = ([], [], []);
    }

    private RecordingPlan(CallState state, RouteRecording? route)
    {
        IsOn = state.End is null && route is not null && IsAllowed(state, route) && IsWanted(state, route);
        Segment = SegmentOf(state);
        Wanted = IsOn && IsAnswered(state) ? [.. Units(state, route!, Segment)] : [];
        Unwanted =
        [
            .. state.Recordings.All
                .Where(recording => recording.GoesOn)
                .Where(recording => !IsOn || recording.File.Segment != Segment || state.IsSurplus(recording))
                .OrderBy(recording => recording.EgressId, StringComparer.Ordinal),
        ];
        var wanted = Wanted.Select(effect => effect.ClaimKeys[0]).ToHashSet(StringComparer.Ordinal);
        Unsettled =
        [
            .. from start in state.RecordingClaims
               where start.Claim.Status is ClaimStatus.Intent or ClaimStatus.Failed && !wanted.Contains(start.Claim.Key)
               let unit = RecordingFile.PartsOf(start.Unit)
               select new CallEffect.StartRecording(unit.Segment) { Track = unit.Track },
        ];
    }

    /// <summary>The plan for a call of which nothing was, is or should be recorded.</summary>
    public static RecordingPlan Nothing { get; } = new();

    /// <summary>Whether the call is to be recorded now: the route says so, the caller agrees, and nobody said no.</summary>
    public bool IsOn { get; }

    /// <summary>The segment that is recorded now, or would be.</summary>
    public int Segment { get; }

    /// <summary>What is to be recorded now, whether or not it is already.</summary>
    public IReadOnlyList<CallEffect.StartRecording> Wanted { get; }

    /// <summary>What goes on and should not.</summary>
    public IReadOnlyList<RecordingState> Unwanted { get; }

    /// <summary>What somebody began to start and did not finish, and is not wanted any more: it is to be looked up.</summary>
    public IReadOnlyList<CallEffect.StartRecording> Unsettled { get; }

    /// <summary>The plan for a call.</summary>
    public static RecordingPlan Of(CallState state, RouteRecording? route) =>
        route is null && !state.Recordings.All.Any() && !state.RecordingClaims.Any() ? Nothing : new(state, route);

    /// <summary>Whether an effect is still to be done, or only to be looked up.</summary>
    public bool Wants(CallEffect.StartRecording effect) => Wanted.Any(wanted => wanted.ClaimKeys[0] == effect.ClaimKeys[0]);

    private static bool IsAllowed(CallState state, RouteRecording route) => !route.NeedsConsent || state.Recordings.HasConsent == true;

    private static bool IsWanted(CallState state, RouteRecording route) =>
        state.Recordings.Want is { } want ? want == CallFact.RecordingWanted.Start : route.StartsByItself;

    /// <summary>The caller is there and has heard somebody: that is when LiveKit picks an inbound call up.</summary>
    private static bool IsAnswered(CallState state) => state.LiveCallers.Any() && state.Heard.Count > 0;

    private static IEnumerable<CallEffect.StartRecording> Units(CallState state, RouteRecording route, int segment)
    {
        CallEffect.StartRecording[] all = route.BySeparateTracks
            ? [.. Tracks(state, segment)]
            : [new CallEffect.StartRecording(segment) { Of = RecordingFile.Everybody }];
        var begun = all.Where(effect => state.Claims.ContainsKey(effect.ClaimKeys[0])).ToList();
        var more = Math.Max(0, MaxRecordings - state.RecordingClaims.Count());
        return [.. begun, .. all.Except(begun).Take(more)];
    }

    /// <summary>Every track that somebody is heard by, in the order in which they were published.</summary>
    private static IEnumerable<CallEffect.StartRecording> Tracks(CallState state, int segment) =>
        from leg in state.Legs.All.Where(state.IsLive)
        let word = WordOf(state, leg)
        where word is not null
        from track in leg.Tracks
        where track.Value is { Published: not null, Unpublished: null } && RecordingFile.IsTrack(track.Key)
        orderby track.Value.Published!.At, track.Key
        select new CallEffect.StartRecording(segment) { Track = track.Key, Of = word };

    /// <summary>Whose sound a leg's is, as its file is named; <c>null</c> where it is not recorded.</summary>
    private static string? WordOf(CallState state, LegState leg) => state.PartOf(leg) switch
    {
        LegPart.Caller => "caller",
        LegPart.VoiceAgent => "agent",
        LegPart.Avatar when state.Agents.Any(agent => agent.Leg!.Identity == leg.Leg!.OnBehalfOf) => "agent",
        LegPart.Human when !leg.Leg!.IsDialled || leg.Answered is not null => "human",
        _ => null,
    };

    /// <summary>
    /// The last segment that was begun, or the one after it where that one is over: it was put to a stop, or it failed and somebody asked
    /// for it again.
    /// </summary>
    private static int SegmentOf(CallState state)
    {
        var units = state.RecordingClaims
            .Select(start => (RecordingFile.PartsOf(start.Unit).Segment, start.Unit, start.Claim))
            .GroupBy(start => start.Segment)
            .MaxBy(segment => segment.Key);
        if (units is null)
        {
            return 1;
        }

        var isStopped = units.Select(unit => state.EgressOf(unit.Unit)).OfType<string>().Any(id => state.StopOf(id) is not null);
        return isStopped || IsAskedForAgain(state, [.. units.Select(unit => (unit.Unit, unit.Claim))]) ? units.Key + 1 : units.Key;
    }

    private static bool IsAskedForAgain(CallState state, IReadOnlyList<(string Unit, EffectClaim Claim)> units)
    {
        if (state.Recordings is not { Want: CallFact.RecordingWanted.Start, Wanted: { } wanted })
        {
            return false;
        }

        var recordings = units.Select(unit => state.EgressOf(unit.Unit)).OfType<string>().Select(state.Recordings.Find).ToList();
        return units.All(unit => unit.Claim.Status is ClaimStatus.Done or ClaimStatus.GivenUp && unit.Claim.At < wanted.At)
            && recordings.TrueForAll(recording => recording?.Ended?.At < wanted.At);
    }
}
