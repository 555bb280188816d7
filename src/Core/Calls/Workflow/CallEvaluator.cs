using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>Reads a call's history, folds it, finds its route and asks the policy: each of them once for an evaluation.</summary>
/// <param name="services">The journal, the routes, and who hears of calls.</param>
public sealed class CallEvaluator(CallServices services)
{
    /// <summary>What is next for a call.</summary>
    public async ValueTask<CallEvaluation> EvaluateAsync(CallId callId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Evaluate(await services.Journal.ReadAsync(callId, cancellationToken), now);

    /// <summary>What is next for a call whose history was read.</summary>
    public CallEvaluation Evaluate(CallHistory history, DateTimeOffset now) => Evaluate(CallSnapshot.Of(history), now);

    /// <summary>What is next for a call that is known.</summary>
    public CallEvaluation Evaluate(CallSnapshot known, DateTimeOffset now)
    {
        var (history, state) = known;
        var route = services.Routes.Find(RouteQuery.Of(state));
        var destinations = services.DestinationsOf(state);
        var timeouts = services.TakesNewCalls && destinations.Count == 0
            ? route.Timeouts
            : route.Timeouts with { TakesNewCalls = services.TakesNewCalls, Destinations = destinations };
        return new CallEvaluation(history, state, route, CallPolicy.Next(state, timeouts, now), now);
    }

    /// <summary>Takes a call with nothing more to do off the journal's list.</summary>
    /// <param name="evaluation">What is next for it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What is next for it then.</returns>
    public async ValueTask<CallEvaluation> CloseIfDoneAsync(CallEvaluation evaluation, CancellationToken cancellationToken)
    {
        if (evaluation.Decision is not CallDecision.Done)
        {
            return evaluation;
        }

        // An event may have come in just before the closing, and only another evaluation sees it.
        await services.Journal.CloseAsync(evaluation.State.CallId, cancellationToken);
        return await EvaluateAsync(evaluation.State.CallId, evaluation.At, cancellationToken);
    }
}
