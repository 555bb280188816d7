using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Policy;

/// <summary>One evaluation of the policy: what the rules know, and the times for which they wait.</summary>
internal sealed class PolicyContext(CallState state, CallTimeouts timeouts, DateTimeOffset now)
{
    private DateTimeOffset wakeAt = DateTimeOffset.MaxValue;
    private DateTimeOffset reconcileAt = DateTimeOffset.MaxValue;

    /// <summary>How long an overdue conclusion waits for LiveKit to answer before it is drawn without.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public CallState State { get; } = state;

    public CallTimeouts Timeouts { get; } = timeouts;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Whether LiveKit is to be asked now, by the times that the rules before this one named.</summary>
    public bool IsReconcileDue => reconcileAt != DateTimeOffset.MaxValue && IsDue(reconcileAt);

    /// <summary>Whether a time has come; if not, the policy is evaluated again then.</summary>
    public bool IsDue(DateTimeOffset time)
    {
        if (Now < time)
        {
            wakeAt = time < wakeAt ? time : wakeAt;
        }

        return Now >= time;
    }

    /// <summary>
    /// Whether a deadline has passed and LiveKit confirmed after it that nothing has changed, or could not be asked for
    /// <see cref="Patience"/>.
    /// </summary>
    public bool IsConfirmedAfter(DateTimeOffset deadline)
    {
        if (!IsDue(deadline) || State.ReconciledAt >= deadline)
        {
            return Now >= deadline;
        }

        ReconcileAt(deadline);
        return IsDue(deadline + Patience);
    }

    /// <summary>Asks LiveKit once at that time, unless it was asked since.</summary>
    public void ReconcileAt(DateTimeOffset time)
    {
        if (State.ReconciledAt < time && time < reconcileAt)
        {
            reconcileAt = time;
        }
    }

    /// <summary>Asks LiveKit when no event came for <paramref name="interval"/>.</summary>
    public void ReconcileEvery(TimeSpan interval) =>
        ReconcileAt((State.LastEventAt > State.ReconciledAt ? State.LastEventAt : State.ReconciledAt) + interval);

    /// <summary>
    /// Whether an effect may begin now: nobody else is at it, it is not settled, and it does not wait for another attempt.
    /// </summary>
    public bool TryBegin(CallEffect effect)
    {
        foreach (var key in effect.ClaimKeys)
        {
            if (!IsFree(key, effect.MayRepeat))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a claim may be taken now; where it is held, the policy is evaluated again when it ends.</summary>
    public bool IsFree(string claimKey, bool mayRepeat = false) => State.Claims.GetValueOrDefault(claimKey) switch
    {
        null => true,
        { Status: ClaimStatus.Done } => mayRepeat,
        { Status: ClaimStatus.Intent or ClaimStatus.Failed, Until: { } until } => IsDue(until),
        _ => false,
    };

    /// <summary>
    /// The number of the next round of a numbered effect: that of the round that is not settled, else the one after the last.
    /// </summary>
    public int NextRound(string claimPrefix)
    {
        var (number, claim) = State.Numbered(claimPrefix).LastOrDefault();
        return claim is null or { Status: ClaimStatus.Intent or ClaimStatus.Failed } ? Math.Max(number, 1) : number + 1;
    }

    /// <summary>Where no rule has an effect: wait for the next time that was named, or done where none was.</summary>
    public CallDecision WaitOrDone() =>
        wakeAt == DateTimeOffset.MaxValue ? new CallDecision.Done() : new CallDecision.WaitUntil(wakeAt);
}
