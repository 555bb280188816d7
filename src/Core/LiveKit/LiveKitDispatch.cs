namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// A standing request for an agent in a room. It does not show that an agent has joined: only a participant of kind AGENT shows that.
/// A room that was created without agents also lists one dispatch with an empty <see cref="AgentName"/>.
/// </summary>
public sealed record LiveKitDispatch
{
    /// <summary>The dispatch's id (<c>AD_…</c>).</summary>
    public string Id { get; init; } = "";

    /// <summary>The requested agent.</summary>
    public string AgentName { get; init; } = "";

    /// <summary>The room's name.</summary>
    public string Room { get; init; } = "";

    /// <summary>The metadata for the agent's job.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>Whether a worker took it, seconds ago or more. It says nothing about whether the agent is still there.</summary>
    public bool HasJob { get; init; }
}
