using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Limits;

/// <summary>Places for calls that go on at one time.</summary>
public sealed class CallPlacesTests
{
    private const string Scope = "route:line";

    private readonly CountingStore store = new();
    private readonly ManualClock clock = new();
    private readonly HashSet<string> over = [];
    private readonly List<string> looked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CallPlaces Places => new(store, clock);

    [Fact]
    public async Task There_are_as_many_as_there_are_and_one_that_is_left_is_free()
    {
        Assert.Equal(PlaceAnswer.Taken, await TakeAsync("a", 2));
        Assert.Equal(PlaceAnswer.Taken, await TakeAsync("b", 2));
        Assert.Equal(PlaceAnswer.Full, await TakeAsync("c", 2));

        Assert.True(await Places.LeaveAsync(Scope, "a", Stop));
        Assert.Equal(PlaceAnswer.Taken, await TakeAsync("c", 2));
        Assert.Equal(["b", "c"], await Places.HoldersAsync(Scope, Stop));
    }

    [Fact]
    public async Task A_call_has_one_however_often_it_asks()
    {
        await TakeAsync("a", 1);

        Assert.Equal(PlaceAnswer.Taken, await TakeAsync("a", 1));
        Assert.Equal(["a"], await Places.HoldersAsync(Scope, Stop));
    }

    [Fact]
    public async Task One_that_was_forgotten_is_taken_from_the_call_that_is_over()
    {
        await TakeAsync("a", 2);
        await TakeAsync("b", 2);
        over.Add("a");

        Assert.Equal(PlaceAnswer.Taken, await TakeAsync("c", 2));
        Assert.Equal(["b", "c"], await Places.HoldersAsync(Scope, Stop));
    }

    [Fact]
    public async Task A_forgotten_one_is_found_wherever_it_stands_and_few_calls_are_looked_at_for_it()
    {
        for (var i = 0; i < 20; i++)
        {
            await TakeAsync($"call{i}", 20);
        }

        over.Add("call13");
        for (var second = 0; second < 20 && await TakeAsync("late", 20) == PlaceAnswer.Full; second++)
        {
            Assert.InRange(looked.Count, 1, CallPlaces.MaxLooks);
            looked.Clear();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Contains("late", await Places.HoldersAsync(Scope, Stop));
    }

    [Fact]
    public async Task A_lower_limit_puts_nobody_out_and_lets_nobody_in()
    {
        await TakeAsync("a", 2);
        await TakeAsync("b", 2);

        Assert.Equal(PlaceAnswer.Full, await TakeAsync("c", 1));
        await Places.LeaveAsync(Scope, "a", Stop);
        Assert.Equal(PlaceAnswer.Full, await TakeAsync("c", 1));
    }

    [Fact]
    public async Task Whoever_is_always_slower_is_told_so_after_so_many_operations()
    {
        store.IsContested = true;

        Assert.Equal(PlaceAnswer.Busy, await TakeAsync("a", 1));
        Assert.Equal(2 * CallPlaces.MaxAttempts, store.Operations);
    }

    [Fact]
    public async Task The_longest_list_is_no_longer_than_a_store_takes()
    {
        var id = new string('a', 23);
        for (var i = 0; i < CallPlaces.Most; i++)
        {
            await TakeAsync($"{id}{i:D3}", CallPlaces.Most);
        }

        Assert.Equal(PlaceAnswer.Full, await TakeAsync("one more", CallPlaces.Most));
        Assert.InRange(store.Texts.Max(text => text.Length), 1, ILimitStore.MaxTextLength);
    }

    private Task<PlaceAnswer> TakeAsync(string holder, int limit) => Places.TakeAsync(
        Scope,
        limit,
        holder,
        (who, _, _) =>
        {
            looked.Add(who);
            return Task.FromResult(over.Contains(who));
        },
        Stop);
}
