using System.Globalization;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// A call that an earlier build stored on Azurite, with hashes in its rows (sealed-call.json), is read, proven,
/// decided again and carried on.
/// </summary>
public sealed class SealedCallTests(AzuriteServer azurite)
{
    private static readonly string Recorded = Repository.PathOf("tests", "LocalHost.Tests", "StoredCalls", "sealed-call.json");
    private static readonly CallProof Proof = StoredCallSource.TryReadFile(Recorded)!;
    private static readonly CallId Call = CallId.TryParse(Proof.CallId, out var callId) ? callId : throw new InvalidOperationException();

    private static readonly DateTimeOffset Later = new(2026, 1, 5, 9, 30, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_commands_prove_it_and_decide_it_again()
    {
        using var output = new StringWriter();

        Assert.Equal(0, await Shell.RunAsync(["proof", Recorded], _ => null, output, output, Stop));
        Assert.Equal(0, await Shell.RunAsync(["replay", Recorded], _ => null, output, output, Stop));

        Assert.StartsWith($"call {Call}, 17 events, 6 duplicates dropped, 13 effects", $"{output}", StringComparison.Ordinal);
        Assert.EndsWith($"{Call}  9 decisions, 0 differ\n", $"{output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_carried_on_in_its_table()
    {
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        var journal = TableCallJournal.Create(settings, new ManualClock(Later.AddMinutes(1)));
        await journal.EnsureTableAsync(Stop);
        var table = new TableClient(settings.ConnectionString, settings.Table);
        var stored = Proof.Rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, EntityOf(row)));
        await table.SubmitTransactionAsync(stored, Stop);
        var before = CallAuditor.Audit(Call, Proof.Rows, Told.Routes);
        var again = (await journal.ReadAsync(Call, Stop)).Events[0];
        var late = new CallEvent("EV_late", Later, new CallFact.Unhandled("late"));

        Assert.Equal(AppendOutcome.Duplicate, await journal.AppendAsync(Call, again, Tracking.RecordOnly, Stop));
        Assert.Equal(AppendOutcome.Appended, await journal.AppendAsync(Call, late, Tracking.RecordOnly, Stop));
        for (var i = 0; i < 2; i++)
        {
            var history = await journal.ReadAsync(Call, Stop);
            var change = new JournalChange([], CallDetailRecord.Of(CallState.Of(history), new RoomNaming("call")));
            Assert.Equal(CommitOutcome.Committed, (await journal.CommitAsync(Call, history.Version, change, Stop)).Outcome);
        }

        var rows = await journal.ReadRowsAsync(Call, Stop);
        var after = CallAuditor.Audit(Call, rows, Told.Routes);
        Assert.All(after.Promises, promise => Assert.True(promise.Answer == ProofAnswer.Yes, $"{promise}"));
        Assert.Equal(Enumerable.Range(1, 20), after.Steps.Select(step => step.Number));
        Assert.Equal(
            before.Events.Select(seen => (seen.Id, seen.SeenBy ?? 19)).Append(("EV_late", 19)).Order(),
            after.Events.Select(seen => (seen.Id, seen.SeenBy!.Value)).Order());
        Assert.Equal(before.Events.Sum(seen => seen.Duplicates) + 1, after.Events.Sum(seen => seen.Duplicates));
        Assert.DoesNotContain(rows.Single(row => row.Key == JournalRowKeys.Header).Columns.Keys, column => column is "head" or "sealed");
        Assert.True(PolicyReplay.Replay(Call, rows, Told.Routes).IsSame);
    }

    private static TableEntity EntityOf(StoredRow row)
    {
        var entity = new TableEntity(Call.Value, row.Key);
        foreach (var (column, text) in row.Columns)
        {
            entity[column] = column switch
            {
                "v" => int.Parse(text["Int32 ".Length..], CultureInfo.InvariantCulture),
                JournalRowKeys.AtColumn or JournalRowKeys.SeenColumn =>
                    DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                _ => text,
            };
        }

        return entity;
    }
}
