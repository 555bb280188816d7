using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>
/// A place where a call must be found from the moment on that its event is stored. Other partitions cannot be written in the same transaction, so the index row is
/// written first, and a mark in the call's own partition says that it stands. Every event is stored together with a touch of its marks: where a mark is missing, because
/// the call is new or was closed, the store refuses both, and the listing is made. So the usual event costs one operation, in whichever process it comes in.
/// </summary>
internal abstract record Listing(CallId CallId, string Mark)
{
    /// <summary>Touches the mark; the store refuses the transaction if it is not there.</summary>
    public TableTransactionAction Stands => new(TableTransactionActionType.UpdateMerge, new TableEntity(CallId.Value, Mark), Azure.ETag.All);

    /// <summary>Sets the mark, once <see cref="WriteAsync"/> is through.</summary>
    public TableTransactionAction Set => new(TableTransactionActionType.UpsertMerge, new TableEntity(CallId.Value, Mark));

    /// <summary>Writes the index row; again is no harm.</summary>
    public abstract Task WriteAsync(TableClient table, CancellationToken cancellationToken);

    /// <summary>Among the open calls.</summary>
    public sealed record Open(CallId CallId, DateTimeOffset Now) : Listing(CallId, JournalRowKeys.OpenMark)
    {
        public override Task WriteAsync(TableClient table, CancellationToken cancellationToken) =>
            table.UpsertEntityAsync(CallRows.Open(CallId, Now), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Among the calls of a room, at the time of its first event there.</summary>
    public sealed record Room(CallId CallId, string Name, DateTimeOffset At) : Listing(CallId, JournalRowKeys.RoomMark(Name))
    {
        public override Task WriteAsync(TableClient table, CancellationToken cancellationToken) =>
            table.UpsertEntityAsync(CallRows.Room(CallId, Name, At), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Among the calls that are kept for the record since a day. The mark itself tells the moment, and the first one holds.</summary>
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
