using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Journal;

/// <summary>A step of a call that is written as a whole or not at all.</summary>
/// <param name="Claims">The claims to write, replacing those of the same key; at most 40.</param>
/// <param name="Record">The call's record as it stands after the step.</param>
public sealed record JournalChange(IReadOnlyList<EffectClaim> Claims, CallDetailRecord Record)
{
    /// <summary>How many events a step holds at most: it is one atomic step of the store.</summary>
    public const int MaxEvents = 40;

    /// <summary>Events to store with the step, none of which the history may hold already; at most <see cref="MaxEvents"/>.</summary>
    public IReadOnlyList<CallEvent> Events { get; init; } = [];

    /// <summary>The decision that begins the step; <c>null</c> where the step writes what became of one.</summary>
    public RecordedDecision? Decision { get; init; }
}
