using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Routing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls;

/// <summary>A call as its journal could stand: events and claims, in the order in which a test names them.</summary>
internal sealed class Scene(params IReadOnlyList<object> history)
{
    private CallTimeouts terms = Timeouts;

    public CallState State { get; } = history.OfType<CallEvent>()
        .Aggregate(new CallState(Call), (state, callEvent) => state.Apply(callEvent))
        .With(history.OfType<EffectClaim>());

    public IReadOnlyList<LifecycleEvent> Lifecycle => [.. LifecycleEvents.Of(State)];

    public CallDetailRecord Record => CallDetailRecord.Of(State, Naming);

    public Scene And(params IReadOnlyList<object> more) => new Scene([.. history, .. more]).With(terms);

    /// <summary>The same call on a route with other terms.</summary>
    public Scene With(CallTimeouts other) => new(history) { terms = other };

    /// <summary>What is next while the sink has been told everything.</summary>
    public CallDecision At(double seconds) =>
        CallPolicy.Next(
            State.With(Lifecycle.Select(published => Done(CallEffect.Publish.ClaimPrefix + LifecycleEvents.KeyOf(published), 0, "told"))),
            terms,
            Given.At(seconds));

    /// <summary>What is next, happenings that nobody was told of included.</summary>
    public CallDecision UntoldAt(double seconds) => CallPolicy.Next(State, terms, Given.At(seconds));

    /// <summary>The effect that is due, or <c>null</c>.</summary>
    public CallEffect? DueAt(double seconds) => (At(seconds) as CallDecision.Do)?.Effect;
}
