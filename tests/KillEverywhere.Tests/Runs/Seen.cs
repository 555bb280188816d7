using VoiceFunctions.KillEverywhere.Steps;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>What was seen of one call.</summary>
/// <param name="Spot">Where the process was to be killed; <c>null</c> for nowhere.</param>
/// <param name="WasKilled">Whether it was.</param>
/// <param name="Requests">The steps of the call, those together that one request took.</param>
/// <param name="Took">From the first ring until the gateway was done with it.</param>
/// <param name="Cause">The cause of its end, as the journal has it.</param>
/// <param name="Dispatches">How many agents were sent.</param>
/// <param name="ToldTwice">The lifecycle events that were published twice.</param>
/// <param name="Broken">The promises that were not kept, in words.</param>
internal sealed record Seen(
    Spot? Spot,
    bool WasKilled,
    IReadOnlyList<IReadOnlyList<GatewayStep>> Requests,
    TimeSpan Took,
    string? Cause,
    int Dispatches,
    IReadOnlyList<string> ToldTwice,
    IReadOnlyList<string> Broken)
{
    /// <summary>Whether the machine was too busy to start the next process in time, so that what was seen says nothing.</summary>
    public bool WasStarved { get; init; }
}
