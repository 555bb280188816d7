namespace VoiceFunctions.Core.Journal;

/// <summary>One row of a call's history as it is stored.</summary>
/// <param name="Key">Names the row within the call.</param>
/// <param name="Columns">Every column that the journal wrote, as text.</param>
public sealed record StoredRow(string Key, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>What a column says, or <c>null</c>.</summary>
    public string? this[string column] => Columns.GetValueOrDefault(column);
}
