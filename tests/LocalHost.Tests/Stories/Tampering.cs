using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.LocalHost.Stories;

/// <summary>A change of stored rows behind the journal's back.</summary>
/// <param name="What">What was done.</param>
/// <param name="Row">The row that it was done to.</param>
/// <param name="Changed">The rows to write.</param>
/// <param name="Gone">The keys of the rows to delete.</param>
internal sealed record Tampering(string What, StoredRow Row, IReadOnlyList<StoredRow> Changed, IReadOnlyList<string> Gone)
{
    /// <summary>Everything small that can be done to a story: each column changed, taken away or put in; each row deleted or copied; two rows of a kind swapped, each with its neighbour or each with every other.</summary>
    public static IEnumerable<Tampering> Of(IReadOnlyList<StoredRow> rows, bool everyPair)
    {
        foreach (var row in rows)
        {
            foreach (var (column, value) in row.Columns)
            {
                yield return Change($"{column} changed", row, With(row, column, Other(value)));
                yield return Change($"{column} taken away", row, row with { Columns = row.Columns.Where(kept => kept.Key != column).ToDictionary() });
            }

            yield return Change("a column put in", row, With(row, "new", "1"));
            yield return Change("the row copied", row, row with { Key = row.Key + "0" });
            if (!IsUnsealed(row, rows))
            {
                yield return new Tampering("the row deleted", row, [], [row.Key]);
            }

            var others = rows.Where(other => string.CompareOrdinal(row.Key, other.Key) < 0 && row.Key[0] == other.Key[0] && row.Columns.Count > 0 && other.Columns.Count > 0);
            foreach (var other in everyPair ? others : others.Take(1))
            {
                yield return new Tampering($"swapped with {other.Key}", row, [row with { Columns = other.Columns }, other with { Columns = row.Columns }], []);
            }
        }
    }

    /// <summary>The rows after it.</summary>
    public IReadOnlyList<StoredRow> On(IReadOnlyList<StoredRow> rows) =>
        [.. rows.Where(row => !Gone.Contains(row.Key) && Changed.All(changed => changed.Key != row.Key)), .. Changed];

    /// <summary>What no step vouches for can be deleted unseen: notes of duplicates, and events that came after the last step. The documents say so.</summary>
    private static bool IsUnsealed(StoredRow row, IReadOnlyList<StoredRow> rows) =>
        row.Key.StartsWith(JournalRowKeys.DuplicatePrefix, StringComparison.Ordinal)
        || (row.Key.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal) && !HashChain.Of(rows.Single(header => header.Key == JournalRowKeys.Header)).Seals(row.Hash()));

    private static Tampering Change(string what, StoredRow row, StoredRow changed) => new(what, row, [changed], []);

    private static StoredRow With(StoredRow row, string column, string value) => row with { Columns = new Dictionary<string, string>(row.Columns) { [column] = value } };

    /// <summary>The smallest change: another last letter, and inside JSON another digit, so that it stays readable.</summary>
    private static string Other(string value)
    {
        var digit = value.LastIndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
        return value.StartsWith('{') && digit >= 0 ? $"{value[..digit]}9{value[(digit + 1)..]}" : value + "0";
    }
}
