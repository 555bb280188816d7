using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>What a stored event means for its call's workflow.</summary>
public enum WakeUp
{
    /// <summary>The workflow looks early enough as it is.</summary>
    None,

    /// <summary>The same, if there is a workflow: nobody has looked at the call yet.</summary>
    Begin,

    /// <summary>The workflow must look at the call now.</summary>
    Look,
}

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
/// <param name="executor">Does what webhooks do themselves.</param>
/// <param name="timeProvider">The time of decisions.</param>
public sealed class WakeUps(CallEvaluator evaluator, EffectExecutor executor, TimeProvider timeProvider)
{
    /// <summary>How often it is looked at the call where others change it meanwhile.</summary>
    private const int MaxRounds = 3;

    /// <summary>More than webhooks have to do in a row.</summary>
    private const int MaxForeseen = 8;

    /// <summary>
    /// Does what webhooks do themselves: events are published, and the end is written. Says whether the workflow must look at the call.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="stored">The event, which was stored just now.</param>
    /// <param name="isAwaited">Whether somebody waits for what follows from it: then that is done too.</param>
    /// <param name="budget">How long each effect may take; the event's sender is waiting.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async ValueTask<WakeUp> AfterAsync(
        CallId callId, CallEvent stored, bool isAwaited, TimeSpan budget, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var evaluation = await evaluator.EvaluateAsync(callId, timeProvider.GetUtcNow(), cancellationToken);
            var history = evaluation.History;
            var before = WaitOf(history, evaluation.At, e => e.Id != stored.Id);
            if (before is null && !isAwaited)
            {
                return WakeUp.Look;
            }

            var isEarlier = IsEarlierInOrder(history, stored, evaluation.At);
            if (await DoAsync(evaluation, isAwaited, budget, cancellationToken) is not var (known, isEnd))
            {
                continue;
            }

            var now = timeProvider.GetUtcNow();
            return isEnd || isEarlier || now >= before || before is null || !(WaitOf(known.History, now, _ => true) >= before)
                ? WakeUp.Look
                : history.Claims.Count == 0 ? WakeUp.Begin : WakeUp.None;
        }

        return WakeUp.Look;
    }

    /// <summary>Does one thing after the other.</summary>
    /// <returns>
    /// The call after it, and whether its end was written, which moves times; <c>null</c> if somebody else changed the call.
    /// </returns>
    private async ValueTask<(CallSnapshot Known, bool IsEnd)?> DoAsync(
        CallEvaluation evaluation, bool isAwaited, TimeSpan budget, CancellationToken cancellationToken)
    {
        var isEnd = false;
        var run = new EffectRun((due, begun) =>
        {
            var isNext = (IsDoneHere(due) || (isAwaited && due.IsAwaited)) && !begun.Contains(due);
            isEnd |= isNext && due.JournalResult is not null;
            return isNext;
        });
        return await executor.RunAsync(evaluation, run, budget, cancellationToken) is { } after
            ? (after.Known, isEnd)
            // Who else wrote the end is not known, nor whether anybody did: better woken twice.
            : isEnd ? (evaluation.Known, isEnd) : null;
    }

    /// <summary>The same, asked about the events that came before and the event itself; those after it ask for themselves.</summary>
    private bool IsEarlierInOrder(CallHistory history, CallEvent stored, DateTimeOffset now) =>
        history.Events.Any(e => IsAfter(e, stored))
        && !(WaitOf(history, now, e => !IsAfter(e, stored)) >= WaitOf(history, now, e => !IsAfter(e, stored) && e.Id != stored.Id));

    private static bool IsAfter(CallEvent one, CallEvent other) =>
        one.At > other.At || (one.At == other.At && string.CompareOrdinal(one.Id, other.Id) > 0);

    /// <summary>
    /// Until when a workflow waits that has read these events, once what is due for webhooks is done, and what somebody is at work on:
    /// <c>null</c> if it does not wait or that is not clear.
    /// </summary>
    private DateTimeOffset? WaitOf(CallHistory history, DateTimeOffset now, Func<CallEvent, bool> isRead)
    {
        var held = history.Claims.Where(claim => claim.Status == ClaimStatus.Intent && claim.Until > now).ToList();
        var read = history with { Events = [.. history.Events.Where(isRead)] };
        if (read.Events.Count == 0 || !held.TrueForAll(claim => CallEffect.IsForeseeable(claim.Key)))
        {
            return null;
        }

        var known = CallSnapshot.Of(read);
        known = known with { State = known.State.With(held.Select(claim => claim with { Status = ClaimStatus.Done, Until = null })) };
        for (var done = 0; done < MaxForeseen; done++)
        {
            switch (evaluator.Evaluate(known, now).Decision)
            {
                case CallDecision.WaitUntil { Time: var time }:
                    return time;
                case CallDecision.Done:
                    return DateTimeOffset.MaxValue;
                case CallDecision.Do { Effect: var due } when IsDoneHere(due):
                    var settled = due.ClaimKeys.Select(
                        key => new EffectClaim(key, ClaimStatus.Done, "", 1, now) { Result = due.JournalResult });
                    known = known with { State = known.State.With(settled) };
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static bool IsDoneHere(CallEffect effect) => effect.IsPrompt || effect.JournalResult is not null;
}
