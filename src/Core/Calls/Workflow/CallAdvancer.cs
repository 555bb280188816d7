using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Takes calls further, one effect after the other: evaluates, does what is due, evaluates again. Any number of hosts may do
/// so for one call at one time.
/// </summary>
public sealed class CallAdvancer(CallEvaluator evaluator, EffectExecutor executor, TimeProvider timeProvider)
{
    /// <summary>
    /// How many chores are done at most before an answer: the workflow waits for it, and each chore may take as long as <see
    /// cref="EffectExecutor.Budget"/>.
    /// </summary>
    public const int MaxChores = 4;

    private const int MaxOverdueEffects = 10;

    /// <summary>The end, the putting out of agents where others keep the room, and the deletion of the room or the removal.</summary>
    private const int MaxInlineEffects = 3;

    /// <summary>What is next for a call. One with nothing more to do is taken off the journal's list.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public ValueTask<CallEvaluation> EvaluateAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken) =>
        EvaluateAsync(callId, null, now, cancellationToken);

    /// <summary>What is next for a call after an effect.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="known">The call as <see cref="ExecuteAsync"/> left it; <c>null</c> if it is to be read.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public ValueTask<CallEvaluation> EvaluateAsync(
        CallId callId, CallSnapshot? known, DateTimeOffset now, CancellationToken cancellationToken) =>
        evaluator.EvaluateOrCloseAsync(callId, known, now, cancellationToken);

    /// <summary>Does the effect of an evaluation, unless somebody changed the call since: then another evaluation decides anew.</summary>
    /// <returns>The call after it; <c>null</c> if it must be read.</returns>
    public Task<CallSnapshot?> ExecuteAsync(CallEvaluation evaluation, CancellationToken cancellationToken) =>
        executor.ExecuteAsync(evaluation, EffectExecutor.Budget, cancellationToken);

    /// <summary>
    /// What is next for a call once its chores are done: lifecycle events are published, and LiveKit is asked where that is due.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends it early; the next one to ask goes on.</param>
    public Task<CallDecision> AdvanceAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken) =>
        AdvanceAsync(callId, (CallSnapshot?)null, now, cancellationToken);

    /// <summary>
    /// Does an effect that was decided elsewhere or earlier, if one of its kind is still due, and says what is next after it and its
    /// chores. A host that comes late finds the claim taken and leaves it.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="effect">The kind of the effect: the name of its type.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends it early; the next one to ask goes on.</param>
    public async Task<CallDecision> AdvanceAsync(CallId callId, string effect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var evaluation = await evaluator.EvaluateAsync(callId, now, cancellationToken);
        var known = evaluation.Decision is CallDecision.Do { Effect: var due } && due.Name == effect
            ? await ExecuteAsync(evaluation, cancellationToken)
            : evaluation.Known;
        return await AdvanceAsync(callId, known, Later(now, timeProvider.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Does the effects that somebody should have done long ago: an engine that lost a call's wake-up may not notice for minutes. Where a
    /// living workflow is at it after all, the claims let one of them through.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="overdue">For how long an effect has been due at least.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<CallProgress> CatchUpAsync(CallId callId, TimeSpan overdue, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var evaluation = await evaluator.EvaluateAsync(callId, now, cancellationToken);
        if (evaluation.Decision is CallDecision.Done)
        {
            // A late event that changes nothing listed it again.
            return (await EvaluateAsync(callId, now, cancellationToken)).Decision is CallDecision.Done
                ? CallProgress.Over
                : CallProgress.InTime;
        }

        var history = evaluation.History;
        var before = history with { Events = [.. history.Events.Where(callEvent => callEvent.At <= now - overdue)] };
        if (before.Events.Count == 0 || evaluator.Evaluate(before, now - overdue).Decision is not CallDecision.Do)
        {
            return CallProgress.InTime;
        }

        CallSnapshot? known = null;
        for (var done = 0; done < MaxOverdueEffects; done++)
        {
            evaluation = await EvaluateAsync(callId, known, timeProvider.GetUtcNow(), cancellationToken);
            if (evaluation.Decision is not CallDecision.Do)
            {
                break;
            }

            known = await ExecuteAsync(evaluation, cancellationToken);
        }

        return CallProgress.CaughtUp;
    }

    /// <summary>
    /// Does right now what is due and somebody waits for, each effect once: the caller's joining was just journaled, or a call asked for,
    /// and an orchestration may take seconds to wake.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="budget">How long each effect may take; the request's sender is waiting.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task DispatchInlineAsync(CallId callId, TimeSpan budget, CancellationToken cancellationToken)
    {
        var tried = new HashSet<CallEffect>();
        CallSnapshot? known = null;
        while (true)
        {
            var evaluation = await evaluator.EvaluateAsync(callId, known, timeProvider.GetUtcNow(), cancellationToken);
            if (evaluation.Decision is not CallDecision.Do { Effect: { IsAwaited: true } due } || !tried.Add(due))
            {
                return;
            }

            known = await executor.ExecuteAsync(evaluation, budget, cancellationToken);
        }
    }

    /// <summary>
    /// Does right now what is due for the people in a call: somebody ended it over the API, and an orchestration may take seconds to wake.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="budget">How long each effect may take; whoever asked is waiting.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task EndInlineAsync(CallId callId, TimeSpan budget, CancellationToken cancellationToken)
    {
        CallSnapshot? known = null;
        for (var done = 0; done < MaxInlineEffects; done++)
        {
            var evaluation = await evaluator.EvaluateAsync(callId, known, timeProvider.GetUtcNow(), cancellationToken);
            if (evaluation.Decision is not CallDecision.Do { Effect.IsChore: false })
            {
                return;
            }

            known = await executor.ExecuteAsync(evaluation, budget, cancellationToken);
        }
    }

    private async Task<CallDecision> AdvanceAsync(
        CallId callId, CallSnapshot? known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var evaluation = await EvaluateAsync(callId, known, now, cancellationToken);
        for (var chore = 0; chore < MaxChores && evaluation.Decision is CallDecision.Do { Effect.IsDoneInPassing: true }; chore++)
        {
            known = await ExecuteAsync(evaluation, cancellationToken);
            evaluation = await EvaluateAsync(callId, known, Later(now, timeProvider.GetUtcNow()), cancellationToken);
        }

        return evaluation.Decision;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
