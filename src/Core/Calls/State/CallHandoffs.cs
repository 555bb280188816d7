using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>The slice of a call's state that holds which handoffs were asked for, by their numbers.</summary>
public sealed record CallHandoffs
{
    /// <summary>None was asked for.</summary>
    public static CallHandoffs None { get; } = new();

    /// <summary>The first event of each, in the order of the numbers.</summary>
    public IEnumerable<CallEvent> All => ByNumber.Values;

    private ImmutableSortedDictionary<int, CallEvent> ByNumber { get; init; } = ImmutableSortedDictionary<int, CallEvent>.Empty;

    /// <summary>The handoffs after one more event.</summary>
    internal CallHandoffs Apply(CallEvent callEvent) => callEvent.Fact is CallFact.HandoffRequested { Number: var number }
        ? this with { ByNumber = ByNumber.SetItem(number, CallEvent.Earlier(ByNumber.GetValueOrDefault(number), callEvent)) }
        : this;
}
