using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds since when events were not stored, by the reason.</summary>
public sealed record CallOmissions
{
    /// <summary>Every event was stored.</summary>
    public static CallOmissions None { get; } = new();

    /// <summary>The first event of each reason, in the order of the reasons.</summary>
    public IEnumerable<KeyValuePair<string, CallEvent>> All => ByReason.IsEmpty ? [] : ByReason;

    private ImmutableSortedDictionary<string, CallEvent> ByReason { get; init; } =
        ImmutableSortedDictionary.Create<string, CallEvent>(StringComparer.Ordinal);

    /// <summary>The omissions after one more event.</summary>
    internal CallOmissions Apply(CallEvent callEvent) => callEvent.Fact is CallFact.EventsOmitted { Reason: var reason }
        ? this with { ByReason = ByReason.SetItem(reason, CallEvent.Earlier(ByReason.GetValueOrDefault(reason), callEvent)) }
        : this;
}
