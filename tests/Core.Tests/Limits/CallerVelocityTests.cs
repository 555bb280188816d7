using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Limits;

/// <summary>How often somebody has called of late.</summary>
public sealed class CallerVelocityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly CountingStore store = new();

    [Fact]
    public async Task A_call_counts_once_however_often_it_is_noted()
    {
        await NoteAsync("a", 0);
        await NoteAsync("a", 0);

        Assert.Equal([Noon, Noon.AddMinutes(5)], await NoteAsync("b", 5));
    }

    [Fact]
    public async Task What_is_older_than_a_rule_asks_for_is_forgotten()
    {
        await NoteAsync("a", 0);

        Assert.Single(await NoteAsync("b", 60));
        Assert.Equal("b@", store.Texts[^1][..2]);
    }

    [Fact]
    public async Task A_flood_is_kept_no_longer_than_a_rule_can_ask_for()
    {
        for (var i = 0; i < 300; i++)
        {
            await NoteAsync($"{i}", i / 100.0);
        }

        Assert.Equal(CallerVelocity.Most, (await NoteAsync("last", 4)).Count);
        Assert.InRange(store.Texts[^1].Length, 1, ILimitStore.MaxTextLength);
    }

    [Fact]
    public async Task Where_others_are_always_faster_the_call_counts_for_itself()
    {
        store.IsContested = true;

        Assert.Single(await NoteAsync("a", 0));
        Assert.Equal(2 * CallerVelocity.MaxAttempts, store.Operations);
    }

    [Fact]
    public void A_caller_is_marked_by_a_keyed_hash_that_differs_from_route_to_route()
    {
        var marks = new CallerMark(new LiveKitKeyring(GatewayBench.Key));
        var others = new CallerMark(new LiveKitKeyring(GatewayBench.Key with { Secret = "another-secret-another-secret-another" }));
        string[] all = [marks.Of("a", "+15550100001"), marks.Of("b", "+15550100001"), marks.Of("a", "+15550100002"),
            others.Of("a", "+15550100001")];

        Assert.Distinct(all);
        Assert.Equal(all[0], marks.Of("a", "+15550100001"));
    }

    private Task<IReadOnlyList<DateTimeOffset>> NoteAsync(string call, double minutes) =>
        new CallerVelocity(store).NoteAsync("mark", call, Noon.AddMinutes(minutes), Hour, TestContext.Current.CancellationToken);
}
