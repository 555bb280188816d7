using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Helpers;

/// <summary>When the route's helpers are sent, such as a transcriber: once the caller is there and an agent was sent, each once.</summary>
public static class HelperRules
{
    /// <summary>The next helper that was not sent yet.</summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        var state = context.State;
        return context.Timeouts.Helpers.Count > 0 && state.LiveCallers.Any() && state.AgentDispatched
            ? context.Timeouts.Helpers.Select(name => new CallEffect.DispatchHelper(name)).FirstOrDefault(context.TryBegin)
            : null;
    }
}
