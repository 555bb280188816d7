using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Events that wait for a destination, in memory and in the table.</summary>
public sealed class QueuedEventsTests(AzuriteServer azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_due_comes_those_that_waited_longest_first_and_what_is_kept_stays_as_it_is(bool inTable)
    {
        var queue = await OpenAsync(inTable);
        foreach (var at in (int[])[3, 1, 2])
        {
            await queue.AddAsync(Queued(at), Stop);
        }

        await queue.AddAsync(Queued(1) with { Next = Some.Noon.AddSeconds(9) }, Stop);

        Assert.Equal([Queued(1), Queued(2)], await queue.DueAsync(Some.Noon.AddSeconds(2), 10, Stop));
        Assert.Equal(2, (await queue.DueAsync(Some.Noon.AddSeconds(9), 2, Stop)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_postponed_waits_and_what_was_taken_meanwhile_does_not_come_back(bool inTable)
    {
        var queue = await OpenAsync(inTable);
        await queue.AddAsync(Queued(1), Stop);
        var later = Queued(1) with { Next = Some.Noon.AddSeconds(60), Attempts = 1 };

        await queue.PostponeAsync(later, Stop);
        Assert.Empty(await queue.DueAsync(Some.Noon.AddSeconds(59), 10, Stop));
        Assert.Equal([later], await queue.DueAsync(Some.Noon.AddSeconds(60), 10, Stop));

        await queue.RemoveAsync(later.Id, Stop);
        await queue.RemoveAsync(later.Id, Stop);
        await queue.PostponeAsync(later, Stop);
        Assert.Empty(await queue.DueAsync(Some.Noon.AddSeconds(60), 10, Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_for_too_long_is_forgotten(bool inTable)
    {
        var queue = await OpenAsync(inTable);
        await queue.AddAsync(Queued(1), Stop);
        await queue.AddAsync(Queued(5), Stop);

        Assert.Equal(1, await queue.PurgeAsync(Some.Noon.AddSeconds(5), Stop));
        Assert.Equal([Queued(5)], await queue.DueAsync(Some.Noon.AddSeconds(9), 10, Stop));
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_to_be()
    {
        var queue = TableQueuedEvents.Create(new StorageSettings(
            AzuriteServer.ConnectionStringThrough(new Uri($"http://127.0.0.1:{Ports.Free()}")), null, null, "calls"));

        await Assert.ThrowsAsync<JournalUnavailableException>(() => queue.AddAsync(Queued(1), Stop).AsTask());
    }

    private static QueuedEvent Queued(int at) => QueuedEvent.Of(
        "crm",
        new OutgoingEvent(
            new LifecycleEvent($"ingest:{at}", LifecycleEventName.IngestQueued, "", Some.Noon) { DocumentId = $"doc{at}", Passages = 2 },
            "acme"),
        Some.Noon.AddSeconds(at));

    private async Task<IQueuedEvents> OpenAsync(bool inTable)
    {
        if (!inTable)
        {
            return new InMemoryQueuedEvents();
        }

        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        await TableCallJournal.Create(settings, TimeProvider.System).EnsureTableAsync(Stop);
        return TableQueuedEvents.Create(settings);
    }
}
