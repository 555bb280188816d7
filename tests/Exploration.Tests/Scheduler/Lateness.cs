namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>
/// How late things were at worst: the agent's dispatch after the caller's joining, the end after the caller's leaving,
/// the room's going after the end.
/// </summary>
internal readonly record struct Lateness(TimeSpan Agent, TimeSpan End, TimeSpan Room)
{
    public Lateness Worst(Lateness other) => new(Later(Agent, other.Agent), Later(End, other.End), Later(Room, other.Room));

    public override string ToString() => $"agent {Agent:mm\\:ss\\.f}, end {End:mm\\:ss\\.f}, room {Room:mm\\:ss\\.f}";

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
