namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>What a job knows of its lease.</summary>
internal readonly record struct JobLease
{
    private DateTimeOffset? Over { get; init; }

    /// <summary>It never asked.</summary>
    public static JobLease None { get; }

    /// <summary>It may not speak.</summary>
    public static JobLease Refused { get; } = new() { IsRefused = true };

    /// <summary>Whether it may not speak.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>Whether it asked, and may speak.</summary>
    public bool IsHeld => Over is not null;

    /// <summary>It may speak, if it is in the room by then.</summary>
    public static JobLease Until(DateTimeOffset over) => new() { Over = over };

    /// <summary>Whether it has to be asked for again by a job that came into the room at that time.</summary>
    public bool IsOverAt(DateTimeOffset time) => Over < time;
}
