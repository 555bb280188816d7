using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Journal;

/// <summary>One row of a call's story as it is stored.</summary>
/// <param name="Key">Names the row within the call.</param>
/// <param name="Columns">Every column that the journal wrote, as text.</param>
public sealed record StoredRow(string Key, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>What a column says, or <c>null</c>.</summary>
    public string? this[string column] => Columns.GetValueOrDefault(column);

    /// <summary>The SHA-256 of the key and of every column except the hash itself and the chain's end, which is known only after it.</summary>
    public string Hash()
    {
        var text = new StringBuilder().Append(Key.Length).Append(':').Append(Key);
        foreach (var (column, value) in Columns.Where(pair => !IsOutside(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(column.Length).Append(':').Append(column).Append(value.Length).Append(':').Append(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The row as a step of the chain seals it.</summary>
    public SealedRow Seal() => new(Key, Hash());

    private bool IsOutside(string column) => column == JournalRowKeys.HashColumn || (Key == JournalRowKeys.Header && HashChain.IsColumn(column));
}
