using VoiceFunctions.Core.Limits;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>What every store of limits promises.</summary>
public abstract class LimitStoreContract(ILimitStores stores) : IAsyncLifetime
{
    private readonly ManualClock clock = new(Some.Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ILimitStore Store { get; set; } = null!;

    public async ValueTask InitializeAsync() => Store = await stores.NewAsync(clock, Stop);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task What_nobody_wrote_is_empty_and_can_be_written_once()
    {
        Assert.Equal(LimitText.None, await Store.ReadAsync("a", Stop));

        Assert.NotNull(await WriteAsync("a", LimitText.Absent, "one"));
        Assert.Null(await WriteAsync("a", LimitText.Absent, "two"));
        Assert.Equal("one", (await Store.ReadAsync("a", Stop)).Text);
    }

    [Fact]
    public async Task Only_whoever_read_the_last_version_writes()
    {
        var first = await WriteAsync("a", LimitText.Absent, "one");
        var second = await WriteAsync("a", first!.Version, "two");

        Assert.Null(await WriteAsync("a", first.Version, "late"));
        Assert.Equal(second, await Store.ReadAsync("a", Stop));
        Assert.NotNull(await WriteAsync("a", second!.Version, "three"));
    }

    [Fact]
    public async Task Of_many_who_write_over_one_version_one_does()
    {
        var read = await WriteAsync("a", LimitText.Absent, "0");

        var written = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => WriteAsync("a", read!.Version, $"{i}")));

        Assert.Equal(Assert.Single(written, text => text is not null), await Store.ReadAsync("a", Stop));
    }

    [Fact]
    public async Task A_key_may_hold_anything_and_a_text_may_be_long()
    {
        const string Key = "tenant:ä/#?\\\n'";
        var text = new string('x', ILimitStore.MaxTextLength);

        Assert.NotNull(await WriteAsync(Key, LimitText.Absent, text));
        Assert.Equal(text, (await Store.ReadAsync(Key, Stop)).Text);
    }

    [Fact]
    public async Task What_nobody_needs_any_more_is_deleted_and_nothing_else()
    {
        await WriteAsync("old", LimitText.Absent, "1", minutes: 1);
        await WriteAsync("new", LimitText.Absent, "1", minutes: 3);

        Assert.Equal(1, await Store.PurgeAsync(Some.Noon.AddMinutes(2), Stop));
        Assert.Equal(LimitText.None, await Store.ReadAsync("old", Stop));
        Assert.Equal("1", (await Store.ReadAsync("new", Stop)).Text);
    }

    [Fact]
    public async Task Of_many_calls_that_ask_at_one_time_as_many_have_a_place_as_there_are()
    {
        var places = new CallPlaces(Store, clock);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            PlaceAnswer answer;
            while ((answer = await TakeAsync(places, 5, $"call{i}")) == PlaceAnswer.Busy)
            {
            }

            return answer;
        }));

        Assert.Equal(5, answers.Count(answer => answer == PlaceAnswer.Taken));
        Assert.Equal(5, (await places.HoldersAsync("route:line", Stop)).Count);
    }

    [Fact]
    public async Task Of_many_requests_at_one_time_by_several_hosts_no_more_are_let_in_than_may_be()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => Some.Limiter(Store, clock, requests: 25)).ToList();

        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => hosts[i % 4].TakeAsync("acme").AsTask()));

        Assert.InRange(counts.Count(count => count!.IsAllowed), 1, 25);
        clock.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 50; i++)
        {
            counts = [.. counts, await hosts[i % 4].TakeAsync("acme")];
        }

        Assert.Equal(25, counts.Count(count => count!.IsAllowed));
    }

    private static Task<PlaceAnswer> TakeAsync(CallPlaces places, int limit, string holder) =>
        places.TakeAsync("route:line", limit, holder, (_, _, _) => Task.FromResult(false), Stop);

    private Task<LimitText?> WriteAsync(string key, string version, string text, int minutes = 10) =>
        Store.WriteAsync(key, version, text, Some.Noon.AddMinutes(minutes), Stop).AsTask();
}
