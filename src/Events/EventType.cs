using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Events;

/// <summary>
/// What an event's type is called outside: <c>CALL_STARTED</c> is <c>call.started</c>. Once published, a type keeps its name.
/// </summary>
public static class EventType
{
    /// <summary>The type of a lifecycle event's name.</summary>
    public static string Of(string name)
    {
        if (name == LifecycleEventName.SurplusAgentRemoved)
        {
            return "agent.surplus_removed";
        }

        var lower = name.ToLowerInvariant();
        var first = lower.IndexOf('_', StringComparison.Ordinal);
        return first < 0 ? lower : $"{lower[..first]}.{lower[(first + 1)..]}";
    }
}
