using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Whether a stored event must wake its call's workflow. A wake-up of a durable orchestration costs some twenty requests to storage, and
/// most events change nothing but what is to be published. That is done here, and the workflow goes on waiting.
/// <para>
/// A workflow waits until the time that the policy named for the events that it had read. It may go on if no event after them makes that
/// time earlier. Each event is compared with the call without it, and, where events came at one time, with the call at its own place in
/// their order; so the last of them to be stored sees what the workflow did not. Whatever is unclear wakes the workflow.
/// </para>
/// </summary>
/// <param name="evaluator">Reads the call and asks the policy.</param>
/// <param name="executor">Publishes.</param>
/// <param name="timeProvider">The time of decisions.</param>
public sealed class WakeUps(CallEvaluator evaluator, EffectExecutor executor, TimeProvider timeProvider)
{
    /// <summary>Whether the workflow must look at the call. Publishes what is due.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="stored">The event, which was stored just now.</param>
    /// <param name="budget">How long the publishing may take; the event's sender is waiting.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async ValueTask<bool> IsNeededAsync(CallId callId, CallEvent stored, TimeSpan budget, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var evaluation = await evaluator.EvaluateAsync(callId, now, cancellationToken);
        var history = evaluation.History;
        if (history.Claims.Count == 0 || history.Claims.Any(claim => claim.Status == ClaimStatus.Intent && claim.Until > now))
        {
            // Nobody has looked at the call yet, or somebody is at work on it who does not know the event.
            return true;
        }

        if (WaitOf(history, now, e => e.Id != stored.Id) is not { } before)
        {
            return true;
        }

        if (evaluation.Decision is CallDecision.Do { Effect.IsPrompt: true })
        {
            if (await executor.ExecuteAsync(evaluation, budget, cancellationToken) is not { } known)
            {
                return true;
            }

            evaluation = evaluator.Evaluate(known, now);
        }

        return evaluation.Decision is not CallDecision.WaitUntil { Time: var after } || after < before
            || IsEarlierInOrder(evaluation.History, stored, now);
    }

    /// <summary>The same, asked about the events that came before and the event itself; those after it ask for themselves.</summary>
    private bool IsEarlierInOrder(CallHistory history, CallEvent stored, DateTimeOffset now)
    {
        if (history.Events.All(e => !IsAfter(e, stored)))
        {
            return false;
        }

        return WaitOf(history, now, e => !IsAfter(e, stored) && e.Id != stored.Id) is not { } before
            || WaitOf(history, now, e => !IsAfter(e, stored)) is not { } after
            || after < before;
    }

    private static bool IsAfter(CallEvent one, CallEvent other) =>
        one.At > other.At || (one.At == other.At && string.CompareOrdinal(one.Id, other.Id) > 0);

    /// <summary>Until when a workflow waits that has read these events; <c>null</c> if it does not wait.</summary>
    private DateTimeOffset? WaitOf(CallHistory history, DateTimeOffset now, Func<CallEvent, bool> isRead) =>
        evaluator.Evaluate(history with { Events = [.. history.Events.Where(isRead)] }, now).Decision is CallDecision.WaitUntil wait
            ? wait.Time
            : null;
}
