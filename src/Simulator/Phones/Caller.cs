namespace VoiceFunctions.Simulator.Phones;

/// <summary>Somebody who rings up, and how patient they are.</summary>
/// <param name="From">Their number.</param>
/// <param name="To">The number that they dial.</param>
public sealed record Caller(string From, string To)
{
    /// <summary>How long they let it ring before they hang up. Default 2 min.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long they stay once somebody has answered; then they hang up, whatever they hear. Default 30 s.</summary>
    public TimeSpan Stays { get; init; } = TimeSpan.FromSeconds(30);
}
