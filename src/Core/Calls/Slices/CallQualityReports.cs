using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds what was measured of its legs, and what was warned of.</summary>
public sealed record CallQualityReports
{
    /// <summary>Nothing was measured.</summary>
    public static CallQualityReports None { get; } = new();

    /// <summary>Whether nothing was measured.</summary>
    public bool IsEmpty => ById.IsEmpty;

    /// <summary>What was measured, period by period, in the order of the events' ids.</summary>
    public IEnumerable<CallFact.QualityMeasured> Measured => ById.Values;

    /// <summary>The warnings, in the order of their keys.</summary>
    public IEnumerable<CallEvent> Warnings => ByKey.IsEmpty ? [] : ByKey.Values;

    /// <summary>The periods by the ids of their events: one that is folded twice counts once.</summary>
    private ImmutableSortedDictionary<string, CallFact.QualityMeasured> ById { get; init; } =
        ImmutableSortedDictionary.Create<string, CallFact.QualityMeasured>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, CallEvent> ByKey { get; init; } =
        ImmutableSortedDictionary.Create<string, CallEvent>(StringComparer.Ordinal);

    /// <summary>The warnings of a leg's measure, the first one first.</summary>
    public IEnumerable<CallEvent> WarningsOf(string legSid, string measure) => Warnings
        .Where(warning => warning.Fact is CallFact.QualityWarned fact && fact.LegSid == legSid && fact.Measure == measure)
        .OrderBy(warning => warning.At);

    /// <summary>The reports after one more event.</summary>
    internal CallQualityReports Apply(CallEvent callEvent) => callEvent.Fact switch
    {
        CallFact.QualityMeasured measured => this with { ById = ById.SetItem(callEvent.Id, measured) },
        CallFact.QualityWarned warned =>
            this with { ByKey = ByKey.SetItem(warned.Key, CallEvent.Earlier(ByKey.GetValueOrDefault(warned.Key), callEvent)) },
        _ => this,
    };
}
