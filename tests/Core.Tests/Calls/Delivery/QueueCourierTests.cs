using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Sessions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>Events of documents on their way out: as those of calls, under one id, whoever is away.</summary>
public sealed class QueueCourierTests
{
    private static readonly DeliveryOutcome Away = new DeliveryOutcome.TryLater("answered 503");

    private readonly ManualClock clock = new();
    private readonly TellingDestination crm = new("crm");
    private readonly TellingDestination lake = new("lake");
    private readonly InMemoryDeadLetters deadLetters = new();
    private readonly InMemoryQueuedEvents queue = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_destination_gets_an_event_once()
    {
        await AddAsync("one");
        await AddAsync("one");

        await SweepAsync();
        await SweepAsync();

        Assert.Equal(["ingest:one"], crm.Taken);
        Assert.Equal(["ingest:one"], lake.Taken);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task One_that_is_away_for_an_hour_gets_it_then_and_keeps_nothing_from_the_others()
    {
        var back = clock.GetUtcNow() + TimeSpan.FromHours(1);
        crm.Answer = (_, _) => Task.FromResult(clock.GetUtcNow() < back ? Away : new DeliveryOutcome.Delivered());
        await AddAsync("one");

        for (var minute = 0; minute < 90; minute++)
        {
            await SweepAsync();
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["ingest:one"], crm.Taken);
        Assert.Equal(["ingest:one"], lake.Taken);
        Assert.InRange(crm.Offers, 5, 20); // Ever more seldom.
        Assert.Empty((await deadLetters.ListAsync(null, null, 10, Stop)).DeadLetters);
    }

    [Fact]
    public async Task What_is_refused_and_what_nobody_takes_for_a_day_is_a_dead_letter_that_can_be_replayed()
    {
        crm.Say(new DeliveryOutcome.Refused("answered 410"));
        lake.Say(Away);
        await AddAsync("one");

        for (var hour = 0; hour < 26; hour++)
        {
            await SweepAsync();
            clock.Advance(TimeSpan.FromHours(1));
        }

        var letters = (await deadLetters.ListAsync("golf", null, 10, Stop)).DeadLetters.ToDictionary(letter => letter.Destination);
        Assert.Equal(("answered 410", 1), (letters["crm"].Reason, letters["crm"].Attempts));
        Assert.Equal(("answered 503", "ingest:one"), (letters["lake"].Reason, letters["lake"].Event.Id));
        Assert.Equal(DeadLetter.IdOf("lake", "ingest:one"), letters["lake"].Id);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task One_that_does_not_answer_is_asked_once_in_a_sweep_so_that_the_others_do_not_wait()
    {
        crm.Answer = async (_, stopping) =>
        {
            var never = Task.Delay(Timeout.InfiniteTimeSpan, clock, stopping);
            clock.Advance(QueueCourier.Patience);
            await never;
            return new DeliveryOutcome.Delivered();
        };
        foreach (var name in (string[])["one", "two", "three"])
        {
            await AddAsync(name);
        }

        await SweepAsync();

        Assert.Equal((1, 3), (crm.Offers, lake.Taken.Count));
    }

    [Fact]
    public async Task A_destination_that_the_settings_have_no_more_gets_nothing_and_nothing_waits_for_it()
    {
        await queue.AddAsync(QueuedEvent.Of("gone", Event("one"), clock.GetUtcNow()), Stop);

        await SweepAsync();

        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task A_document_that_is_sent_goes_to_its_tenants_endpoints_with_the_next_sweep()
    {
        var (own, foreign) = (new TellingDestination("own", "golf"), new TellingDestination("foreign", "other"));
        var bench = GatewayBench.Telling(
            [own, foreign],
            (Settings.SettingNames.ApiKeys, """{"golf":"golf-key-hunter2-hunter2","other":"other-key-hunter2-hunter2"}"""),
            (Settings.SettingNames.ApiTokenSecret, SessionBench.Secret));
        var token = new Access.ApiTokens(SessionBench.Secret, bench.Clock).Issue("golf");
        var sent = await bench.SendAsync("POST", "/ingest", """{"text":"Dogs."}"""u8.ToArray(), ("Authorization", $"Bearer {token}"));
        Assert.Equal((202, 0), (sent.Status, own.Offers));

        await bench.Gateway.Calls.Sweeper.SweepAsync(Stop);

        Assert.Equal([Assert.Single(bench.Sink.Told).Id], own.Taken);
        Assert.Equal(0, foreign.Offers);
    }

    private static OutgoingEvent Event(string name) => new(
        new LifecycleEvent($"ingest:{name}", LifecycleEventName.IngestQueued, "", Given.Noon) { DocumentId = name, Passages = 1 }, "golf");

    private async Task AddAsync(string name)
    {
        await queue.AddAsync(QueuedEvent.Of("crm", Event(name), clock.GetUtcNow()), Stop);
        await queue.AddAsync(QueuedEvent.Of("lake", Event(name), clock.GetUtcNow()), Stop);
    }

    private Task SweepAsync() =>
        new QueueCourier(
            new EventOutbox([crm, lake], deadLetters, TimeSpan.FromHours(24)) { Queue = queue },
            clock,
            NullLogger<QueueCourier>.Instance).SweepAsync(Stop);

    private async Task<IReadOnlyList<QueuedEvent>> WaitingAsync() =>
        await queue.DueAsync(clock.GetUtcNow() + TimeSpan.FromDays(1), 100, Stop);
}
