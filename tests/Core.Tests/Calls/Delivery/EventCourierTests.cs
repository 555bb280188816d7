using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>Events on their way out: each once where nothing goes wrong, in order, and under one id whatever goes wrong.</summary>
public sealed class EventCourierTests
{
    private static readonly DeliveryOutcome Away = new DeliveryOutcome.TryLater("answered 503");
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private readonly CallsBench bench = new();
    private readonly TellingDestination crm = new("crm");
    private readonly TellingDestination lake = new("lake");
    private readonly InMemoryDeadLetters deadLetters = new();
    private readonly CallAdvancer host;

    public EventCourierTests()
    {
        bench.Outbox = new EventOutbox([crm, lake], deadLetters, GiveUpAfter);
        host = bench.Host();
    }

    [Fact]
    public async Task Every_destination_gets_each_event_once_in_the_order_in_which_they_happened()
    {
        await EndedCallAsync();

        await FollowAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(await InOrderAsync(), crm.Taken);
        Assert.Equal(crm.Taken, lake.Taken);
        Assert.Equal(bench.Sink.Told.Select(told => told.Id).Order(StringComparer.Ordinal), crm.Taken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_destination_the_journal_holds_no_claim_of_one()
    {
        bench.Outbox = EventOutbox.None;
        await EndedCallAsync();

        await bench.SettleAsync(bench.Host());

        Assert.DoesNotContain((await bench.StateAsync()).Claims.Keys, key => key.StartsWith("deliver:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_away_for_an_hour_gets_all_of_it_in_order_and_keeps_nothing_from_the_others()
    {
        var back = bench.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        crm.Answer = (_, _) => Task.FromResult(bench.Clock.GetUtcNow() < back ? Away : new DeliveryOutcome.Delivered());
        await EndedCallAsync();

        await FollowAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(crm.Taken);
        Assert.Equal(await InOrderAsync(), lake.Taken);

        await FollowAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(await InOrderAsync(), crm.Taken);
        Assert.InRange(crm.Offers - crm.Taken.Count, 8, 40);
    }

    [Fact]
    public async Task Nothing_overtakes_an_event_that_waits()
    {
        await bench.AppendAsync(Arrived(0), Joined(0));
        crm.Say(Away);
        await bench.SettleAsync(host);
        var offers = crm.Offers;
        await bench.AppendAsync(Left(1));

        await bench.SettleAsync(host);

        Assert.Equal(offers, crm.Offers);
    }

    [Fact]
    public async Task What_is_refused_is_a_dead_letter_at_once_and_what_follows_goes_on()
    {
        crm.Answer = (outgoing, _) => Task.FromResult<DeliveryOutcome>(
            outgoing.Event.Name == LifecycleEventName.CallStarted
                ? new DeliveryOutcome.Refused("answered 410")
                : new DeliveryOutcome.Delivered());
        await EndedCallAsync();

        await FollowAsync(TimeSpan.FromMinutes(2));

        var letter = Assert.Single(await DeadAsync());
        Assert.Equal(("crm", "answered 410", $"{Call}:CALL_STARTED"), (letter.Destination, letter.Reason, letter.Event.Id));
        Assert.Equal((await InOrderAsync()).Skip(1), crm.Taken);
        Assert.IsType<CallDecision.Done>(await bench.DecideAsync(host));
        Assert.Equal(ClaimStatus.GivenUp, (await bench.StateAsync()).Claims["deliver:crm:CALL_STARTED"].Status);
    }

    [Fact]
    public async Task What_nobody_takes_for_a_day_is_dead_and_the_call_is_closed()
    {
        crm.Say(Away);
        await EndedCallAsync();

        await FollowAsync(GiveUpAfter - TimeSpan.FromHours(1));
        Assert.Empty(await DeadAsync());
        await FollowAsync(TimeSpan.FromHours(2));

        Assert.Equal(
            (await InOrderAsync()).Order(StringComparer.Ordinal),
            (await DeadAsync()).Select(letter => letter.Event.Id).Order(StringComparer.Ordinal));
        Assert.IsType<CallDecision.Done>(await bench.DecideAsync(host));
    }

    [Fact]
    public async Task A_process_that_dies_between_handing_over_and_noting_it_hands_over_again_under_the_same_id()
    {
        await bench.AppendAsync(Arrived(0), Joined(0));
        crm.Answer = (_, _) =>
        {
            bench.Journal.IsDown = true;
            return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered());
        };
        await Assert.ThrowsAsync<JournalUnavailableException>(() => bench.SettleAsync(host));
        var first = crm.Taken.ToList();
        bench.Journal.IsDown = false;
        crm.Say(new DeliveryOutcome.Delivered());
        bench.Clock.Advance(TimeSpan.FromSeconds(15));

        await bench.SettleAsync(bench.Host());

        Assert.NotEmpty(first);
        Assert.Equal(first, crm.Taken.Skip(first.Count).Take(first.Count));
        Assert.Equal(crm.Taken.Distinct().Count(), crm.Taken.Count - first.Count);
    }

    [Fact]
    public async Task A_destination_that_says_when_to_come_again_is_left_alone_until_then()
    {
        await bench.AppendAsync(Arrived(0), Joined(0));
        crm.Say(new DeliveryOutcome.TryLater("answered 429", TimeSpan.FromMinutes(7)));

        await bench.SettleAsync(host);

        Assert.Equal(At(420), (await bench.StateAsync()).Claims["deliver:crm:CALL_STARTED"].Until);
    }

    [Fact]
    public async Task A_destination_that_does_not_answer_costs_a_call_that_goes_on_three_seconds()
    {
        await bench.AppendAsync(Arrived(0), Joined(0));
        crm.Answer = async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, bench.Clock, stop);
            return new DeliveryOutcome.Delivered();
        };
        var effect = new CallEffect.Deliver("crm", ["CALL_STARTED"]);
        var courier = new EventCourier(
            bench.Outbox, _ => null, bench.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<EventCourier>.Instance);

        var delivering = courier.DeliverAsync(
            CallsBench.Context(await bench.StateAsync()), effect, TestContext.Current.CancellationToken);
        bench.Clock.Advance(EventCourier.PatienceDuringCall);

        var again = Assert.IsType<Effects.EffectOutcome.TryAgain>(await delivering);
        Assert.Equal("no answer in time", again.Reason);
        Assert.InRange(again.After, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.FromSeconds(3), EventCourier.PatienceDuringCall);
    }

    [Theory]
    [InlineData(0, 4, 6)]
    [InlineData(60, 24, 36)]
    [InlineData(1200, 480, 720)]
    [InlineData(80_000, 720, 1080)]
    public void A_pause_is_half_of_the_age_within_bounds_and_a_fifth_more_or_less(double age, double least, double most)
    {
        var pauses = Enumerable.Range(0, 100).Select(at => BackOff.After(TimeSpan.FromSeconds(age), $"call:{at}")).ToList();

        Assert.All(pauses, pause => Assert.InRange(pause.TotalSeconds, least, most));
        Assert.True(pauses.Distinct().Count() > 20);
        Assert.Equal(pauses[7], BackOff.After(TimeSpan.FromSeconds(age), "call:7"));
    }

    [Fact]
    public void A_destination_of_a_tenant_hears_of_its_own_calls_only()
    {
        var outbox = new EventOutbox([crm, new TellingDestination("acme-only", "acme")], deadLetters, GiveUpAfter);

        Assert.Equal(["crm", "acme-only"], outbox.NamesFor("acme"));
        Assert.Equal(["crm"], outbox.NamesFor("other"));
        Assert.Equal(["crm"], outbox.NamesFor(null));
    }

    [Fact]
    public void Deliveries_are_equal_by_destination_and_keys()
    {
        Assert.Equal(new CallEffect.Deliver("crm", ["A"]), new CallEffect.Deliver("crm", ["A"]));
        Assert.NotEqual(new CallEffect.Deliver("crm", ["A"]), new CallEffect.Deliver("lake", ["A"]));
        Assert.NotEqual(new CallEffect.Deliver("crm", ["A"]), new CallEffect.Deliver("crm", ["B"]));
        Assert.False(new CallEffect.Deliver("crm", ["A"]).Equals(null));
    }

    private Task EndedCallAsync() => bench.AppendAsync(Arrived(0), Joined(0), Left(30), Finished(31));

    /// <summary>Follows the call for so long: does what is due, and moves the clock to the next time that is waited for.</summary>
    private async Task FollowAsync(TimeSpan time)
    {
        for (var until = bench.Clock.GetUtcNow() + time; bench.Clock.GetUtcNow() < until;)
        {
            var next = await bench.SettleAsync(host) is CallDecision.WaitUntil { Time: var wake } && wake < until ? wake : until;
            bench.Clock.SetUtcNow(next);
        }
    }

    /// <summary>The ids of all events by the time at which they happened.</summary>
    private async Task<List<string>> InOrderAsync() =>
        [.. LifecycleEvents.Of(await bench.StateAsync()).OrderBy(happened => happened.At).Select(happened => happened.Id)];

    private async Task<IReadOnlyList<DeadLetter>> DeadAsync() =>
        (await deadLetters.ListAsync(null, null, 100, TestContext.Current.CancellationToken)).DeadLetters;
}
