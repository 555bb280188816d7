using System.Globalization;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>
/// What a step needs to know of the history that it was decided on: the header row's ETag, who wrote it last, and which events the reader
/// saw.
/// </summary>
/// <param name="ETag">The ETag of the header row; <c>null</c> where there is none yet.</param>
/// <param name="Owners">The last writers of the header, the newest first, separated by spaces.</param>
/// <param name="IsHeardOf">Whether the partition held anything, so that the call is listed already.</param>
/// <param name="Position">The steps so far, and the events that the reader saw.</param>
/// <param name="Unlisted">The row keys of the events that the next step has to list.</param>
/// <param name="Since">Since when the call stands in the list of calls, as its mark says; <c>null</c> where it does not.</param>
internal sealed record HistoryVersion(
    string? ETag, string Owners, bool IsHeardOf, JournalPosition Position, IReadOnlyList<string> Unlisted, DateTimeOffset? Since = null)
{
    // A writer whose answer was lost finds its token even if others wrote after it while it was waiting to ask again.
    private const int RememberedOwners = 8;

    private const string NoHeader = "-";

    /// <summary>The version of an unknown call.</summary>
    public static HistoryVersion Nothing { get; } = new(null, "", false, JournalPosition.Start, []);

    /// <summary>The version of a call that the journal has heard of.</summary>
    /// <param name="header">Its header row; <c>null</c> before the first step.</param>
    /// <param name="events">Its events by their row keys.</param>
    /// <param name="since">Since when it stands in the list of calls.</param>
    public static HistoryVersion Of(TableEntity? header, IReadOnlyDictionary<string, CallEvent> events, DateTimeOffset? since)
    {
        var written = header is null ? JournalPosition.Start : JournalPosition.Of(CallRows.Stored(header));
        var (unlisted, position) = written.Seeing(events);
        return new(header?.ETag.ToString(), header?.GetString(CallRows.Owner) ?? "", true, position, unlisted, since);
    }

    public static HistoryVersion Parse(string version) => version.Split('\n') switch
    {
        [""] => Nothing,
        [var etag, var owners, var since, var steps, var events, var newest, .. var unlisted] => new(
            etag == NoHeader ? null : etag,
            owners,
            true,
            new JournalPosition(
                int.Parse(steps, CultureInfo.InvariantCulture),
                int.Parse(events, CultureInfo.InvariantCulture),
                DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
            unlisted,
            since == NoHeader ? null : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
        _ => throw new ArgumentException("Not a version of this journal.", nameof(version)),
    };

    public override string ToString() => !IsHeardOf ? "" : string.Join(
        '\n',
        [
            ETag ?? NoHeader,
            Owners,
            Since is { } since ? JournalRowKeys.Moment(since) : NoHeader,
            Position.Steps.ToString(CultureInfo.InvariantCulture),
            Position.Events.ToString(CultureInfo.InvariantCulture),
            JournalRowKeys.Moment(Position.Newest),
            .. Unlisted,
        ]);

    public string OwnersAfter(string owner) =>
        string.Join(' ', [owner, .. Owners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(RememberedOwners - 1)]);
}
