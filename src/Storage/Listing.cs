using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Storage;

/// <summary>
/// An index row of a call: among the open calls, under a room, or under a day. It lies in another partition than the call, and one
/// transaction cannot write both. So the index row is written first, and then a mark in the call's own partition, which says that the index
/// row exists. Each event is stored in one transaction with an update of its marks. If a mark is missing, because the call is new or was
/// closed, the store refuses the transaction; then the index row is written, and the transaction is sent again with the mark. So an event
/// usually costs one request, in whichever process it arrives.
/// </summary>
internal abstract record Listing(CallId CallId, string Mark)
{
    /// <summary>Touches the mark; the store refuses the transaction if it is not there.</summary>
    public TableTransactionAction Stands =>
        new(TableTransactionActionType.UpdateMerge, new TableEntity(CallId.Value, Mark), Azure.ETag.All);

    /// <summary>Sets the mark, once <see cref="WriteAsync"/> is through.</summary>
    public virtual TableTransactionAction Set => new(TableTransactionActionType.UpsertMerge, new TableEntity(CallId.Value, Mark));

    /// <summary>Writes the index row. Writing it again changes nothing.</summary>
    public abstract Task WriteAsync(TableClient table, CancellationToken cancellationToken);

    /// <summary>Among the open calls. The row may tell a place in the list already, which it keeps.</summary>
    public sealed record Open(CallId CallId, DateTimeOffset Now, CallListing? Place) : Listing(CallId, JournalRowKeys.OpenMark)
    {
        public override Task WriteAsync(TableClient table, CancellationToken cancellationToken) =>
            table.UpsertEntityAsync(CallRows.Open(CallId, Now, Place), TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>
    /// In the list of calls. The mark tells where, and the first one holds: it is written only where it is missing, so it comes first among
    /// the listings of a write.
    /// </summary>
    public sealed record Call(CallId CallId, CallListing Place) : Listing(CallId, JournalRowKeys.ListMark)
    {
        public override TableTransactionAction Set => new(TableTransactionActionType.UpsertMerge, CallRows.ListMark(CallId, Place));

        /// <summary>Whether the call is among the open ones already, without a place in the list.</summary>
        public bool IsOpen { get; init; }

        public override Task WriteAsync(TableClient table, CancellationToken cancellationToken) => Task.WhenAll(
        [
            .. CallRows.Listed(CallId, Place).Select(row => table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken)),
            IsOpen ? PlaceOpenAsync(table, cancellationToken) : Task.CompletedTask,
        ]);

        private async Task PlaceOpenAsync(TableClient table, CancellationToken cancellationToken)
        {
            try
            {
                await table.UpdateEntityAsync(
                    CallRows.Placed(CallRows.OpenKey(CallId), Place),
                    Azure.ETag.All,
                    TableUpdateMode.Merge, cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // It was closed meanwhile: then it is no active call.
            }
        }
    }

    /// <summary>Among the calls of a room, at the time of its first event there.</summary>
    public sealed record Room(CallId CallId, string Name, DateTimeOffset At) : Listing(CallId, JournalRowKeys.RoomMark(Name))
    {
        public override Task WriteAsync(TableClient table, CancellationToken cancellationToken) =>
            table.UpsertEntityAsync(CallRows.Room(CallId, Name, At), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>
    /// Among the calls that are kept for the record since a day. The mark itself tells the moment, and the first one holds.
    /// </summary>
    public sealed record Kept(CallId CallId, DateTimeOffset At, string Owner) : Listing(CallId, JournalRowKeys.Kept)
    {
        public override async Task WriteAsync(TableClient table, CancellationToken cancellationToken)
        {
            await table.UpsertEntityAsync(CallRows.Day(CallId, At), TableUpdateMode.Replace, cancellationToken);
            try
            {
                await table.AddEntityAsync(CallRows.KeptFrom(CallId, At, Owner), cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // It was heard of before; that moment stays.
            }
        }
    }
}
