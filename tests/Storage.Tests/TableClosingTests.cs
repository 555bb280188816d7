using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>
/// The list of open calls lies in other partitions than the calls: what happens when somebody dies, or comes, in between.
/// </summary>
public sealed class TableClosingTests(AzuriteServer azurite) : FaultyTableTests(azurite)
{
    [Fact]
    public async Task A_listing_whose_event_was_never_stored_is_closed_once_nobody_can_be_storing_it_any_more()
    {
        await Table.Table.UpsertEntityAsync(CallRows.Open(CallId, Clock.GetUtcNow()), TableUpdateMode.Replace, Stop);

        await Table.Journal.CloseAsync(CallId, Stop);
        Assert.Equal([CallId], await ListAsync());

        Clock.Advance(TableCallJournal.ListingGrace + TimeSpan.FromTicks(1));
        await Table.Journal.CloseAsync(CallId, Stop);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_closing_that_died_before_its_last_write_is_finished_later()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await Table.Table.DeleteEntityAsync(CallId.Value, JournalRowKeys.OpenMark, ETag.All, Stop);
        Clock.Advance(TimeSpan.FromHours(1));

        await Table.Journal.CloseAsync(CallId, Stop);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_closing_that_was_killed_before_its_last_write_is_finished_by_the_next_one_at_once()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        Table.Faults.BeforeWrite(3, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.Journal.CloseAsync(CallId, Stop).AsTask());
        Assert.Equal([CallId], await ListAsync());

        await Table.Journal.CloseAsync(CallId, Stop);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_closing_that_was_killed_does_not_hide_a_call_that_is_being_listed_again()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        Table.Faults.BeforeWrite(3, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.Journal.CloseAsync(CallId, Stop).AsTask());

        // The first write misses the mark, the second lists the call; before the third stores the event, somebody closes.
        Table.Faults.BeforeWrite(3, () => Table.Other.CloseAsync(CallId, Stop).AsTask());
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_2"), Tracking.Follow, Stop);

        Assert.Equal([CallId], await ListAsync());
    }

    [Fact]
    public async Task An_event_that_comes_while_the_call_is_being_closed_keeps_it_listed()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        Clock.Advance(TimeSpan.FromHours(1));

        // The second write takes the mark away; then comes the event, and the index row goes only if it is still the one that was seen.
        Table.Faults.BeforeWrite(3, () => Table.Other.AppendAsync(CallId, Some.Event("EV_2"), Tracking.Follow, Stop).AsTask());
        await Table.Journal.CloseAsync(CallId, Stop);

        Assert.Equal([CallId], await ListAsync());
        Assert.Equal(1, await Table.CountAsync(journal => journal.AppendAsync(CallId, Some.Event("EV_3"), Tracking.Follow, Stop).AsTask()));
        await Table.Journal.CloseAsync(CallId, Stop);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_second_closing_does_not_hide_a_call_that_is_being_listed_again()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await Table.Journal.CloseAsync(CallId, Stop);

        // The first write misses the mark, the second lists the call; before the third stores the event, somebody closes.
        Table.Faults.BeforeWrite(3, () => Table.Other.CloseAsync(CallId, Stop).AsTask());
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_2"), Tracking.Follow, Stop);

        Assert.Equal([CallId], await ListAsync());
    }

    [Fact]
    public async Task A_purge_that_died_midway_is_finished_by_the_next_one()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.RecordOnly, Stop);
        Table.Faults.BeforeWrite(2, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop).AsTask());

        Assert.Equal(1, await Table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop));

        Assert.Empty(await Table.Table.QueryAsync<TableEntity>(cancellationToken: Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_purge_leaves_a_call_alone_that_is_opened_and_closed_again_meanwhile()
    {
        for (var i = 0; i < 120; i++)
        {
            await Table.Journal.AppendAsync(CallId, Some.Event($"EV_{i}"), Tracking.Follow, Stop);
        }

        await Table.Journal.CloseAsync(CallId, Stop);
        Table.Faults.BeforeWrite(1, async () =>
        {
            await Table.Other.AppendAsync(CallId, Some.Event("EV_new"), Tracking.Follow, Stop);
            await Table.Other.CloseAsync(CallId, Stop);
        });

        Assert.Equal(0, await Table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop));
        Assert.Equal(121, (await Table.Journal.ReadAsync(CallId, Stop)).Events.Count);
        Assert.Equal(1, await Table.Journal.PurgeAsync(Some.Noon.AddDays(2), Stop));
    }

    private async Task<List<CallId>> ListAsync() => await Table.Journal.ListOpenAsync(Stop).Select(call => call.CallId).ToListAsync(Stop);
}
