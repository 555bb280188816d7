using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.RoomDeletion;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Takes calls one step further: reads the journal, asks the policy, does what it says under a claim. Any number of hosts may do so for the
/// same call at the same time; the journal lets one of them through.
/// </summary>
public sealed partial class CallAdvancer(
    ICallJournal journal,
    RouteTable routes,
    AgentDispatcher agents,
    HumanDialer? humans,
    RoomDeleter rooms,
    Reconciler reconciler,
    ILifecycleEventSink events,
    string roomPrefix,
    TimeProvider timeProvider,
    ILogger<CallAdvancer> logger)
{
    /// <summary>How long one effect may take; what is then unknown is looked up by the next attempt.</summary>
    public static TimeSpan EffectBudget { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a claim holds before another may take it over: longer than any effect takes.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How many chores are done on the way to an answer at most: whoever asked is waiting for it, and each may take as long as <see
    /// cref="EffectBudget"/>.
    /// </summary>
    public const int MaxChores = 4;

    private const int MaxSettleAttempts = 20;
    private const int MaxOverdueSteps = 10;

    /// <summary>
    /// What is next for a call, and the story on which that was decided. A call with nothing more to do is taken off the journal's list.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<CallEvaluation> LookAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var look = await ReadAsync(callId, now, cancellationToken);
        if (look.Decision is not CallDecision.Done)
        {
            return look;
        }

        // An event may have come in just before the closing, and only another look sees it.
        await journal.CloseAsync(callId, cancellationToken);
        return await ReadAsync(callId, now, cancellationToken);
    }

    /// <summary>Does the effect that a look decided, unless somebody changed the call since: then another look decides anew.</summary>
    public async Task RunAsync(CallEvaluation look, CancellationToken cancellationToken)
    {
        if (look.Decision is CallDecision.Do { Effect: var effect })
        {
            await RunAsync(look.Story, effect, look.At, EffectBudget, cancellationToken);
        }
    }

    /// <summary>
    /// Does an effect that was decided elsewhere or earlier, if it is still due: whoever comes late finds the claim taken and leaves it.
    /// </summary>
    public async Task RunAsync(CallId callId, CallEffect effect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var look = await ReadAsync(callId, now, cancellationToken);
        if (look.Decision is CallDecision.Do { Effect: var due } && due.GetType() == effect.GetType())
        {
            await RunAsync(look, cancellationToken);
        }
    }

    /// <summary>
    /// What is next for a call once its chores are done: what was untold is told, and LiveKit is asked where that is due.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="now">The time of the decision; an orchestration's own clock may stand behind this host's.</param>
    /// <param name="cancellationToken">Ends it early; the next one to ask goes on.</param>
    public async Task<CallDecision> AdvanceAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var look = await LookAsync(callId, now, cancellationToken);
        for (var chore = 0; chore < MaxChores && look.Decision is CallDecision.Do { Effect.IsChore: true }; chore++)
        {
            await RunAsync(look, cancellationToken);
            look = await LookAsync(callId, Later(now, timeProvider.GetUtcNow()), cancellationToken);
        }

        return look.Decision;
    }

    /// <summary>
    /// Does an effect that was decided elsewhere or earlier, if it is still due, and tells what is next after it and its chores.
    /// </summary>
    public async Task<CallDecision> AdvanceAsync(CallId callId, CallEffect effect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await RunAsync(callId, effect, now, cancellationToken);
        return await AdvanceAsync(callId, Later(now, timeProvider.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Takes the steps that somebody should have taken long ago: an engine that lost a call's wake-up may not notice for minutes. Where a
    /// living workflow is at it after all, the claims let one of them through.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="overdue">For how long a step has been due at least.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<CallProgress> CatchUpAsync(CallId callId, TimeSpan overdue, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var story = await journal.ReadAsync(callId, cancellationToken);
        if (Decide(CallState.Of(story), now) is CallDecision.Done)
        {
            // It was listed again by a word that came late and changes nothing.
            return (await LookAsync(callId, now, cancellationToken)).Decision is CallDecision.Done ? CallProgress.Over : CallProgress.InTime;
        }

        var told = story with { Events = [.. story.Events.Where(callEvent => callEvent.At <= now - overdue)] };
        if (told.Events.Count == 0 || Decide(CallState.Of(told), now - overdue) is not CallDecision.Do)
        {
            return CallProgress.InTime;
        }

        for (var step = 0; step < MaxOverdueSteps && await LookAsync(callId, timeProvider.GetUtcNow(), cancellationToken) is { Decision: CallDecision.Do } look; step++)
        {
            await RunAsync(look, cancellationToken);
        }

        return CallProgress.CaughtUp;
    }

    /// <summary>
    /// Sends the agent right now if that is what is due: the caller's joining was just journaled, and an orchestration may take seconds to
    /// wake.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="budget">How long it may take; the webhook's sender is waiting.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task DispatchInlineAsync(CallId callId, TimeSpan budget, CancellationToken cancellationToken)
    {
        var look = await ReadAsync(callId, timeProvider.GetUtcNow(), cancellationToken);
        if (look.Decision is CallDecision.Do { Effect: CallEffect.DispatchAgent dispatch })
        {
            await RunAsync(look.Story, dispatch, look.At, budget, cancellationToken);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async Task<CallEvaluation> ReadAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var story = await journal.ReadAsync(callId, cancellationToken);
        return new CallEvaluation(story, Decide(CallState.Of(story), now), now);
    }

    private CallDecision Decide(CallState state, DateTimeOffset now) => CallPolicy.Next(state, routes.Find(state.CalledNumber).Terms, now);

    private async Task RunAsync(CallHistory story, CallEffect effect, DateTimeOffset decidedAt, TimeSpan budget, CancellationToken cancellationToken)
    {
        var state = CallState.Of(story);
        var decision = new RecordedDecision(effect, decidedAt) { Agent = effect is CallEffect.DispatchAgent sent ? routes.Find(state.CalledNumber).AgentFor(sent).Name : null };
        if (effect is CallEffect.EndCall end)
        {
            // Nothing happens outside, so the claim and its outcome are one step.
            await CommitAsync(story, state, Claim(state, effect, ClaimStatus.Done, end.Cause), decision, cancellationToken);
            return;
        }

        var claims = Claim(state, effect, ClaimStatus.Intent, null);
        if (await CommitAsync(story, state, claims, decision, cancellationToken) == CommitOutcome.Conflict)
        {
            return;
        }

        using var watch = EffectTelemetry.Begin(claims[0].Key, state.CallId);
        using var deadline = new CancellationTokenSource(budget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        EffectOutcome outcome;
        try
        {
            outcome = await ActAsync(state, effect, claims[0].Attempt, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            outcome = effect is CallEffect.DeleteRoom && claims[0].Attempt >= RoomDeleter.MaxAttempts
                ? new EffectOutcome.GaveUp("out_of_time")
                : new EffectOutcome.TryAgain(TimeSpan.Zero, "out_of_time");
        }

        watch.Came(outcome);
        var level = effect is CallEffect.Publish ? LogLevel.Debug : LogLevel.Information;
        LogEffect(level, claims[0].Key, claims[0].Attempt, outcome switch { EffectOutcome.Done done => done.Result, EffectOutcome.TryAgain again => again.Reason, _ => "gave_up" }, state.CallId);
        await SettleAsync(state.CallId, claims, outcome);
    }

    private async Task<EffectOutcome> ActAsync(CallState state, CallEffect effect, int attempt, CancellationToken cancellationToken) => effect switch
    {
        CallEffect.DispatchAgent dispatch => await agents.DispatchAsync(state, dispatch, attempt, routes.Find(state.CalledNumber).AgentFor(dispatch), cancellationToken),
        CallEffect.CallHuman => humans is not null && routes.Find(state.CalledNumber).Fallback.Human is { } human
            ? await humans.CallAsync(state, human, attempt, cancellationToken)
            : new EffectOutcome.GaveUp("no_human"),
        CallEffect.RemoveSurplusAgents => await agents.RemoveSurplusAsync(state, timeProvider.GetUtcNow(), cancellationToken),
        CallEffect.Reconcile => await reconciler.ReconcileAsync(state, timeProvider.GetUtcNow(), cancellationToken),
        CallEffect.DeleteRoom => await rooms.DeleteAsync(state, attempt, cancellationToken),
        CallEffect.Publish publish => await PublishAsync(state, publish, cancellationToken),
        _ => throw new UnreachableException(),
    };

    private async Task<EffectOutcome> PublishAsync(CallState state, CallEffect.Publish publish, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        foreach (var happening in LifecycleEvents.Of(state).Where(happening => publish.Happenings.Contains(LifecycleEvents.KeyOf(happening))))
        {
            try
            {
                await events.PublishAsync(happening, cancellationToken);
                told.Add(CallEffect.Publish.ClaimPrefix + LifecycleEvents.KeyOf(happening));
                CallMeasurements.Told(happening, state);
            }
#pragma warning disable CA1031 // Whatever it was, a time-out of its own included: the sink did not take this event, and what it took before is not offered again.
            catch (Exception refused)
#pragma warning restore CA1031
            {
                LogSinkRefused(happening.Name, state.CallId, refused);
                return new EffectOutcome.TryAgain(TimeSpan.FromSeconds(5), "sink") { DoneKeys = told };
            }
        }

        return new EffectOutcome.Done("told");
    }

    private List<EffectClaim> Claim(CallState state, CallEffect effect, ClaimStatus status, string? result)
    {
        var now = timeProvider.GetUtcNow();
        var owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        return [.. effect.ClaimKeys.Select(key => new EffectClaim(key, status, owner, (state.Claims.GetValueOrDefault(key)?.Attempt ?? 0) + 1, now)
        {
            BegunAt = state.Claims.GetValueOrDefault(key) is { Status: not ClaimStatus.Done } unsettled ? unsettled.BegunAt : now,
            Until = status == ClaimStatus.Intent ? now + Lease : null,
            Result = result,
        })];
    }

    private ValueTask<CommitOutcome> CommitAsync(CallHistory story, CallState state, List<EffectClaim> claims, RecordedDecision decision, CancellationToken cancellationToken) => journal.CommitAsync(
        story.CallId, story.Version, new JournalChange(claims, CallDetailRecords.Of(state.With(claims), roomPrefix)) { Decision = decision }, cancellationToken);

    /// <summary>
    /// Writes what became of an effect. It has happened, so nothing but the loss of the claim stops the writing; where the journal is away
    /// too long, the claim's lease ends and the next attempt finds out what was done.
    /// </summary>
    private async Task SettleAsync(CallId callId, List<EffectClaim> claims, EffectOutcome outcome)
    {
        for (var attempt = 0; attempt < MaxSettleAttempts; attempt++)
        {
            var story = await journal.ReadAsync(callId, CancellationToken.None);
            if (!claims.All(claim => story.Claims.Any(stored => stored.Key == claim.Key && stored.Owner == claim.Owner && stored.Status == ClaimStatus.Intent)))
            {
                LogClaimLost(claims[0].Key, callId);
                return;
            }

            var now = timeProvider.GetUtcNow();
            var settled = claims.ConvertAll(claim => outcome switch
            {
                _ when outcome.DoneKeys.Contains(claim.Key) => claim with { Status = ClaimStatus.Done, At = now, Until = null },
                EffectOutcome.Done done => claim with { Status = ClaimStatus.Done, At = now, Until = null, Result = done.Result },
                EffectOutcome.TryAgain again => claim with { Status = ClaimStatus.Failed, At = now, Until = now + again.After, Result = again.Reason },
                EffectOutcome.GaveUp gaveUp => claim with { Status = ClaimStatus.GivenUp, At = now, Until = null, Result = gaveUp.Reason },
                _ => throw new UnreachableException(),
            });
            var known = story.Events.Select(stored => stored.Id).ToHashSet(StringComparer.Ordinal);
            var learnt = outcome.Learnt.Where(callEvent => known.Add(callEvent.Id)).Take(JournalChange.MaxEvents).ToList();
            var state = learnt.Aggregate(CallState.Of(story), (folded, callEvent) => folded.Apply(callEvent)).With(settled);
            if (await journal.CommitAsync(callId, story.Version, new JournalChange(settled, CallDetailRecords.Of(state, roomPrefix)) { Events = learnt }, CancellationToken.None) == CommitOutcome.Committed)
            {
                return;
            }
        }

        LogClaimLost(claims[0].Key, callId);
    }

    [LoggerMessage(EventId = 2001, Message = "Effect {Effect}, attempt {Attempt}, came to {Result} for call {CallId}")]
    private partial void LogEffect(LogLevel level, string effect, int attempt, string result, CallId callId);

    [LoggerMessage(2002, LogLevel.Warning, "The event sink refused {Event} of call {CallId}; it will be offered again")]
    private partial void LogSinkRefused(string @event, CallId callId, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The claim {Effect} of call {CallId} was lost to another host before its outcome was written")]
    private partial void LogClaimLost(string effect, CallId callId);
}
