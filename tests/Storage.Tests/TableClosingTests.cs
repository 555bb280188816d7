using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>The list of open calls lies in other partitions than the calls: what happens when somebody dies, or comes, in between.</summary>
public sealed class TableClosingTests(AzuriteServer azurite) : IAsyncLifetime
{
    private readonly ManualClock clock = new(Some.Noon);
    private readonly CallId callId = Some.Call();

    private FaultyTable table = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => table = await FaultyTable.CreateAsync(azurite, clock, Stop);

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_listing_whose_event_was_never_stored_is_closed_once_nobody_can_be_storing_it_any_more()
    {
        await table.Table.UpsertEntityAsync(CallRows.Open(callId, clock.GetUtcNow()), TableUpdateMode.Replace, Stop);

        await table.Journal.CloseAsync(callId, Stop);
        Assert.Equal([callId], await ListAsync());

        clock.Advance(TableCallJournal.ListingGrace + TimeSpan.FromTicks(1));
        await table.Journal.CloseAsync(callId, Stop);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_closing_that_died_before_its_last_write_is_finished_later()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await table.Table.DeleteEntityAsync(callId.Value, JournalRowKeys.OpenMark, ETag.All, Stop);
        clock.Advance(TimeSpan.FromHours(1));

        await table.Journal.CloseAsync(callId, Stop);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_closing_that_was_killed_before_its_last_write_is_finished_by_the_next_one_at_once()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        table.Faults.BeforeWrite(3, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.Journal.CloseAsync(callId, Stop).AsTask());
        Assert.Equal([callId], await ListAsync());

        await table.Journal.CloseAsync(callId, Stop);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_closing_that_was_killed_does_not_hide_a_call_that_is_being_listed_again()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        table.Faults.BeforeWrite(3, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.Journal.CloseAsync(callId, Stop).AsTask());

        // The first write misses the mark, the second lists the call; before the third stores the event, somebody closes.
        table.Faults.BeforeWrite(3, () => table.Other.CloseAsync(callId, Stop).AsTask());
        await table.Journal.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop);

        Assert.Equal([callId], await ListAsync());
    }

    [Fact]
    public async Task An_event_that_comes_while_the_call_is_being_closed_keeps_it_listed()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        clock.Advance(TimeSpan.FromHours(1));

        // The second write takes the mark away; then comes the event, and the index row goes only if it is still the one that was seen.
        table.Faults.BeforeWrite(3, () => table.Other.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop).AsTask());
        await table.Journal.CloseAsync(callId, Stop);

        Assert.Equal([callId], await ListAsync());
        Assert.Equal(1, await table.CountAsync(journal => journal.AppendAsync(callId, Some.Event("EV_3"), Tracking.Follow, Stop).AsTask()));
        await table.Journal.CloseAsync(callId, Stop);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_second_closing_does_not_hide_a_call_that_is_being_listed_again()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await table.Journal.CloseAsync(callId, Stop);

        // The first write misses the mark, the second lists the call; before the third stores the event, somebody closes.
        table.Faults.BeforeWrite(3, () => table.Other.CloseAsync(callId, Stop).AsTask());
        await table.Journal.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop);

        Assert.Equal([callId], await ListAsync());
    }

    [Fact]
    public async Task A_purge_that_died_midway_is_finished_by_the_next_one()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1", "room"), Tracking.RecordOnly, Stop);
        table.Faults.BeforeWrite(2, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop).AsTask());

        Assert.Equal(1, await table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop));

        Assert.Empty(await table.Table.QueryAsync<TableEntity>(cancellationToken: Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_purge_leaves_a_call_alone_that_is_opened_and_closed_again_meanwhile()
    {
        for (var i = 0; i < 120; i++)
        {
            await table.Journal.AppendAsync(callId, Some.Event($"EV_{i}"), Tracking.Follow, Stop);
        }

        await table.Journal.CloseAsync(callId, Stop);
        table.Faults.BeforeWrite(1, async () =>
        {
            await table.Other.AppendAsync(callId, Some.Event("EV_new"), Tracking.Follow, Stop);
            await table.Other.CloseAsync(callId, Stop);
        });

        Assert.Equal(0, await table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop));
        Assert.Equal(121, (await table.Journal.ReadAsync(callId, Stop)).Events.Count);
        Assert.Equal(1, await table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop));
    }

    private async Task<List<CallId>> ListAsync() => await table.Journal.ListOpenAsync(Stop).ToListAsync(Stop);
}
