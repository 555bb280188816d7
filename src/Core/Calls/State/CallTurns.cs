using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// Tells, in a room for all callers of a trunk, where one caller's turn is over and the next one's begins: also where the webhook of the
/// former's leaving comes after that of the latter's joining, or never.
/// </summary>
internal static class CallTurns
{
    /// <summary>
    /// So soon after the next caller's joining LiveKit's list must have shown that an earlier one is gone, of whose leaving nobody told:
    /// then they were most likely gone before.
    /// </summary>
    private static readonly TimeSpan FirstLook = ParticipantMapper.ListLag * 3;

    /// <summary>Where more callers than these were in one call, they did not take turns.</summary>
    public const int MostCallers = 16;

    /// <summary>The first caller who came when all earlier ones were gone; <c>null</c> where none did.</summary>
    public static LegState? NextCaller(CallState state)
    {
        if (state is not { Twilio.Announced: null, Requests.First: null }
            || state.Callers.Take(MostCallers + 1).Count() is < 2 or > MostCallers)
        {
            return null;
        }

        var earlier = new List<LegState>();
        foreach (var caller in state.Callers.OrderBy(leg => leg.CameAt).ThenBy(leg => leg.Sid, StringComparer.Ordinal))
        {
            if (earlier.Count > 0
                && caller is { Joined: not null, Leg.IsByToken: false }
                && earlier.TrueForAll(leg => IsOver(state, leg, caller)))
            {
                return caller;
            }

            earlier.Add(caller);
        }

        return null;
    }

    /// <summary>The callers who came into the room after the end, and are not this call's.</summary>
    public static IEnumerable<LegState> LaterCallers(CallState state) =>
        state.End is { } end && state.Callers.Any(leg => leg.Since <= end.At)
            ? state.Callers.Where(leg => !leg.Leg!.IsByToken && !leg.CameBefore(end.At))
                .Where(leg => leg.Since > end.At || CameUnseen(state, leg, end)
                    || (EndCause.MeansGone(end.Result) && leg.CameAt >= state.NextCaller?.CameAt))
                .OrderBy(leg => leg.Since).ThenBy(leg => leg.Sid)
            : [];

    /// <summary>
    /// Whether a caller came while the end was being written for a trunk's earlier callers who were all gone: the end did not see them.
    /// By another host's clock whoever ended the call may go after its end, too, but did not only just come after somebody else.
    /// </summary>
    private static bool CameUnseen(CallState state, LegState leg, EffectClaim end) =>
        state.Twilio.Announced is null
        && EndCause.MeansGone(end.Result)
        && leg.Since >= end.At - ParticipantMapper.ListLag
        && state.Callers.Any(other => other.Since < leg.Since)
        && (state.GoneAt(leg) is not { } gone || gone > end.At);

    /// <summary>Whether a caller was gone when another one came. Whose own leg broke off comes back under the same identity.</summary>
    private static bool IsOver(CallState state, LegState earlier, LegState next)
    {
        var isSomebodyElse = earlier.Leg!.Identity != next.Leg!.Identity;
        return state.GoneAt(earlier) < next.CameAt
            ? isSomebodyElse || EndCause.OfDeparture(earlier.Reason ?? "") is not null
            : isSomebodyElse
                && earlier.Left is { Inferred: true } left
                && left.At >= next.Joined!.At
                && left.At <= next.Joined.At + FirstLook;
    }
}
