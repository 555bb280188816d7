namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>How patient the API client is.</summary>
public sealed record LiveKitApiOptions
{
    /// <summary>How long one call may take with its retry. Default 4 s: LiveKit takes 3 s to say that nobody answers for a room.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long to wait before the one retry. Default 100 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
