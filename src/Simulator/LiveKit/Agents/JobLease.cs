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

    /// <summary>In what time it has to ask again; <c>null</c> where it did not say that it would.</summary>
    public TimeSpan? RenewIn { get; private init; }

    /// <summary>Whether it asked, and may speak.</summary>
    public bool IsHeld => Over is not null;

    /// <summary>It may speak, if it is in the room by then.</summary>
    public static JobLease Until(DateTimeOffset over, TimeSpan? renewIn) => new() { Over = over, RenewIn = renewIn };

    /// <summary>Whether it has to be asked for again by a job that came into the room at that time.</summary>
    public bool IsOverAt(DateTimeOffset time) => Over < time;
}
