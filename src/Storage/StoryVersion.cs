using System.Globalization;
using Azure.Data.Tables;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>What a step must name: the header row's ETag and who wrote it last; and what its link of the chain is made of.</summary>
/// <param name="ETag">The ETag of the header row; <c>null</c> where there is none yet.</param>
/// <param name="Owners">The last writers of the header, the newest first, separated by spaces.</param>
/// <param name="IsHeardOf">Whether the partition held anything, so that the call is listed already.</param>
/// <param name="Chain">Where the chain stands.</param>
/// <param name="Unsealed">The events that no step has sealed.</param>
internal sealed record StoryVersion(string? ETag, string Owners, bool IsHeardOf, HashChain Chain, IReadOnlyList<SealedRow> Unsealed)
{
    // A writer whose answer was lost finds its token even if others wrote after it while it was waiting to ask again.
    private const int RememberedOwners = 8;

    private const string NoHeader = "-";

    /// <summary>The version of an unknown call.</summary>
    public static StoryVersion Nothing { get; } = new(null, "", false, HashChain.Empty, []);

    public static StoryVersion Of(IReadOnlyList<TableEntity> rows)
    {
        var header = rows.FirstOrDefault(r => r.RowKey == JournalRowKeys.Header);
        var chain = header is null ? HashChain.Empty : HashChain.Of(CallRows.Stored(header));
        var events = rows.Where(r => r.RowKey.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal)).Select(CallRows.Seal);
        return new(header?.ETag.ToString(), header?.GetString(CallRows.Owner) ?? "", rows.Count > 0, chain, [.. events.Where(e => !chain.Seals(e.Hash))]);
    }

    public static StoryVersion Parse(string version) => version.Split('\n') switch
    {
        [""] => Nothing,
        [var etag, var owners, var head, var steps, var marks, .. var unsealed] => new(
            etag == NoHeader ? null : etag,
            owners,
            true,
            new HashChain(head, int.Parse(steps, CultureInfo.InvariantCulture), marks),
            [.. unsealed.Select(row => row.Split(' ')).Select(row => new SealedRow(row[0], row[1]))]),
        _ => throw new ArgumentException("Not a version of this journal.", nameof(version)),
    };

    public override string ToString() => !IsHeardOf ? "" : string.Join(
        '\n', [ETag ?? NoHeader, Owners, Chain.Head, Chain.Steps.ToString(CultureInfo.InvariantCulture), Chain.Sealed, .. Unsealed.Select(row => $"{row.Key} {row.Hash}")]);

    public string OwnersAfter(string owner) => string.Join(' ', [owner, .. Owners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(RememberedOwners - 1)]);
}
