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
/// <param name="naming">Names the rooms in the calls' records.</param>
/// <param name="routes">Tell whose a call is that was learnt of.</param>
/// <param name="timeProvider">The clock of claims and deadlines.</param>
/// <param name="logger">Tells what came of each effect.</param>
public sealed partial class EffectExecutor(
    ICallJournal journal,
    EffectHandlers handlers,
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
    /// Does the effect that an evaluation decided, unless somebody changed the call since: then another evaluation decides anew.
    /// </summary>
    /// <param name="evaluation">The evaluation; one without an effect changes nothing.</param>
    /// <param name="budget">How long the effect may take.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The call after the effect; <c>null</c> if it must be read to go on.</returns>
    public async Task<CallSnapshot?> ExecuteAsync(CallEvaluation evaluation, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (evaluation.Decision is not CallDecision.Do { Effect: var effect })
        {
            return evaluation.Known;
        }

        var state = evaluation.State;
        if (effect.JournalResult is { } result)
        {
            return (await BeginAsync(evaluation, effect, Claim(state, effect, ClaimStatus.Done, result), cancellationToken)).Known;
        }

        var claims = Claim(state, effect, ClaimStatus.Intent, null, evaluation.Route.AgentNameOf(effect));
        CallSnapshot? known = evaluation.Known;
        if (!effect.IsQuestion)
        {
            (var claimed, known) = await BeginAsync(evaluation, effect, claims, cancellationToken);
            if (claimed != CommitOutcome.Committed)
            {
                return null;
            }
        }

        using var telemetry = EffectTelemetry.Begin(claims[0].Key, state.CallId);
        using var deadline = new CancellationTokenSource(budget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var attempt = claims[0].Attempt;
        EffectOutcome outcome;
        try
        {
            var context = new EffectContext(state, evaluation.Route, attempt, timeProvider.GetUtcNow());
            outcome = await handlers.HandleAsync(context, effect, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            outcome = attempt >= effect.MaxAttempts
                ? new EffectOutcome.GaveUp("out_of_time")
                : new EffectOutcome.TryAgain(TimeSpan.Zero, "out_of_time");
        }

        telemetry.Came(outcome);
        LogEffect(effect.IsChore ? LogLevel.Debug : LogLevel.Information, claims[0].Key, attempt, outcome.InWords, state.CallId);
        var settling = new Settling(state.CallId, claims, effect.IsQuestion ? DecisionOf(evaluation, effect) : null);
        return await SettleAsync(settling, known, outcome);
    }

    private List<EffectClaim> Claim(CallState state, CallEffect effect, ClaimStatus status, string? result, string? agent = null)
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

    private async ValueTask<(CommitOutcome Outcome, CallSnapshot? Known)> BeginAsync(
        CallEvaluation evaluation, CallEffect effect, List<EffectClaim> claims, CancellationToken cancellationToken)
    {
        var state = evaluation.State.With(claims);
        var change = new JournalChange(claims, CallDetailRecord.Of(state, naming))
        {
            Decision = DecisionOf(evaluation, effect),
        };
        var step = await journal.CommitAsync(state.CallId, evaluation.History.Version, change, cancellationToken);
        return (step.Outcome, evaluation.Known.After(step, change, state));
    }

    /// <summary>
    /// Writes what became of an effect. It has happened, so nothing but the loss of the claim stops the writing; where the journal is away
    /// too long, the claim's lease ends and the next attempt finds out what was done. Mostly nobody changed the call since the claim was
    /// written, and it need not be read again.
    /// </summary>
    private async Task<CallSnapshot?> SettleAsync(Settling settling, CallSnapshot? claimed, EffectOutcome outcome)
    {
        var (callId, claims, decision) = settling;
        for (var attempt = 0; attempt < MaxSettleAttempts; attempt++)
        {
            var call = claimed ?? CallSnapshot.Of(await journal.ReadAsync(callId, CancellationToken.None));
            if (!claims.TrueForAll(claim => decision is null ? IsStillHeld(call.History, claim) : IsUnanswered(call.History, claim)))
            {
                break;
            }

            var now = timeProvider.GetUtcNow();
            var news = outcome.Learnt.Count == 0 ? [] : News(call.History, outcome.Learnt);
            var learnt = news.Take(JournalChange.MaxEvents).Select(callEvent => routes.Owned(callId, callEvent)).ToList();
            var isAll = news.Count == learnt.Count;
            var settled = claims.ConvertAll(claim => Settle(claim, isAll ? outcome : MoreToLearn, now));
            var state = learnt.Aggregate(call.State, (folded, callEvent) => folded.Apply(callEvent)).With(settled);
            var change = new JournalChange(settled, CallDetailRecord.Of(state, naming))
            {
                Events = learnt,
                Decision = claimed is null ? null : decision,
            };
            claimed = null;
            var step = await journal.CommitAsync(callId, call.History.Version, change, CancellationToken.None);
            switch (step.Outcome)
            {
                case CommitOutcome.Committed:
                    return call.After(step, change, state);
                case CommitOutcome.Refused when learnt.Count > 0:
                    // What was done is written without what was learnt beside it: asking LiveKit again can bring that back.
                    outcome = outcome with { Learnt = [InferredEvents.Omitted(OmissionReason.TooLarge, learnt[0].Room, now)] };
                    break;
            }
        }

        if (decision is null)
        {
            LogClaimLost(claims[0].Key, callId);
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

    private static RecordedDecision DecisionOf(CallEvaluation evaluation, CallEffect effect) =>
        new(effect, evaluation.At) { Agent = evaluation.Route.AgentNameOf(effect) };

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

    /// <summary>What is written when an effect is over.</summary>
    /// <param name="CallId">The call.</param>
    /// <param name="Claims">The effect's claims as they were begun.</param>
    /// <param name="Decision">The decision, where no claim was written before the effect, because it only asks.</param>
    private sealed record Settling(CallId CallId, List<EffectClaim> Claims, RecordedDecision? Decision);

    [LoggerMessage(EventId = 2001, Message = "Effect {Effect}, attempt {Attempt}, for call {CallId}: {Result}")]
    private partial void LogEffect(LogLevel level, string effect, int attempt, string result, CallId callId);

    [LoggerMessage(2003, LogLevel.Warning, "The claim {Effect} of call {CallId} was lost to another host before its outcome was written")]
    private partial void LogClaimLost(string effect, CallId callId);
}
