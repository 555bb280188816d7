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

    /// <summary>More than one look at a call finds to do.</summary>
    private const int MaxInOneGo = 20;

    /// <summary>The end, the putting out of agents where others keep the room, and the deletion of the room or the removal.</summary>
    private const int MaxInlineEffects = 3;

    /// <summary>What is next for a call. One with nothing more to do is taken off the journal's list.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<CallEvaluation> EvaluateAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await evaluator.CloseIfDoneAsync(await evaluator.EvaluateAsync(callId, now, cancellationToken), cancellationToken);

    /// <summary>Does the effect of an evaluation and nothing after it: for tests, which look at each step.</summary>
    /// <returns>What is next then; <c>null</c> if somebody changed the call since, or the store's answer was lost.</returns>
    internal Task<CallEvaluation?> ExecuteAsync(CallEvaluation evaluation, CancellationToken cancellationToken) =>
        executor.RunAsync(evaluation, new EffectRun((_, begun) => begun.Count == 0), EffectExecutor.Budget, cancellationToken);

    /// <summary>Does the effect of an evaluation and what is due after it, for an engine that holds the call in memory.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="hasNews">Whether there may be news of the call, so that it must be read.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What is next then. A call with nothing more to do is taken off the journal's list.</returns>
    public async Task<CallEvaluation> FollowAsync(CallEvaluation evaluation, Func<bool> hasNews, CancellationToken cancellationToken)
    {
        var run = new EffectRun((_, begun) => begun.Count < MaxInOneGo, hasNews);
        var after = await executor.RunAsync(evaluation, run, EffectExecutor.Budget, cancellationToken);
        return after is not null && !hasNews()
            ? await evaluator.CloseIfDoneAsync(after, cancellationToken)
            : await EvaluateAsync(evaluation.State.CallId, Later(evaluation.At, timeProvider.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// What is next for a call once its chores are done: lifecycle events are published, and LiveKit is asked where that is due.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends it early; the next one to ask goes on.</param>
    public Task<CallDecision> AdvanceAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken) =>
        AdvanceAsync(callId, "", now, cancellationToken);

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
        var isDue = evaluation.Decision is CallDecision.Do { Effect: var first } && first.Name == effect;
        var most = isDue ? MaxChores + 1 : MaxChores;
        var run = new EffectRun((due, begun) => begun.Count < most && (due.IsDoneInPassing || (isDue && begun.Count == 0)));
        evaluation = await RunAsync(evaluation, run, EffectExecutor.Budget, cancellationToken);
        return (await evaluator.CloseIfDoneAsync(evaluation, cancellationToken)).Decision;
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
            return (await evaluator.CloseIfDoneAsync(evaluation, cancellationToken)).Decision is CallDecision.Done
                ? CallProgress.Over
                : CallProgress.InTime;
        }

        var history = evaluation.History;
        var before = history with { Events = [.. history.Events.Where(callEvent => callEvent.At <= now - overdue)] };
        if (before.Events.Count == 0 || evaluator.Evaluate(before, now - overdue).Decision is not CallDecision.Do)
        {
            return CallProgress.InTime;
        }

        var run = new EffectRun((_, begun) => begun.Count < MaxOverdueEffects);
        evaluation = await RunAsync(evaluation, run, EffectExecutor.Budget, cancellationToken);
        await evaluator.CloseIfDoneAsync(evaluation, cancellationToken);
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
        var run = new EffectRun((due, begun) => due.IsAwaited && !begun.Contains(due));
        var evaluation = await evaluator.EvaluateAsync(callId, timeProvider.GetUtcNow(), cancellationToken);
        await RunAsync(evaluation, run, budget, cancellationToken);
    }

    /// <summary>
    /// Does right now what is due for the people in a call: somebody ended it over the API, and an orchestration may take seconds to wake.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="budget">How long each effect may take; whoever asked is waiting.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task EndInlineAsync(CallId callId, TimeSpan budget, CancellationToken cancellationToken)
    {
        var run = new EffectRun((due, begun) => !due.IsChore && begun.Count < MaxInlineEffects);
        var evaluation = await evaluator.EvaluateAsync(callId, timeProvider.GetUtcNow(), cancellationToken);
        await RunAsync(evaluation, run, budget, cancellationToken);
    }

    /// <summary>Goes on as long as the run does; where somebody else changed the call, it is read and decided anew.</summary>
    private async Task<CallEvaluation> RunAsync(
        CallEvaluation evaluation, EffectRun run, TimeSpan budget, CancellationToken cancellationToken)
    {
        int begun;
        do
        {
            begun = run.Count;
            evaluation = await executor.RunAsync(evaluation, run, budget, cancellationToken)
                ?? await evaluator.EvaluateAsync(
                    evaluation.State.CallId, Later(evaluation.At, timeProvider.GetUtcNow()), cancellationToken);
        }
        while (run.Count > begun);
        return evaluation;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
