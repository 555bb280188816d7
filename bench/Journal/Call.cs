using Azure.Data.Tables;

namespace VoiceFunctions.Bench;

/// <summary>What a call leaves in its table.</summary>
internal static class Call
{
    public const string Owner = "867911c9a5051587";
    public const string ETag = "W/\"datetime'2026-01-05T09%3A00%3A34.5200000Z'\"";

    /// <summary>The last eight writers of the header.</summary>
    public static string Owners { get; } = string.Join(' ', Enumerable.Repeat(Owner, 8));

    /// <summary>Everything that a call writes, row by row and in its order.</summary>
    public static IEnumerable<TableEntity> Write(IRows rows, IEnumerable<RecordedStep> steps) =>
        steps.SelectMany(step => step.Seen.Select(rows.Append).Concat(rows.Commit(step)));

    /// <summary>The bytes that Azure bills for a row: 4, two for each character of its keys, and for each column 8, its name and its value.</summary>
    public static long SizeOf(TableEntity row) => 4 + 2 * (row.PartitionKey.Length + row.RowKey.Length) + row
        .Where(column => column.Key is not ("PartitionKey" or "RowKey" or "odata.etag" or "Timestamp"))
        .Sum(column => 8 + 2L * column.Key.Length + (column.Value is string text ? 4 + 2L * text.Length : 4));
}
