using VoiceFunctions.KillEverywhere.Steps;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>What was seen of one call.</summary>
/// <param name="Spot">Where the process was to be killed; <c>null</c> for nowhere.</param>
/// <param name="WasKilled">Whether it was.</param>
/// <param name="Steps">The steps of the call.</param>
/// <param name="Took">From the first ring until the gateway was done with it.</param>
/// <param name="ToldTwice">The lifecycle events that were published twice.</param>
/// <param name="Broken">The promises that were not kept, in words.</param>
internal sealed record Seen(Spot? Spot, bool WasKilled, IReadOnlyList<Step> Steps, TimeSpan Took, IReadOnlyList<string> ToldTwice, IReadOnlyList<string> Broken);
