using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>
/// A history read back from its rows, step by step. Rows that cannot be read are left out: <see cref="RowChecks"/> names them.
/// </summary>
internal sealed class AuditTrail
{
    public AuditTrail(CallId callId, IReadOnlyList<StoredRow> rows)
    {
        CallId = callId;
        Rows = [.. rows.DistinctBy(row => row.Key)];
        Doubles = [.. rows.Select(row => row.Key).CountBy(key => key).Where(count => count.Value > 1).Select(count => count.Key)];
        Header = Rows.FirstOrDefault(row => row.Key == JournalRowKeys.Header);
        Events =
        [
            .. RowsOf(JournalRowKeys.EventPrefix)
                .Select(row => (Row: row, Event: Parse(row, JournalJson.Default.CallEvent)))
                .Where(read => read.Event is { Fact: not null, Id: not null })
                .Select(read => new ReadEvent(read.Row, read.Event!)),
        ];
        Steps = [.. Fold()];
        Last = Steps.Count > 0 ? Steps[^1].After : new CallState(callId);
        Now = Events.Where(e => e.SeenBy is null).Aggregate(Last, (state, e) => state.Apply(e.Event));
        IsListed = Rows.Any(row => row.Key == JournalRowKeys.OpenMark);
        var kept = Rows.FirstOrDefault(row => row.Key == JournalRowKeys.Kept)?[JournalRowKeys.AtColumn];
        KeptSince = DateTimeOffset.TryParse(kept, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    public CallId CallId { get; }

    public IReadOnlyList<StoredRow> Rows { get; }

    /// <summary>Keys that stand there more than once; no store has that, but a file can.</summary>
    public IReadOnlyList<string> Doubles { get; }

    public StoredRow? Header { get; }

    public IReadOnlyList<ReadEvent> Events { get; }

    /// <summary>The steps in the order of their numbers.</summary>
    public IReadOnlyList<ReadStep> Steps { get; }

    /// <summary>The state after the last step, which is what the record must say.</summary>
    public CallState Last { get; }

    /// <summary>The state with what came after the last step.</summary>
    public CallState Now { get; }

    /// <summary>Whether the call stands among the open ones.</summary>
    public bool IsListed { get; }

    /// <summary>Since when the history is kept for the record only.</summary>
    public DateTimeOffset? KeptSince { get; }

    public bool IsUnderWay => IsListed || (Now.IsCall && Now.End is null);

    /// <summary>Whether the history was written before steps were recorded, or its steps were taken away.</summary>
    public bool HasNoSteps => Steps.Count == 0 && Header is not null;

    public CallDetailRecord? Record => Header is null ? null : Parse(Header, JournalJson.Default.CallDetailRecord);

    /// <summary>Whether rows failed to fold because somebody wrote them by hand: no gateway writes what cannot be folded.</summary>
    public static bool IsNonsense(Exception thrown) => thrown is NullReferenceException
        or FormatException
        or OverflowException
        or ArgumentException
        or InvalidOperationException
        or KeyNotFoundException;

    public static T? Parse<T>(StoredRow row, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return ChunkedText.Join(JournalRowKeys.DataColumn, column => row[column]) is { } json
                ? JsonSerializer.Deserialize(json, type)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private IEnumerable<StoredRow> RowsOf(string prefix) => Rows.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal));

    private IEnumerable<ReadStep> Fold()
    {
        var byKey = Events.ToDictionary(e => e.Row.Key);
        var state = new CallState(CallId);
        var steps = RowsOf(JournalRowKeys.StepPrefix).Select(row => (Row: row, Step: Parse(row, JournalJson.Default.JournalCommit)));
        foreach (var (row, step) in steps.OrderBy(read => read.Step?.Number))
        {
            if (step is not { Claims: not null })
            {
                continue;
            }

            var known = Take(step, step.KnownEvents, state);
            state = Take(step, step.Learnt ?? [], known).With(step.Claims);
            yield return new ReadStep(row, step, known, state);
        }

        CallState Take(JournalCommit step, IEnumerable<string> keys, CallState before)
        {
            foreach (var seen in keys.Select(byKey.GetValueOrDefault).OfType<ReadEvent>().Where(e => e.SeenBy is null))
            {
                seen.SeenBy = step.Number;
                before = before.Apply(seen.Event);
            }

            return before;
        }
    }
}
