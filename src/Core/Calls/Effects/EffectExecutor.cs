using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Bounds;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>
/// Does effects that were decided: claims, calls the handler, settles. Any number of hosts may do so for one call at one time; the journal
/// lets one of them through.
/// </summary>
/// <param name="journal">Holds the claims.</param>
/// <param name="handlers">Do the effects.</param>
/// <param name="evaluate">Says what is next for a call that is known.</param>
/// <param name="naming">Names the rooms in the calls' records.</param>
/// <param name="routes">Tell whose a call is that was learnt of.</param>
/// <param name="timeProvider">The clock of claims and deadlines.</param>
/// <param name="logger">Tells what came of each effect.</param>
public sealed partial class EffectExecutor(
    ICallJournal journal,
    EffectHandlers handlers,
    Func<CallSnapshot, DateTimeOffset, CallEvaluation> evaluate,
    RoomNaming naming,
    RouteTable routes,
    TimeProvider timeProvider,
    ILogger<EffectExecutor> logger)
{
    /// <summary>How long one effect may take; what is then unknown is looked up by the next attempt.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a claim holds before another may take it over: longer than any effect takes.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(15);

    private const int MaxSettleAttempts = 20;

    /// <summary>More was learnt than one step holds: the effect is begun again at once, and finds the rest.</summary>
    private static readonly EffectOutcome MoreToLearn = new EffectOutcome.TryAgain(TimeSpan.Zero, "more_to_learn");

    /// <summary>
    /// Does the effect that an evaluation decided, unless somebody changed the call since, and those that are due after it. What became of
    /// an effect is written together with the claim of the next one.
    /// </summary>
    /// <param name="evaluation">The evaluation; one without an effect changes nothing.</param>
    /// <param name="run">Says how far it goes.</param>
    /// <param name="budget">How long each effect may take.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What is next then; <c>null</c> if the call must be read to tell.</returns>
    public async Task<CallEvaluation?> RunAsync(
        CallEvaluation evaluation, EffectRun run, TimeSpan budget, CancellationToken cancellationToken)
    {
        var draft = Begin(new CallDraft(evaluation), run, cancellationToken);
        if (draft.Steps.Count > 0)
        {
            var step = await WriteAsync(draft, cancellationToken);
            if (step.Outcome != CommitOutcome.Committed)
            {
                return null;
            }

            draft = draft.Written(step.Version);
        }

        while (draft.Begun is { } begun)
        {
            var outcome = await DoAsync(begun, budget, cancellationToken);
            if (await SettleAsync(begun, draft, outcome, run, cancellationToken) is not { } settled)
            {
                return null;
            }

            draft = settled;
        }

        return draft.IsKnown ? draft.Evaluation : null;
    }

    /// <summary>Adds to a write what is next: results that only the journal holds, and the claims of the effect that follows.</summary>
    private CallDraft Begin(CallDraft draft, EffectRun run, CancellationToken cancellationToken)
    {
        while (draft.Evaluation is { Decision: CallDecision.Do { Effect: var effect } } evaluation
            && draft.HasRoomFor(effect.ClaimKeys.Count)
            && !cancellationToken.IsCancellationRequested
            && run.Begins(effect))
        {
            var decision = new RecordedDecision(effect, evaluation.At) { Agent = evaluation.Route.AgentNameOf(effect) };
            if (effect.JournalResult is { } result)
            {
                draft = Decided(draft.With(new DraftStep(Claim(evaluation.State, effect, ClaimStatus.Done, result), [], decision)));
                continue;
            }

            var claims = Claim(evaluation.State, effect, ClaimStatus.Intent, null, decision.Agent);
            var begun = new BegunEffect(effect, claims, decision, evaluation);
            return effect.IsQuestion
                ? draft with { Begun = begun }
                : draft.With(new DraftStep(claims, [], decision)) with { Begun = begun };
        }

        return draft with { Begun = null };
    }

    /// <summary>The same, and what is next.</summary>
    private CallDraft Decided(CallDraft draft)
    {
        var (now, before) = (timeProvider.GetUtcNow(), draft.Evaluation.At);
        return draft with { Evaluation = evaluate(draft.Evaluation.Known, now > before ? now : before) };
    }

    private ValueTask<StepOutcome> WriteAsync(CallDraft draft, CancellationToken cancellationToken)
    {
        var (history, state) = draft.Evaluation.Known;
        var record = CallDetailRecord.Of(state, naming);
        var steps = new JournalChange[draft.Steps.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = draft.Steps[i];
            steps[i] = new JournalChange(step.Claims, record) { Events = step.Events, Decision = step.Decision };
        }

        return journal.CommitAsync(state.CallId, history.Version, JournalChange.Of(steps), cancellationToken);
    }

    private async Task<EffectOutcome> DoAsync(BegunEffect begun, TimeSpan budget, CancellationToken cancellationToken)
    {
        var (effect, claims, decided) = (begun.Effect, begun.Claims, begun.Decided);
        var callId = decided.State.CallId;
        using var telemetry = EffectTelemetry.Begin(claims[0].Key, callId);
        using var deadline = new CancellationTokenSource(budget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var attempt = claims[0].Attempt;
        EffectOutcome outcome;
        try
        {
            var context = new EffectContext(decided.State, decided.Route, attempt, timeProvider.GetUtcNow());
            outcome = await handlers.HandleAsync(context, effect, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            outcome = attempt >= effect.MaxAttempts
                ? new EffectOutcome.GaveUp("out_of_time")
                : new EffectOutcome.TryAgain(TimeSpan.Zero, "out_of_time");
        }

        telemetry.Came(outcome);
        LogEffect(effect.IsChore ? LogLevel.Debug : LogLevel.Information, claims[0].Key, attempt, outcome.InWords, callId);
        return outcome;
    }

    private EffectClaim[] Claim(CallState state, CallEffect effect, ClaimStatus status, string? result, string? agent = null)
    {
        var now = timeProvider.GetUtcNow();
        var owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        return [.. effect.ClaimKeys.Select(key =>
        {
            var last = state.Claims.GetValueOrDefault(key);
            return new EffectClaim(key, status, owner, (last?.Attempt ?? 0) + 1, now)
            {
                BegunAt = last is { Status: not ClaimStatus.Done } ? last.BegunAt : now,
                Until = status == ClaimStatus.Intent ? now + Lease : null,
                Result = result,
                Agent = agent ?? last?.Agent,
                EarlierAgent = agent is null || last?.Agent is null || last.Agent == agent ? last?.EarlierAgent : last.Agent,
            };
        })];
    }

    /// <summary>
    /// Writes what became of an effect, and what is next with it. It has happened, so nothing but the loss of the claim stops the writing;
    /// where the journal is away too long, the claim's lease ends and the next attempt finds out what was done. Mostly nobody changed the
    /// call since the claim was written, and it need not be read again.
    /// </summary>
    private async Task<CallDraft?> SettleAsync(
        BegunEffect begun, CallDraft claimed, EffectOutcome outcome, EffectRun run, CancellationToken cancellationToken)
    {
        var (callId, isQuestion, count) = (begun.Decided.State.CallId, begun.Effect.IsQuestion, run.Count);
        var isFresh = claimed.IsKnown;
        for (var attempt = 0; attempt < MaxSettleAttempts; attempt++)
        {
            var call = isFresh
                ? claimed.Evaluation
                : claimed.Evaluation.As(CallSnapshot.Of(await journal.ReadAsync(callId, CancellationToken.None)));
            if (!begun.Claims.All(claim => isQuestion ? IsUnanswered(call.History, claim) : IsStillHeld(call.History, claim)))
            {
                break;
            }

            var now = timeProvider.GetUtcNow();
            var news = outcome.Learnt.Count == 0 ? [] : News(call.History, outcome.Learnt);
            IReadOnlyList<CallEvent> learnt = news.Count == 0 ? []
                : [.. news.Take(JournalChange.MaxEvents).Select(callEvent => routes.Owned(callId, callEvent))];
            var isAll = news.Count == learnt.Count;
            EffectClaim[] settled = [.. begun.Claims.Select(claim => Settle(claim, isAll ? outcome : MoreToLearn, now))];
            var step = new DraftStep(settled, learnt, isQuestion && isFresh ? begun.Decision : null);
            var (draft, hasNews) = (new CallDraft(call).With(step), run.HasNews());
            draft = hasNews ? draft : Begin(Decided(draft), run, cancellationToken);
            isFresh = false;
            var written = await WriteAsync(draft, CancellationToken.None);
            if (written.Outcome == CommitOutcome.Committed)
            {
                return hasNews ? null : draft.Written(written.Version);
            }

            run.TakeBackTo(count);
            if (written.Outcome == CommitOutcome.Refused && learnt.Count > 0)
            {
                // What was done is written without what was learnt beside it: asking LiveKit again can bring that back.
                outcome = outcome with { Learnt = [InferredEvents.Omitted(OmissionReason.TooLarge, learnt[0].Room, now)] };
            }
        }

        if (!isQuestion)
        {
            LogClaimLost(begun.Claims[0].Key, callId);
        }

        return null;
    }

    private static List<CallEvent> News(CallHistory history, IReadOnlyList<CallEvent> learnt)
    {
        var known = history.Events.Select(stored => stored.Id).ToHashSet(StringComparer.Ordinal);
        return [.. learnt.Where(callEvent => known.Add(callEvent.Id))];
    }

    private static bool IsStillHeld(CallHistory history, EffectClaim claim) => history.Claims.Any(
        stored => stored.Key == claim.Key && stored.Owner == claim.Owner && stored.Status == ClaimStatus.Intent);

    /// <summary>Whether nobody else has asked the same since it was decided: their answer is no older.</summary>
    private static bool IsUnanswered(CallHistory history, EffectClaim claim) =>
        history.Claims.All(stored => stored.Key != claim.Key || stored.Attempt < claim.Attempt);

    private static EffectClaim Settle(EffectClaim claim, EffectOutcome outcome, DateTimeOffset now) => outcome switch
    {
        _ when outcome.DoneKeys.Contains(claim.Key) => claim with { Status = ClaimStatus.Done, At = now, Until = null },
        _ when outcome.GivenUpKeys.Contains(claim.Key) => claim with { Status = ClaimStatus.GivenUp, At = now, Until = null },
        EffectOutcome.Done done => claim with { Status = ClaimStatus.Done, At = now, Until = null, Result = done.Result },
        EffectOutcome.TryAgain again =>
            claim with { Status = ClaimStatus.Failed, At = now, Until = now + again.After, Result = again.Reason },
        EffectOutcome.GaveUp gaveUp => claim with { Status = ClaimStatus.GivenUp, At = now, Until = null, Result = gaveUp.Reason },
        _ => throw new UnreachableException(),
    };

    [LoggerMessage(EventId = 2001, Message = "Effect {Effect}, attempt {Attempt}, for call {CallId}: {Result}")]
    private partial void LogEffect(LogLevel level, string effect, int attempt, string result, CallId callId);

    [LoggerMessage(2003, LogLevel.Warning, "The claim {Effect} of call {CallId} was lost to another host before its outcome was written")]
    private partial void LogClaimLost(string effect, CallId callId);
}
