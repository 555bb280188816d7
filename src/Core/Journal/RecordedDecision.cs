using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Journal;

/// <summary>What the policy decided, and when: with the state before the step it can be asked again.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="At">The time that the policy was asked about.</param>
public sealed record RecordedDecision(CallEffect Effect, DateTimeOffset At)
{
    /// <summary>The name of the agent that a dispatch sends, by the routes of that time; <c>null</c> for every other effect.</summary>
    public string? Agent { get; init; }
}
