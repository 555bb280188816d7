using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>One attempt to reach the phone that the call is for.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Claim">Its claim.</param>
public sealed record DialAttempt(int Number, EffectClaim Claim)
{
    /// <summary>The <see cref="Outcome"/> of an attempt that was answered.</summary>
    public const string Answered = "answered";

    /// <summary>The phone in the room; <c>null</c> where none was seen.</summary>
    public LegState? Leg { get; init; }

    /// <summary>What came of it: <see cref="Answered"/> or a word of <see cref="EndCause"/>; <c>null</c> while it rings.</summary>
    public string? Outcome { get; init; }

    /// <summary>When that was known, UTC; <c>null</c> while it rings.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>
    /// Whether LiveKit said it. Otherwise its list shows that the phone is gone, and its own word may come yet: webhooks that fail are sent
    /// again.
    /// </summary>
    public bool IsTold { get; init; }

    /// <summary>
    /// When it was concluded that nobody answered, and the word of <see cref="EndCause"/> for it; <c>null</c> where it was not. It stays so
    /// where LiveKit's word comes later and says that somebody had.
    /// </summary>
    public (DateTimeOffset At, string Cause)? InVain { get; init; }
}

/// <summary>
/// How the calling of the phone stands that a call is for. LiveKit has its leg in the room from the dialling on, and tells how it ended by
/// the reason for which the leg left and by the state in which it was then.
/// </summary>
public static class CallDialling
{
    /// <summary>
    /// A phone that left so long after it came, and nobody knows why, was not answered: what cannot be called is refused sooner.
    /// </summary>
    private static readonly TimeSpan RangAtLeast = TimeSpan.FromSeconds(10);

    extension(CallState state)
    {
        /// <summary>Every attempt so far, in order.</summary>
        public IReadOnlyList<DialAttempt> DialAttempts =>
            state.Numbered(CallEffect.Dial.ClaimPrefix).Any() ? AttemptsOf(state) : [];

        /// <summary>The last attempt; <c>null</c> before the first.</summary>
        public DialAttempt? LastDial => state.DialAttempts is [.., var last] ? last : null;

        /// <summary>The claims of the room's openings, by the attempts for which it was opened.</summary>
        public IEnumerable<(int Round, EffectClaim Claim)> RoomOpenings =>
            state.Claims.GetValueOrDefault(CallEffect.OpenRoom.ClaimKey) is { } first
                ? state.Numbered(CallEffect.OpenRoom.ClaimPrefix).Prepend((1, first))
                : [];

        /// <summary>The claims of everything that can open the room or bring somebody into it, but for the agents' dispatches.</summary>
        public IEnumerable<EffectClaim> RoomFillers =>
            state.RoomOpenings.Concat(state.Numbered(CallEffect.Dial.ClaimPrefix)).Select(made => made.Claim);

        /// <summary>
        /// Whether the room is open for an attempt to reach the callee that is not over: its agent is on the way or there, the phone is
        /// about to be called, or rings.
        /// </summary>
        public bool AwaitsCallee =>
            state is { Requests.IsOutbound: true, End: null }
            && !state.Callers.Any()
            && state.RoomOpenings.LastOrDefault() is (var round, { Status: ClaimStatus.Done })
            && state.DialAttempts.FirstOrDefault(attempt => attempt.Number == round)?.Outcome is null;

        /// <summary>When the room was opened for the attempt that is under way or was the last; <c>null</c> before the first.</summary>
        public DateTimeOffset? RoomOpenedAt => state.RoomOpenings.LastOrDefault().Claim?.FirstBegunAt;
    }

    private static List<DialAttempt> AttemptsOf(CallState state)
    {
        var claims = state.Numbered(CallEffect.Dial.ClaimPrefix).ToList();
        return [.. claims.Select((made, i) => Attempt(
            state, made.Number, made.Claim, i + 1 < claims.Count ? claims[i + 1].Claim.FirstBegunAt : DateTimeOffset.MaxValue))];
    }

    /// <summary>The legs of an attempt are those that came from its beginning on; clocks and webhooks have some play.</summary>
    private static DialAttempt Attempt(CallState state, int number, EffectClaim claim, DateTimeOffset next)
    {
        var legs = state.Callees
            .Where(leg => leg.CameAt >= claim.FirstBegunAt - ParticipantMapper.ListLag && leg.CameAt < next - ParticipantMapper.ListLag)
            .ToList();
        var leg = legs.Find(leg => leg.Answered is not null) ?? legs.Find(state.IsLive) ?? legs.MaxBy(leg => leg.CameAt);
        var attempt = new DialAttempt(number, claim) { Leg = leg };
        if (claim.Status == ClaimStatus.GivenUp && !(leg?.CameAt <= claim.At))
        {
            attempt = attempt with { InVain = (claim.At, OutcomeOf(claim.Result)) };
        }

        if (leg is null)
        {
            return attempt.InVain is { } failed
                ? attempt with { Outcome = failed.Cause, SettledAt = failed.At, IsTold = true }
                : attempt;
        }

        if (state.GoneAt(leg) is { } gone)
        {
            var cause = OutcomeOf(leg, gone);
            var isTold = leg.Word is not null || leg.Left is null;
            var settled = leg.Word?.At ?? leg.Left?.At ?? gone;

            // What the list alone shows is concluded by whatever follows from it: the end, or the next attempt.
            DateTimeOffset?[] follows = [isTold ? settled : null, state.End?.At, next == DateTimeOffset.MaxValue ? null : next];
            attempt = attempt with { Outcome = cause, SettledAt = settled, IsTold = isTold };
            if (follows.Min() is { } concluded && !(leg.Answered?.At <= concluded))
            {
                attempt = attempt with { InVain = attempt.InVain ?? (concluded, cause) };
            }
        }

        return leg.Answered is { } answered
            ? attempt with { Outcome = DialAttempt.Answered, SettledAt = answered.At, IsTold = true }
            : attempt;
    }

    private static string OutcomeOf(LegState leg, DateTimeOffset gone) => ((leg.Word ?? leg.Left)?.Fact as CallFact.LegLeft)?.Reason switch
    {
        LiveKitDisconnectReason.UserRejected => EndCause.Busy,
        LiveKitDisconnectReason.UserUnavailable => EndCause.NoAnswer,
        LiveKitDisconnectReason.SipTrunkFailure => EndCause.Failed,
        LiveKitDisconnectReason.ParticipantRemoved => EndCause.CallerRemoved,
        LiveKitDisconnectReason.RoomDeleted or LiveKitDisconnectReason.RoomClosed => EndCause.RoomClosed,
        null when leg.Aborted is null => EndCause.RoomClosed,
        _ => (leg.Word?.Fact as CallFact.LegLeft)?.Leg.SipCallStatus == LiveKitSipCallStatus.Ringing || gone - leg.CameAt >= RangAtLeast
            ? EndCause.NoAnswer
            : EndCause.Failed,
    };

    private static string OutcomeOf(string? result) =>
        result is EndCause.Busy or EndCause.NoAnswer or EndCause.Rejected ? result : EndCause.Failed;
}
