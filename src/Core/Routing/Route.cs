using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Routing.Hours;

namespace VoiceFunctions.Core.Routing;

/// <summary>How calls to a number are handled.</summary>
/// <param name="Agent">The agent that answers.</param>
/// <param name="Timeouts">The timeouts.</param>
/// <param name="Fallback">What the caller gets if no agent answers.</param>
public sealed record Route(AgentConfig Agent, CallTimeouts Timeouts, RouteFallback Fallback)
{
    /// <summary>The name of the route that applies where no other does.</summary>
    public const string DefaultName = "default";

    /// <summary>
    /// The agent that is dispatched if the first one publishes no audio, from another pool of workers; <c>null</c> for none.
    /// </summary>
    public AgentConfig? Reserve { get; init; }

    /// <summary>What it says about handoffs to humans.</summary>
    public HandoffTerms Handoff { get; init; } = HandoffTerms.Default;

    /// <summary>When it is open; <c>null</c> for always.</summary>
    public WeeklyHours? Hours { get; init; }

    /// <summary>The route as it is outside of its hours; <c>null</c> where it has none.</summary>
    public Route? WhenClosed { get; init; }

    /// <summary>Whether a caller gets the fallback at once, and no agent: the route is closed, and no other agent is there then.</summary>
    public bool IsClosed => Timeouts.IsClosed;

    /// <summary>What its entry in the routes is called: its own name, or else its key; <c>default</c> for the default.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The tenant whose route it is, and whose the calls are that come by it; <c>null</c> where it is nobody's.</summary>
    public string? Tenant { get; init; }

    /// <summary>The route of a call that began at a time; it stays the call's while it lasts.</summary>
    public Route At(DateTimeOffset began) => WhenClosed is { } closed && Hours?.IsOpen(began) == false ? closed : this;

    /// <summary>Whether a caller is refused: Twilio gives them the busy tone, and on any other way their call just ends.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The route of a call after it was decided whether it is let in.</summary>
    public Route Under(CallFact.CallScreened? verdict) => verdict?.Action switch
    {
        AdmissionAction.Agent when RuleOf(verdict)?.Agent is { } other =>
            this with { Agent = other, Reserve = Reserve is null ? null : other with { Name = Reserve.Name } },
        AdmissionAction.Human => Shut(Fallback, Timeouts.Silence),
        AdmissionAction.Message => Shut(Fallback with { Human = null, Others = [] }, Alone),
        AdmissionAction.Reject => Shut(Fallback with { Human = null, Others = [] }, Alone) with { IsRefused = true },
        _ => this,
    };

    private SilenceTimeouts Alone => Timeouts.Silence with { CallsHuman = false, Humans = 0 };

    private AdmissionRule? RuleOf(CallFact.CallScreened? verdict) =>
        verdict is null ? null : Timeouts.Admission.Rules.ElementAtOrDefault(verdict.Rule - 1);

    private Route Shut(RouteFallback fallback, SilenceTimeouts silence) =>
        this with { Fallback = fallback, Timeouts = Timeouts with { IsClosed = true, Silence = silence } };

    /// <summary>The route with the agent that was asked for with a call; the reserve stays the route's.</summary>
    public Route For(RouteQuery query) => query is { Agent: null, AgentConfig: null }
        ? this
        : this with { Agent = AgentOverride.Of(Agent, query.Agent, query.AgentConfig) };

    /// <summary>The agent of a dispatch.</summary>
    public AgentConfig AgentFor(CallEffect.DispatchAgent dispatch) => dispatch.Reserve && Reserve is { } reserve ? reserve : Agent;

    /// <summary>The name of the agent that an effect dispatches; <c>null</c> if it dispatches none.</summary>
    public string? AgentNameOf(CallEffect effect) =>
        effect is CallEffect.DispatchAgent dispatch ? AgentFor(dispatch).Name : effect.AgentName;
}
