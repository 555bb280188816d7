using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.LiveKit.Webhooks;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

public sealed class WebhookDeliveryTests
{
    public static TheoryData<string> ReceiversThatAreRecorded =>
    [
        "webhook-receiver-500",
        "webhook-receiver-always-500",
        "webhook-receiver-4xx",
        "webhook-receiver-503-retry-after",
        "webhook-receiver-drops-connection",
        "webhook-receiver-redirect",
    ];

    [Theory]
    [MemberData(nameof(ReceiversThatAreRecorded))]
    public async Task Attempts_come_when_a_real_server_makes_them(string recording)
    {
        var deliveries = LiveKitFixture.Load(recording).OwnWebhooks.GroupBy(webhook => (string)webhook.Json["id"]!).ToList();
        Assert.NotEmpty(deliveries);
        foreach (var delivery in deliveries)
        {
            var answers = delivery.Select(attempt => attempt.Entry["answeredWith"]!).ToList();
            var expected = delivery.Select(attempt => (double)attempt.Entry["t"]! - (double)delivery.First().Entry["t"]!).ToList();

            var attempts = await AttemptsAsync(answers);

            Assert.Equal(expected.Count, attempts.Count);
            Assert.All(expected.Zip(attempts), pair =>
                Assert.Equal(pair.First, pair.Second.At.TotalMilliseconds - attempts[0].At.TotalMilliseconds, 30.0));
            Assert.Single(attempts.Select(attempt => (attempt.Text, attempt.Headers["Authorization"])).Distinct());
        }
    }

    [Fact]
    public async Task A_webhook_carries_the_headers_and_the_signature_of_a_real_one()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "r" });
            await simulation.DelayAsync(1);
        });

        var webhook = Assert.Single(simulation.Gateway.Webhooks);
        Assert.Equal("application/webhook+json", webhook.Headers["Content-Type"]);
        Assert.Equal("Go-http-client/1.1", webhook.Headers["User-Agent"]);
        Assert.Equal("gzip", webhook.Headers["Accept-Encoding"]);
        Assert.DoesNotContain("Transfer-Encoding", webhook.Headers.Keys);
        var verifier = new LiveKitWebhookVerifier(new LiveKitKeyring(simulation.Network.LiveKit.Key), simulation.Time.Clock);
        Assert.Equal(TokenVerification.Authentic, verifier.Verify(webhook.Headers["Authorization"], webhook.Body));
    }

    [Fact]
    public async Task The_next_webhook_of_a_room_waits_for_the_answer_and_other_rooms_do_not()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Gateway.OnWebhook = (_, webhook) =>
            webhook.Text.Contains("\"name\":\"slow\"", StringComparison.Ordinal) ? simulation.DelayAsync(10) : Task.CompletedTask;

        await simulation.RunAsync(async () =>
        {
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "slow" });
            await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = "slow" });
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "quick" });
            await simulation.DelayAsync(60);
        });

        Assert.Equal(
            [("room_started", "slow", 0), ("room_started", "quick", 0), ("room_finished", "slow", 10)],
            simulation.Gateway.Webhooks.Select(EventOf).OrderBy(webhook => webhook.Second));
    }

    [Fact]
    public async Task What_waited_for_more_than_thirty_seconds_is_dropped_unsent()
    {
        await using var simulation = await Simulation.StartAsync();
        var isFirst = true;
        simulation.Gateway.OnWebhook = (_, _) =>
        {
            var wait = isFirst ? simulation.DelayAsync(70) : Task.CompletedTask;
            isFirst = false;
            return wait;
        };

        await simulation.RunAsync(async () =>
        {
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "r" });
            await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = "r" });
            await simulation.DelayAsync(50);
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "r", ["empty_timeout"] = 1000 });
            await simulation.DelayAsync(100);
        });

        Assert.Equal([("room_started", "r", 0), ("room_started", "r", 70)], simulation.Gateway.Webhooks.Select(EventOf));
        Assert.Contains(simulation.History, told => told.What.Contains("dropped the webhook room_finished", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_reported_how_long_a_webhook_took_from_the_moment_at_which_it_was_to_be_told()
    {
        await using var simulation = await Simulation.StartAsync();
        var reports = new List<WebhookReport>();
        simulation.Network.LiveKit.WebhookSettled = reports.Add;
        simulation.Gateway.OnWebhook = (_, _) => simulation.DelayAsync(2);

        await simulation.RunAsync(async () =>
        {
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "r" });
            await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = "r" });
            await simulation.DelayAsync(10);
        });

        Assert.Equal(
            [
                new WebhookReport("room_started", TimeSpan.FromSeconds(2), true, false),
                new WebhookReport("room_finished", TimeSpan.FromSeconds(4), true, false),
            ],
            reports);
    }

    [Fact]
    public async Task A_queue_takes_no_more_than_two_hundred()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Gateway.OnWebhook = (_, _) => simulation.DelayAsync(20);

        await simulation.RunAsync(async () =>
        {
            for (var i = 0; i < 150; i++)
            {
                await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "r" });
                await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = "r" });
            }
        });

        Assert.Equal(99, simulation.History.Count(told => told.What.Contains("the queue is full", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<ReceivedRequest>> AttemptsAsync(List<JsonNode> answers)
    {
        await using var simulation = await Simulation.StartAsync();
        var next = 0;
        simulation.Gateway.OnWebhook = (context, _) =>
        {
            var answer = answers[Math.Min(next++, answers.Count - 1)];
            if (answer["destroy"] is not null)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            context.Response.StatusCode = (int)answer["status"]!;
            foreach (var (name, value) in answer["headers"]?.AsObject() ?? [])
            {
                context.Response.Headers[name] = (string)value!;
            }

            return Task.CompletedTask;
        };

        await simulation.RunAsync(async () =>
        {
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "r" });
            await simulation.DelayAsync(60);
        });
        return [.. simulation.Gateway.Webhooks];
    }

    private static (string Event, string Room, int Second) EventOf(ReceivedRequest webhook)
    {
        var body = JsonNode.Parse(webhook.Body)!;
        return ((string)body["event"]!, (string)body["room"]!["name"]!, (int)webhook.At.TotalSeconds);
    }
}
