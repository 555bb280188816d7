namespace VoiceFunctions.Core.Limits;

/// <summary>How many requests may be made in any time of a length.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Window">The length.</param>
public sealed record RequestLimit(int Requests, TimeSpan Window)
{
    /// <summary>The most requests.</summary>
    public const int Most = 1_000_000;

    /// <summary>The longest window.</summary>
    public static TimeSpan LongestWindow { get; } = TimeSpan.FromHours(1);
}
