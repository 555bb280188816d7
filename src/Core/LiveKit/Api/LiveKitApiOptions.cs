namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The times of the API client.</summary>
public sealed record LiveKitApiOptions
{
    /// <summary>
    /// How long one call may take, including what is sent again. Default 4 s: LiveKit needs 3 s to report that no server has a room.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long to wait before the one retry. Default 100 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a read may take before it is sent once more beside the first. Default 500 ms.</summary>
    public TimeSpan HedgeDelay { get; init; } = TimeSpan.FromMilliseconds(500);
}
