namespace VoiceFunctions.Simulator.LiveKit.Recorders;

/// <summary>What a recorder does with one recording.</summary>
public sealed record RecorderBehaviour
{
    /// <summary>Takes it, records, and writes the file when it is over.</summary>
    public static RecorderBehaviour Good { get; } = new();

    /// <summary>No recorder is free: the server answers as in an outage.</summary>
    public static RecorderBehaviour Busy { get; } = new() { IsBusy = true };

    /// <summary>Takes it and never begins.</summary>
    public static RecorderBehaviour NeverBegins { get; } = new() { RecordsAfter = null };

    /// <summary>Whether no recorder is free.</summary>
    public bool IsBusy { get; init; }

    /// <summary>How long after it was taken it records; <c>null</c> for never. Default 400 ms.</summary>
    public TimeSpan? RecordsAfter { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long it records before it fails; <c>null</c> where it does not.</summary>
    public TimeSpan? FailsAfter { get; init; }

    /// <summary>How long writing the file takes once it is over. Default 600 ms.</summary>
    public TimeSpan WritesFor { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Records, and fails after so long.</summary>
    public static RecorderBehaviour FailingAfter(TimeSpan time) => new() { FailsAfter = time };
}
