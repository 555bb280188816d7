using System.Globalization;

namespace VoiceFunctions.Core.Journal;

/// <summary>Where the chain of a call's steps stands. The header row holds it, so that the next step can be written without reading the earlier ones.</summary>
/// <param name="Head">The hash of the last step's row; empty before the first.</param>
/// <param name="Steps">How many steps there are.</param>
/// <param name="Sealed">The first <see cref="MarkLength"/> characters of the hash of each event that a step has sealed, separated by spaces.</param>
public sealed record HashChain(string Head, int Steps, string Sealed)
{
    /// <summary>How much of an event's hash tells that it is sealed.</summary>
    public const int MarkLength = 16;

    private const string HeadColumn = "head";
    private const string StepsColumn = "steps";
    private const string SealedColumn = "sealed";

    /// <summary>Before the first step.</summary>
    public static HashChain Empty { get; } = new("", 0, "");

    /// <summary>The chain as its header row holds it; empty where that was written before there were chains.</summary>
    public static HashChain Of(StoredRow header) => new(
        header[HeadColumn] ?? "",
        int.TryParse(header[StepsColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var steps) ? steps : 0,
        ChunkedText.Join(SealedColumn, column => header[column]) ?? "");

    /// <summary>Whether a column of the header row is the chain's.</summary>
    public static bool IsColumn(string column) => column is HeadColumn or StepsColumn || column.StartsWith(SealedColumn, StringComparison.Ordinal);

    /// <summary>The chain's columns of the header row.</summary>
    public IEnumerable<KeyValuePair<string, string>> Columns =>
        [new(HeadColumn, Head), new(StepsColumn, Steps.ToString(CultureInfo.InvariantCulture)), .. ChunkedText.Split(SealedColumn, Sealed)];

    /// <summary>Whether a step has sealed the event with that hash.</summary>
    public bool Seals(string hash) => Sealed.Contains(hash[..MarkLength], StringComparison.Ordinal);

    /// <summary>The next step.</summary>
    /// <param name="at">When it is written.</param>
    /// <param name="change">What it does.</param>
    /// <param name="rows">The rows that it seals.</param>
    public JournalCommit Next(DateTimeOffset at, JournalChange change, IEnumerable<SealedRow> rows) =>
        new(Steps + 1, at, Head, change.Claims, new SortedDictionary<string, string>(rows.ToDictionary(row => row.Key, row => row.Hash), StringComparer.Ordinal)) { Decision = change.Decision };

    /// <summary>The chain after a step.</summary>
    /// <param name="events">The events that the step was the first to see, or stored itself.</param>
    /// <param name="step">The step's row.</param>
    public HashChain After(IEnumerable<SealedRow> events, StoredRow step) =>
        new(step.Hash(), Steps + 1, string.Join(' ', [.. Sealed.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. events.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Hash[..MarkLength])]));
}
