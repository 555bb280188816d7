using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>A story read back from its rows, step by step. Rows that are not what they were written as are left out: <see cref="RowChecks"/> names them.</summary>
internal sealed class AuditTrail
{
    public AuditTrail(CallId callId, IReadOnlyList<StoredRow> rows)
    {
        CallId = callId;
        Rows = [.. rows.DistinctBy(row => row.Key)];
        Doubles = [.. rows.Select(row => row.Key).CountBy(key => key).Where(count => count.Value > 1).Select(count => count.Key)];
        Header = Rows.FirstOrDefault(row => row.Key == JournalRowKeys.Header);
        Events = [.. Sound(JournalRowKeys.EventPrefix).Select(row => (row, Value: Parse(row, JournalJson.Default.CallEvent))).Where(e => e.Value is { Fact: not null, Id: not null }).Select(e => new ReadEvent(e.row, e.Value!))];
        Steps = [.. Fold()];
        Last = Steps.Count > 0 ? Steps[^1].After : new CallState(callId);
        Now = Events.Where(e => e.SealedBy is null).Aggregate(Last, (state, e) => state.Apply(e.Event));
        IsListed = Rows.Any(row => row.Key == JournalRowKeys.OpenMark);
        KeptSince = DateTimeOffset.TryParse(Rows.FirstOrDefault(row => row.Key == JournalRowKeys.Kept)?[JournalRowKeys.AtColumn], null, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
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

    /// <summary>Since when the story is kept for the record only.</summary>
    public DateTimeOffset? KeptSince { get; }

    public bool IsUnderWay => IsListed || (Now.IsCall && Now.End is null);

    /// <summary>Whether the story was written before there were chains, or its chain was taken away.</summary>
    public bool IsUnchained => Steps.Count == 0 && Header is not null;

    public CallDetailRecord? Record => Header is null ? null : Parse(Header, JournalJson.Default.CallDetailRecord);

    public static T? Parse<T>(StoredRow row, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return ChunkedText.Join(JournalRowKeys.DataColumn, column => row[column]) is { } json ? JsonSerializer.Deserialize(json, type) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private IEnumerable<StoredRow> Sound(string prefix) =>
        Rows.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal) && (row[JournalRowKeys.HashColumn] is not { } hash || hash == row.Hash()));

    private IEnumerable<ReadStep> Fold()
    {
        var byKey = Events.ToDictionary(e => e.Row.Key);
        var state = new CallState(CallId);
        foreach (var (row, step) in Sound(JournalRowKeys.StepPrefix).Select(row => (row, Parse(row, JournalJson.Default.JournalCommit))).OrderBy(read => read.Item2?.Number))
        {
            if (step is not { Claims: not null, Rows: not null })
            {
                continue;
            }

            foreach (var seen in step.Rows.Keys.Select(byKey.GetValueOrDefault).OfType<ReadEvent>().Where(e => e.SealedBy is null))
            {
                seen.SealedBy = step.Number;
                state = state.Apply(seen.Event);
            }

            var read = new ReadStep(row, step, state);
            state = read.After;
            yield return read;
        }
    }
}
