namespace VoiceFunctions.Bench.Load.Traffic;

/// <summary>What a webhook of a call tells.</summary>
internal enum Step
{
    Voice,
    RoomStarted,
    CallerJoined,
    AgentJoined,
    AgentSpeaks,
    CallerLeft,
    RoomFinished,
}

/// <summary>One request of a workload: its bytes are made and signed before the measurement, and are the same for every peer.</summary>
/// <param name="Call">The number of its call.</param>
/// <param name="Step">What it tells.</param>
/// <param name="At">When it is due, after the start.</param>
/// <param name="Bytes">The whole HTTP request.</param>
internal sealed record Shot(int Call, Step Step, TimeSpan At, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether its signature is wrong, so that it must be refused.</summary>
    public bool IsForged { get; init; }

    /// <summary>Whether the same bytes were sent before.</summary>
    public bool IsRedelivery { get; init; }
}
