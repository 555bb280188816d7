using Azure;
using Azure.Data.Tables;

namespace VoiceFunctions.Storage;

/// <summary>What a step must name: the header row's ETag, and who wrote it last.</summary>
/// <param name="ETag">The ETag of the header row; <c>null</c> where there is none yet.</param>
/// <param name="Owners">The last writers of the header, the newest first, separated by spaces.</param>
/// <param name="IsHeardOf">Whether the partition held anything, so that the call is listed already.</param>
internal sealed record StoryVersion(string? ETag, string Owners, bool IsHeardOf)
{
    // A writer whose answer was lost finds its token even if others wrote after it while it was waiting to ask again.
    private const int RememberedOwners = 8;

    private const string NoHeader = "-";

    public static StoryVersion Of(IReadOnlyList<TableEntity> rows) => rows.FirstOrDefault(r => r.RowKey == CallRows.Header) is { } header
        ? new(header.ETag.ToString(), header.GetString(CallRows.Owner), true)
        : new(null, "", rows.Count > 0);

    public static StoryVersion Parse(string version) => version.Split('\n', 2) switch
    {
        [""] => new(null, "", false),
        [NoHeader] => new(null, "", true),
        [var etag, var owners] => new(etag, owners, true),
        _ => throw new ArgumentException("Not a version of this journal.", nameof(version)),
    };

    public override string ToString() => ETag is not null ? $"{ETag}\n{Owners}" : IsHeardOf ? NoHeader : "";

    public string OwnersAfter(string owner) => string.Join(' ', [owner, .. Owners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(RememberedOwners - 1)]);
}
