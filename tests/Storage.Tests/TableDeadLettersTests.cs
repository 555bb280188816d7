using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Dead letters outlive the process, beside the calls in their table.</summary>
public sealed class TableDeadLettersTests(AzuriteServer azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Letters_are_listed_page_by_page_found_and_removed()
    {
        var letters = await OpenAsync();
        for (var at = 0; at < 5; at++)
        {
            await letters.KeepAsync(Letter(at, at % 2 == 0 ? "acme" : null), Stop);
        }

        await letters.KeepAsync(Letter(0, "acme") with { Attempts = 7 }, Stop);

        var first = await letters.ListAsync(null, null, 3, Stop);
        var rest = await letters.ListAsync(null, first.Next, 3, Stop);
        Assert.Equal((3, 2, null), (first.DeadLetters.Count, rest.DeadLetters.Count, rest.Next));
        Assert.Equal(5, first.DeadLetters.Concat(rest.DeadLetters).DistinctBy(letter => letter.Id).Count());
        Assert.Equal(3, (await letters.ListAsync("acme", null, 10, Stop)).DeadLetters.Count);
        Assert.Equal(Letter(0, "acme") with { Attempts = 7 }, await letters.FindAsync(Letter(0, "acme").Id, Stop));

        await letters.RemoveAsync(Letter(0, "acme").Id, Stop);
        await letters.RemoveAsync(Letter(0, "acme").Id, Stop);
        Assert.Null(await letters.FindAsync(Letter(0, "acme").Id, Stop));
    }

    [Fact]
    public async Task Old_letters_are_forgotten()
    {
        var letters = await OpenAsync();
        await letters.KeepAsync(Letter(1, null), Stop);
        await letters.KeepAsync(Letter(9, null), Stop);

        Assert.Equal(1, await letters.PurgeAsync(Some.Noon.AddSeconds(9), Stop));
        Assert.Equal(Letter(9, null), Assert.Single((await letters.ListAsync(null, null, 10, Stop)).DeadLetters));
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_to_be()
    {
        var letters = TableDeadLetters.Create(new StorageSettings(
            AzuriteServer.ConnectionStringThrough(new Uri($"http://127.0.0.1:{Ports.Free()}")), null, null, "calls"));

        await Assert.ThrowsAsync<JournalUnavailableException>(() => letters.ListAsync(null, null, 10, Stop).AsTask());
    }

    private static DeadLetter Letter(int at, string? tenant)
    {
        var (call, name) = (Some.Call(), LifecycleEventName.CallDialing);
        var happened = new LifecycleEvent($"{call}:{name}:{at}", name, call.Value, Some.Noon);
        return new DeadLetter(DeadLetter.IdOf("crm", happened.Id), "crm", tenant, happened, "answered 410", 1, Some.Noon.AddSeconds(at));
    }

    private async Task<TableDeadLetters> OpenAsync()
    {
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        await TableCallJournal.Create(settings, TimeProvider.System).EnsureTableAsync(Stop);
        return TableDeadLetters.Create(settings);
    }
}
