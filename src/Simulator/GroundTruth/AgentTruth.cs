namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>What really became of one agent in a room.</summary>
/// <param name="Identity">Its participant's identity.</param>
/// <param name="JoinedAt">When it joined.</param>
public sealed record AgentTruth(string Identity, DateTimeOffset JoinedAt)
{
    /// <summary>Whether it was granted the lease before it joined.</summary>
    public bool HoldsLease { get; internal set; }

    /// <summary>When its audio was there; <c>null</c> where it never was.</summary>
    public DateTimeOffset? AudibleAt { get; internal set; }

    /// <summary>When its process died or it left, whichever came first: from then on nobody heard it. <c>null</c> while it lives.</summary>
    public DateTimeOffset? GoneAt { get; internal set; }

    /// <summary>When the server saw it leave; <c>null</c> while the server lists it.</summary>
    public DateTimeOffset? LeftAt { get; internal set; }
}
