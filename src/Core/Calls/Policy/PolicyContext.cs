using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.Core.Calls.Policy;

/// <summary>One look at a call: collects what may be done now and when to look again at the latest.</summary>
internal sealed class PolicyContext(CallState state, DateTimeOffset now)
{
    private DateTimeOffset wakeAt = DateTimeOffset.MaxValue;
    private DateTimeOffset askAt = DateTimeOffset.MaxValue;
    private CallEffect? chosen;

    public CallState State { get; } = state;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The decision after <see cref="May"/> or <see cref="MayPublish"/> said yes.</summary>
    public CallDecision Decision => new CallDecision.Do(chosen!);

    /// <summary>Whether a time has come; if not, the call is looked at again then.</summary>
    public bool Reached(DateTimeOffset time)
    {
        if (Now < time)
        {
            Wake(time);
        }

        return Now >= time;
    }

    /// <summary>Whether a deadline has passed and LiveKit confirmed after it that nothing has changed, or could not be asked for the policy's patience.</summary>
    public bool Concluded(DateTimeOffset deadline)
    {
        if (!Reached(deadline) || State.ReconciledAt >= deadline)
        {
            return Now >= deadline;
        }

        AskOnce(deadline);
        return Reached(deadline + CallPolicy.Patience);
    }

    /// <summary>Asks LiveKit once at that time, unless it was asked since.</summary>
    public void AskOnce(DateTimeOffset time)
    {
        if (State.ReconciledAt < time && time < askAt)
        {
            askAt = time;
        }
    }

    /// <summary>Asks LiveKit when there was no news for <paramref name="interval"/>.</summary>
    public void AskAgain(TimeSpan interval) => AskOnce((State.LastEventAt > State.ReconciledAt ? State.LastEventAt : State.ReconciledAt) + interval);

    /// <summary>Whether an effect may be begun now: nobody else is at it, it is not settled, and it is not waiting for another try.</summary>
    public bool May(CallEffect effect)
    {
        if (effect.ClaimKeys.All(IsFree))
        {
            chosen = effect;
            return true;
        }

        return false;
    }

    /// <summary>Whether there are happenings that nobody was told of yet.</summary>
    public bool MayPublish()
    {
        var untold = LifecycleEvents.Of(State)
            .Select(LifecycleEvents.KeyOf)
            .Where(key => IsFree(CallEffect.Publish.ClaimPrefix + key))
            .Take(CallEffect.Publish.MaxAtOnce)
            .ToList();
        return untold.Count > 0 && May(new CallEffect.Publish(untold));
    }

    /// <summary>Asks LiveKit if that is due; otherwise waits for the next time that was named, or is done where none was.</summary>
    public CallDecision Conclude()
    {
        if (askAt != DateTimeOffset.MaxValue && Reached(askAt) && May(new CallEffect.Reconcile()))
        {
            return Decision;
        }

        return wakeAt == DateTimeOffset.MaxValue ? new CallDecision.Done() : new CallDecision.WaitUntil(wakeAt);
    }

    private bool IsFree(string key)
    {
        switch (State.Claims.GetValueOrDefault(key))
        {
            case null:
                return true;
            case { Status: ClaimStatus.Done } when key == CallEffect.Reconcile.ClaimKey:
                return true;
            case { Status: ClaimStatus.Intent or ClaimStatus.Failed, Until: { } until }:
                return Reached(until);
            default:
                return false;
        }
    }

    private void Wake(DateTimeOffset time) => wakeAt = time < wakeAt ? time : wakeAt;
}
