using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

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

    /// <summary>The call after a step; <c>null</c> if it must be read.</summary>
    /// <param name="step">What became of the step.</param>
    /// <param name="change">The step.</param>
    /// <param name="state">What the history adds up to after it.</param>
    internal CallSnapshot? After(StepOutcome step, JournalChange change, CallState state) =>
        step is { Outcome: CommitOutcome.Committed, Version: { } version }
            ? new CallSnapshot(History.After(version, change.Claims, change.Events), state)
            : null;
}
