namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>An agent to dispatch to a room.</summary>
/// <param name="Room">The room's name. LiveKit creates a room that does not exist.</param>
/// <param name="AgentName">The name under which the agent's workers registered. LiveKit does not check that there is such a worker.</param>
/// <param name="Metadata">The metadata for the agent's job.</param>
public sealed record LiveKitDispatchRequest(string Room, string AgentName, string Metadata)
{
    /// <summary>Sent as <c>X-Livekit-Request-Id</c> if it is set. A server that supports it handles the same id only once.</summary>
    public string? RequestId { get; init; }
}
