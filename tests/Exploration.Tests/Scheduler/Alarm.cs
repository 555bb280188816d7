namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>Something that happens at its time.</summary>
internal sealed class Alarm(DateTimeOffset due, string label, ulong mark, Action ring)
{
    public DateTimeOffset Due { get; } = due;

    public string Label { get; } = label;

    public ulong Mark { get; } = mark;

    /// <summary>Somebody's own move, which may come before its time.</summary>
    public bool MayComeEarly { get; init; }

    /// <summary>Does not keep the run going.</summary>
    public bool IsIdle { get; init; }

    /// <summary>A process whose clock it is; it rings only while that runs.</summary>
    public IPausable? Clock { get; init; }

    public void Ring() => ring();
}

/// <summary>Something that can stand still.</summary>
internal interface IPausable
{
    /// <summary>Takes an alarm that is due while it stands still; false where it does not stand still.</summary>
    bool Defer(Alarm alarm);
}
