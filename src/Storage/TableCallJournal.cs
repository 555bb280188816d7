using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Storage;

/// <summary>The journal on Azure Table Storage: one table, one partition per call, one transaction per step.</summary>
public sealed class TableCallJournal : ICallJournal
{
    /// <summary>How long an index row may stand without its mark: far longer than any writer takes from one to the other.</summary>
    internal static readonly TimeSpan ListingGrace = TimeSpan.FromMinutes(5);

    private readonly TableClient table;
    private readonly TimeProvider clock;
    private readonly Func<string> newOwner;

    internal TableCallJournal(TableClient table, TimeProvider clock, Func<string>? newOwner = null)
    {
        this.table = table;
        this.clock = clock;
        Limits = new TableLimitStore(table);
        this.newOwner = newOwner ?? (() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
    }

    /// <summary>What limits count, in the same table.</summary>
    public ILimitStore Limits { get; }

    /// <summary>A journal on the table that the settings name; nothing is asked of it yet.</summary>
    /// <param name="settings">The storage.</param>
    /// <param name="clock">The time of steps and listings.</param>
    /// <param name="told">Hears what time the store says it is, with every answer.</param>
    /// <exception cref="SettingsException">The connection string is none.</exception>
    public static TableCallJournal Create(StorageSettings settings, TimeProvider clock, Action<DateTimeOffset>? told = null)
    {
        var options = JournalTable.ClientOptions();
        if (told is not null)
        {
            options.AddPolicy(new StoreTimePolicy(told), HttpPipelinePosition.PerRetry);
        }

        return new(JournalTable.Open(settings, options), clock);
    }

    /// <summary>What the store's client library has against these settings, without values; <c>null</c> for nothing.</summary>
    public static string? FaultOf(StorageSettings settings)
    {
        try
        {
            JournalTable.Open(settings, JournalTable.ClientOptions());
            return null;
        }
        catch (SettingsException refused)
        {
            return string.Join("; ", refused.Errors);
        }
    }

    /// <summary>Makes the table unless it is there.</summary>
    public async ValueTask EnsureTableAsync(CancellationToken cancellationToken) => await table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Makes the table unless it is there, and says what is wrong where it cannot.</summary>
    public async ValueTask<JournalOpening> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EnsureTableAsync(cancellationToken);
            return new JournalOpening.Opened();
        }
        catch (JournalUnavailableException refused) when (refused.IsRefusal)
        {
            return new JournalOpening.Refused(refused.Message);
        }
        catch (JournalUnavailableException away)
        {
            return new JournalOpening.Away(away.Message);
        }
        catch (RequestFailedException refused)
        {
            return new JournalOpening.Refused($"The journal's table service answered {refused.Status}, {refused.ErrorCode}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        var owner = newOwner();
        var row = CallRows.Of(callId, callEvent, owner);
        var place = CallListing.Of([callEvent]);
        Listing listing = watch == Tracking.Follow
            ? new Listing.Open(callId, clock.GetUtcNow(), place)
            : new Listing.Kept(callId, callEvent.At, owner);
        List<Listing> listings =
            [.. place is null ? (Listing[])[] : [new Listing.Call(callId, place)], listing, .. RoomsOf(callId, [callEvent])];
        try
        {
            if ((await WriteAsync([new(TableTransactionActionType.Add, row)], listings, cancellationToken)).IsWritten)
            {
                return AppendOutcome.Appended;
            }
        }
        catch (RequestFailedException refusal) when (JournalTable.IsTooLarge(refusal))
        {
            return AppendOutcome.Refused;
        }

        // Only what can be read back is a duplicate: an event must never be taken for stored because something else went wrong.
        var owners = await OwnersAsync(row, cancellationToken)
            ?? throw new JournalUnavailableException("The journal's table service refused an event that it does not hold.");
        if (owners.Contains(owner))
        {
            return AppendOutcome.Appended;
        }

        await NoteAgainAsync(CallRows.Again(row, clock.GetUtcNow(), owner), cancellationToken);
        return AppendOutcome.Duplicate;
    }

    /// <inheritdoc/>
    public async ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        // The rows that no decision needs stand at the end.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {callId.Value} and RowKey lt {JournalRowKeys.Proof}");
        return CallRows.History(
            callId,
            await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken) =>
        await OwnersAsync(new TableEntity(callId.Value, JournalRowKeys.Header), cancellationToken) is not null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {callId.Value}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Select(CallRows.Stored)
            .ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        var owner = newOwner();
        var read = HistoryVersion.Parse(version);
        var (header, step, after) = StepRows.Of(callId, read, change, owner, clock.GetUtcNow());
        var place = read.Since is null ? CallListing.Of(change.Events) : null;
        List<Listing> listings =
        [
            .. place is null ? (Listing[])[] : [new Listing.Call(callId, place) { IsOpen = read.IsHeardOf }],
            .. read.IsHeardOf ? (Listing[])[] : [new Listing.Open(callId, clock.GetUtcNow(), place)],
            .. RoomsOf(callId, change.Events),
        ];

        try
        {
            var (isWritten, etag) = await WriteAsync(step, listings, cancellationToken);
            return isWritten
                ? new StepOutcome(CommitOutcome.Committed, etag is null ? null : (after with { ETag = etag }).ToString())
                : new StepOutcome(
                    await IsOwnAsync(header, owner, cancellationToken) ? CommitOutcome.Committed : CommitOutcome.Conflict);
        }
        catch (RequestFailedException refusal) when (JournalTable.IsTooLarge(refusal))
        {
            return new StepOutcome(CommitOutcome.Refused);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OpenCall> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in CallRows.QueryOpenAsync(table, cancellationToken))
        {
            if (CallId.TryParse(row.RowKey, out var callId))
            {
                yield return new OpenCall(callId, CallRows.ListingOf(row));
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken) =>
        new NewestCalls(table, clock).ListAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken) =>
        await new CallList(table, clock).PageAsync(query, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken)
    {
        var owner = newOwner();
        var now = clock.GetUtcNow();
        var listing = CallRows.Open(callId, now);
        var listed =
            await table.GetEntityIfExistsAsync<TableEntity>(listing.PartitionKey, listing.RowKey, cancellationToken: cancellationToken);
        if (!listed.HasValue)
        {
            return;
        }

        var kept = CallRows.ClosedAt(callId, now, owner, listed.Value!.ETag.ToString());
        await table.UpsertEntityAsync(CallRows.Day(callId, now), TableUpdateMode.Replace, cancellationToken);
        var isClosed = await table.SubmitAsync(
            [
                new(TableTransactionActionType.Delete, new TableEntity(callId.Value, JournalRowKeys.OpenMark), ETag.All),
                new(TableTransactionActionType.UpsertReplace, kept),
            ],
            cancellationToken) is null || await WasClosedAsync(kept, owner, cancellationToken);

        // Without the mark, a young index row belongs to an event that is being stored right now; an old one was left by somebody who died.
        if (isClosed || now - listed.Value.GetDateTimeOffset(JournalRowKeys.AtColumn) > ListingGrace)
        {
            await table.DeleteUnchangedAsync(listed.Value, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {JournalRowKeys.RoomIndex(roomName)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellationToken))
        {
            return CallId.TryParse(row.GetString(CallRows.CallIdColumn), out var callId) ? callId : null;
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await new HistoryPurge(table).RunAsync(before, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await table
                .QueryAsync<TableEntity>("PartitionKey eq 'nobody'", maxPerPage: 1, cancellationToken: cancellationToken)
                .AnyAsync(cancellationToken);
            return true;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private static IEnumerable<Listing> RoomsOf(CallId callId, IEnumerable<CallEvent> events) => events
        .Where(e => e.Room is not null)
        .DistinctBy(e => e.Room!.Name)
        .Select(e => new Listing.Room(callId, e.Room!.Name, e.At));

    /// <summary>
    /// Writes a step if the call is listed where it must be, and lists it first if it is not. False where the
    /// store refuses the step itself; otherwise the new ETag of the step's first row, if it is known.
    /// </summary>
    private async Task<(bool IsWritten, string? ETag)> WriteAsync(
        List<TableTransactionAction> step, List<Listing> listings, CancellationToken cancellationToken)
    {
        var (refused, etag) = await table.WriteAsync([.. step, .. listings.Select(l => l.Stands)], cancellationToken);
        switch (refused)
        {
            case null:
                return (true, etag);
            case { } refusal when (refusal.FailedTransactionActionIndex ?? step.Count) - step.Count is >= 0 and var first:
                // Those before the first that is missing stand.
                await Task.WhenAll(listings.Skip(first).Select(l => l.WriteAsync(table, cancellationToken)));
                (refused, etag) = await table.WriteAsync(
                    [.. step, .. listings.Take(first).Select(l => l.Stands), .. listings.Skip(first).Select(l => l.Set)],
                    cancellationToken);
                return (refused is null, etag);
            default:
                return (false, null);
        }
    }

    /// <summary>
    /// Whether the mark is gone because the call was closed: by us, or by somebody who died before the same index row,
    /// unchanged since, was deleted.
    /// </summary>
    private async Task<bool> WasClosedAsync(TableEntity kept, string owner, CancellationToken cancellationToken)
    {
        var stored = await table.GetEntityIfExistsAsync<TableEntity>(
            kept.PartitionKey, kept.RowKey, [CallRows.Owner, CallRows.Unlists], cancellationToken);
        return stored.HasValue && (stored.Value!.GetString(CallRows.Owner) == owner
            || stored.Value.GetString(CallRows.Unlists) == kept.GetString(CallRows.Unlists));
    }

    /// <summary>
    /// The proof counts what came again. The event itself is stored, so that this could not be noted is no error of anybody's.
    /// </summary>
    private async Task NoteAgainAsync(TableEntity note, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(note, cancellationToken);
        }
        catch (Exception e) when (e is JournalUnavailableException or RequestFailedException)
        {
            // One that is not counted.
        }
    }

    private async Task<bool> IsOwnAsync(TableEntity row, string owner, CancellationToken cancellationToken) =>
        (await OwnersAsync(row, cancellationToken))?.Contains(owner) ?? false;

    /// <summary>
    /// Who wrote a row that was refused; <c>null</c> where there is none. It may be we: the client library sends a write again when its
    /// answer is lost, and then meets the row that it wrote itself.
    /// </summary>
    private async Task<string[]?> OwnersAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var stored = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, [CallRows.Owner], cancellationToken);
        return stored.HasValue ? stored.Value!.GetString(CallRows.Owner).Split(' ') : null;
    }
}
