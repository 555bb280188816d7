namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// A standing request for an agent in a room. That it exists says nothing about an agent: only a participant of kind AGENT does.
/// Every room that was made without agents also lists one with an empty <see cref="AgentName"/>.
/// </summary>
public sealed record LiveKitDispatch
{
    /// <summary>The dispatch's id (<c>AD_…</c>).</summary>
    public string Id { get; init; } = "";

    /// <summary>The agent that is asked for.</summary>
    public string AgentName { get; init; } = "";

    /// <summary>The room's name.</summary>
    public string Room { get; init; } = "";

    /// <summary>What the agent's job is given.</summary>
    public string Metadata { get; init; } = "";
}
