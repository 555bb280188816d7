using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>
/// A call as one reader knows it. Whoever writes a step knows the call after it without another read; what others stored meanwhile is
/// unknown to them, and wakes the call's workflow.
/// </summary>
/// <param name="History">The history.</param>
/// <param name="State">What it adds up to.</param>
public sealed record CallSnapshot(CallHistory History, CallState State)
{
    /// <summary>A call whose history was read.</summary>
    public static CallSnapshot Of(CallHistory history) => new(history, CallState.Of(history));
}
