using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Routing;

/// <summary>How calls to a number are handled.</summary>
/// <param name="Agent">The agent that answers.</param>
/// <param name="Timeouts">The timeouts.</param>
/// <param name="Fallback">What the caller gets if no agent answers.</param>
public sealed record Route(AgentConfig Agent, CallTimeouts Timeouts, RouteFallback Fallback)
{
    /// <summary>
    /// The agent that is dispatched if the first one publishes no audio, from another pool of workers; <c>null</c> for none.
    /// </summary>
    public AgentConfig? Reserve { get; init; }

    /// <summary>The agent of a dispatch.</summary>
    public AgentConfig AgentFor(CallEffect.DispatchAgent dispatch) => dispatch.Reserve && Reserve is { } reserve ? reserve : Agent;

    /// <summary>The name of the agent that an effect dispatches; <c>null</c> if it dispatches none.</summary>
    public string? AgentNameOf(CallEffect effect) =>
        effect is CallEffect.DispatchAgent dispatch ? AgentFor(dispatch).Name : effect.AgentName;
}
