using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Limits;

/// <summary>A tenant's requests in a sliding window.</summary>
public sealed class RequestLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Slice = Minute / 60;

    private readonly CountingStore store = new();
    private readonly ManualClock clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_window_ever_holds_more_and_nobody_waits_longer_than_a_slice_for_nothing(int seed)
    {
        var chance = new Random(seed);
        var hosts = new[] { Host(20), Host(20), Host(20) };
        var allowed = new List<DateTimeOffset>();
        for (var i = 0; i < 2000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(chance.Next(3) == 0 ? chance.Next(20_000) : chance.Next(500)));
            var now = clock.GetUtcNow();
            if ((await hosts[chance.Next(3)].TakeAsync("acme"))!.IsAllowed)
            {
                allowed.Add(now);
                Assert.InRange(allowed.Count(at => at > now - Minute), 1, 20);
            }
            else
            {
                Assert.InRange(allowed.Count(at => at > now - Minute - Slice), 20, int.MaxValue);
            }
        }

        Assert.InRange(allowed.Count, 100, 1999);
    }

    [Fact]
    public async Task The_headers_say_what_remains_and_for_how_long()
    {
        var host = Host(2);

        var first = await host.TakeAsync("acme");
        var second = await host.TakeAsync("acme");
        clock.Advance(TimeSpan.FromSeconds(30));
        var third = await host.TakeAsync("acme");

        Assert.Equal(("\"requests\";q=2;w=60", "\"requests\";r=1;t=61"), (first!.PolicyHeader, first.Header));
        Assert.Equal((true, "\"requests\";r=0;t=61"), (second!.IsAllowed, second.Header));
        Assert.Equal((false, "\"requests\";r=0;t=31", 31), (third!.IsAllowed, third.Header, third.ResetSeconds));
    }

    [Fact]
    public async Task Tenants_have_windows_of_their_own_and_one_without_a_limit_is_not_counted()
    {
        var own = new Dictionary<string, TenantLimit> { ["free"] = TenantLimit.None };
        var host = new RequestLimiter(store, new TenantLimits(Limit(1), own), clock, NullLogger<RequestLimiter>.Instance);

        Assert.True((await host.TakeAsync("acme"))!.IsAllowed);
        Assert.True((await host.TakeAsync("golf"))!.IsAllowed);
        Assert.False((await host.TakeAsync("acme"))!.IsAllowed);
        Assert.True((await host.TakeAsync("acme", "token"))!.IsAllowed);
        Assert.Null(await host.TakeAsync("free"));
    }

    [Fact]
    public async Task What_comes_while_a_host_counts_is_counted_together()
    {
        var host = Host(50);
        var reading = new TaskCompletionSource();
        store.Pause = reading.Task;

        var asked = Enumerable.Range(0, 100).Select(_ => host.TakeAsync("acme").AsTask()).ToList();
        reading.SetResult();
        var counts = await Task.WhenAll(asked);

        Assert.Equal(50, counts.Count(count => count!.IsAllowed));
        Assert.Equal(3, store.Operations);
    }

    [Fact]
    public async Task A_full_window_is_not_asked_for_before_it_has_room()
    {
        var host = Host(1);
        await host.TakeAsync("acme");
        await host.TakeAsync("acme");
        store.Operations = 0;

        for (var second = 0; second < 60; second++)
        {
            Assert.False((await host.TakeAsync("acme"))!.IsAllowed);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, store.Operations);
        clock.Advance(Slice);
        Assert.True((await host.TakeAsync("acme"))!.IsAllowed);
    }

    [Fact]
    public async Task Where_others_are_always_faster_a_request_costs_no_more_than_it_may_and_is_refused_for_a_second()
    {
        store.IsContested = true;

        var count = await Host(5).TakeAsync("acme");

        Assert.Equal((false, 1), (count!.IsAllowed, count.ResetSeconds));
        Assert.Equal(RequestLimiter.MaxOperations, store.Operations);
    }

    [Fact]
    public async Task Where_the_store_is_away_everybody_is_let_in_and_it_is_asked_again()
    {
        var host = Host(1);
        store.IsAway = true;

        Assert.True((await host.TakeAsync("acme"))!.IsAllowed);
        Assert.True((await host.TakeAsync("acme"))!.IsAllowed);
        store.IsAway = false;
        Assert.True((await host.TakeAsync("acme"))!.IsAllowed);
        Assert.False((await host.TakeAsync("acme"))!.IsAllowed);
    }

    private static TenantLimit Limit(int requests) => new() { Requests = new RequestLimit(requests, Minute) };

    private RequestLimiter Host(int requests) => new(
        store,
        new TenantLimits(Limit(requests), new Dictionary<string, TenantLimit>()),
        clock,
        NullLogger<RequestLimiter>.Instance);
}
