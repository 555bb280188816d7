namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>An agent to send into a room.</summary>
/// <param name="Room">The room's name. A room that does not exist is created by this.</param>
/// <param name="AgentName">The name under which the agent's workers registered. Nobody checks that there is one.</param>
/// <param name="Metadata">What the agent's job is given.</param>
public sealed record LiveKitDispatchRequest(string Room, string AgentName, string Metadata)
{
    /// <summary>Sent as <c>X-Livekit-Request-Id</c> where it is set: the same id in a repetition lets a server that understands it do the thing once.</summary>
    public string? RequestId { get; init; }
}
