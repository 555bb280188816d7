namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>Somebody asked for an agent.</summary>
/// <param name="DispatchId">LiveKit's id of the request.</param>
/// <param name="Room">The room's name.</param>
/// <param name="AgentName">The name under which the agent's workers are registered.</param>
/// <param name="Metadata">What the job is told.</param>
public sealed record AgentOffer(string DispatchId, string Room, string AgentName, string Metadata);
