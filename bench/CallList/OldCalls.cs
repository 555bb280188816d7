using System.Text.Json;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Bench.CallList;

/// <summary>Ended calls of the last thirty days, at equal distances.</summary>
internal static class OldCalls
{
    private const int LargestTransaction = 100;
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <summary>Puts them into a table as the journal does: their rows in the list, and their header rows.</summary>
    public static async Task StoreAsync(TableClient table, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var calls = Enumerable.Range(0, count).Select(number => (Id: IdOf(number), Since: TimeOf(number, count, now))).ToList();
        var rows = calls.SelectMany(call => CallRows.Listed(call.Id, new CallListing(call.Since, null))).GroupBy(row => row.PartitionKey);
        var writes = rows.SelectMany(day => day.Chunk(LargestTransaction)).Concat(calls.Select(call => (TableEntity[])[HeaderOf(call)]));
        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(writes, eight, async (batch, stop) =>
            await table.SubmitTransactionAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), stop));
    }

    /// <summary>Puts them into a journal in memory.</summary>
    public static async Task StoreAsync(InMemoryCallJournal journal, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            var (callId, since) = (IdOf(number), TimeOf(number, count, now));
            await journal.AppendAsync(
                callId,
                new CallEvent("EV_1", since, new CallFact.CallAnnounced("CA", "+15550100001", "+15550100123")),
                Tracking.Follow,
                cancellationToken);
            var history = await journal.ReadAsync(callId, cancellationToken);
            var end = new EffectClaim("end", ClaimStatus.Done, "bench", 1, since) { Result = EndCause.CallerHangup };
            await journal.CommitAsync(callId, history.Version, new JournalChange([end], RecordOf(callId, since)), cancellationToken);
            await journal.CloseAsync(callId, cancellationToken);
        }
    }

    private static CallId IdOf(int number) => CallId.ForTwilio($"CA{number:D32}");

    private static DateTimeOffset TimeOf(int number, int count, DateTimeOffset now) => now - (Age * ((double)number / count));

    private static TableEntity HeaderOf((CallId Id, DateTimeOffset Since) call) =>
        CallRows.Placed(CallRows.Of(call.Id, RecordOf(call.Id, call.Since), "bench"), new CallListing(call.Since, null));

    private static CallDetailRecord RecordOf(CallId callId, DateTimeOffset since) => new()
    {
        CallId = callId.Value,
        RoomName = new RoomNaming("call").NameOf(callId),
        Direction = CallDirection.Inbound,
        From = "+15550100001",
        To = "+15550100123",
        Status = CallStatus.Ended,
        AgentDispatched = true,
        CreatedAt = since,
        UpdatedAt = since.AddMinutes(3),
        EndedAt = since.AddMinutes(3),
        EndCause = EndCause.CallerHangup,
    };
}
