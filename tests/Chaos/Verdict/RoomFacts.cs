using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>What really happened in one session of a room: the simulator's word, held still.</summary>
internal sealed record RoomFacts(string Sid, DateTimeOffset OpenedAt)
{
    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? CallerJoinedAt { get; init; }

    public DateTimeOffset? CallerLeftAt { get; init; }

    /// <summary>When a human's phone rang in it.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    public IReadOnlyList<DateTimeOffset> DispatchedAt { get; init; } = [];

    public IReadOnlyList<AgentFacts> Agents { get; init; } = [];

    /// <summary>Whether anybody ever was in it.</summary>
    public bool WasUsed => CallerJoinedAt is not null || Agents.Count > 0;

    public static RoomFacts Of(RoomTruth truth) => new(truth.Sid, truth.StartedAt)
    {
        ClosedAt = truth.FinishedAt,
        CallerJoinedAt = truth.CallerJoinedAt,
        CallerLeftAt = truth.CallerLeftAt,
        HandedOverAt = truth.PhoneDialledAt,
        DispatchedAt = truth.DispatchedAt,
        Agents = [.. truth.Agents.Select(agent => new AgentFacts(agent.JoinedAt)
        {
            HoldsLease = agent.HoldsLease,
            AudibleAt = agent.AudibleAt,
            GoneAt = agent.GoneAt,
            LeftAt = agent.LeftAt,
        })],
    };
}

/// <summary>What really became of one agent.</summary>
internal sealed record AgentFacts(DateTimeOffset JoinedAt)
{
    /// <summary>Whether it was granted the lease before it joined.</summary>
    public bool HoldsLease { get; init; }

    public DateTimeOffset? AudibleAt { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    public DateTimeOffset? LeftAt { get; init; }
}
