using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.Stories;

/// <summary>Whatever is changed behind the journal's back, the proof says no and names the row.</summary>
public sealed class TamperedStoryTests(AzuriteServer azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("answered")]
    [InlineData("sip-trunk")]
    public async Task Every_small_change_of_a_story_in_memory_is_found(string scenario)
    {
        var journal = await Told.PlayAsync(scenario, 7, Told.Rough);
        var callId = Assert.Single(journal.Calls);
        var rows = await journal.RowsAsync(callId);

        Assert.Equal(ProofAnswer.Yes, CallAuditor.Audit(callId, rows, Told.Routes).Holds);
        Assert.All(Tampering.Of(rows, everyPair: true), tampering => AssertFound(CallAuditor.Audit(callId, tampering.On(rows), Told.Routes), tampering));
    }

    [Fact]
    public async Task Every_small_change_of_the_rows_of_a_call_on_Azurite_is_found()
    {
        var told = await Told.PlayAsync("answered", 7, Told.Rough);
        var callId = Assert.Single(told.Calls);
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        var journal = TableCallJournal.Create(settings, TimeProvider.System);
        await journal.EnsureTableAsync(Stop);
        await told.WriteAsync(clock => TableCallJournal.Create(settings, clock));
        var table = new TableClient(settings.ConnectionString, settings.Table);
        var entities = await table.QueryAsync<TableEntity>(entity => entity.PartitionKey == callId.Value, cancellationToken: Stop).ToDictionaryAsync(entity => entity.RowKey, cancellationToken: Stop);
        var rows = await journal.RowsAsync(callId);

        Assert.Equal(ProofAnswer.Yes, CallAuditor.Audit(callId, rows, Told.Routes).Holds);
        foreach (var tampering in Tampering.Of(rows, everyPair: false))
        {
            foreach (var row in tampering.Changed)
            {
                var entity = new TableEntity(callId.Value, row.Key);
                foreach (var (column, value) in row.Columns)
                {
                    entity[column] = tampering.Row[column] == value && entities[tampering.Row.Key].TryGetValue(column, out var same) ? same : value;
                }

                await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, Stop);
            }

            foreach (var key in tampering.Gone)
            {
                await table.DeleteEntityAsync(callId.Value, key, ETag.All, Stop);
            }

            AssertFound(CallAuditor.Audit(callId, await journal.RowsAsync(callId), Told.Routes), tampering);
            foreach (var key in tampering.Changed.Select(row => row.Key).Concat(tampering.Gone))
            {
                await (entities.TryGetValue(key, out var was) ? table.UpsertEntityAsync(was, TableUpdateMode.Replace, Stop) : table.DeleteEntityAsync(callId.Value, key, ETag.All, Stop));
            }
        }

        Assert.Equal(ProofAnswer.Yes, CallAuditor.Audit(callId, await journal.RowsAsync(callId), Told.Routes).Holds);
    }

    [Fact]
    public async Task The_same_story_in_both_journals_proves_the_same()
    {
        var told = await Told.PlayAsync("answered", 3, Told.Rough);
        var callId = Assert.Single(told.Calls);
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        await TableCallJournal.Create(settings, TimeProvider.System).EnsureTableAsync(Stop);
        await told.WriteAsync(clock => TableCallJournal.Create(settings, clock));

        var here = CallAuditor.Audit(callId, await told.RowsAsync(callId), Told.Routes);
        var there = CallAuditor.Audit(callId, await TableCallJournal.Create(settings, TimeProvider.System).RowsAsync(callId), Told.Routes);

        Assert.Equal(here.Promises, there.Promises);
        Assert.Equal(here.Events, there.Events);
        Assert.Equal(here.Steps.Select(step => step with { Hash = "" }), there.Steps.Select(step => step with { Hash = "" }));
    }

    private static void AssertFound(CallProof proof, Tampering tampering)
    {
        Assert.True(proof.Holds == ProofAnswer.No, $"{tampering.Row.Key}, {tampering.What}, was not found");
        Assert.True(
            proof.Promises.Any(promise => promise.Answer == ProofAnswer.No && promise.Text.Contains(tampering.Row.Key, StringComparison.Ordinal)),
            $"{tampering.Row.Key}, {tampering.What}, was not named: {string.Join("; ", proof.Promises.Where(promise => promise.Answer == ProofAnswer.No))}");
    }
}
