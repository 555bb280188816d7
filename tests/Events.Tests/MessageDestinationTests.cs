using System.Text.Json.Nodes;
using Azure.Identity;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>What goes to Service Bus, to Redis and to people.</summary>
public sealed class MessageDestinationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_Service_Bus_has_the_call_as_its_session_and_the_event_as_its_id()
    {
        await using var client = ServiceBusDestination.ClientOf("bus.servicebus.windows.net", () => new DefaultAzureCredential());

        var message = new ServiceBusDestination(client, "calls", Some.Envelope).MessageOf(Some.CallStarted);

        Assert.Equal(
            (Some.CallStarted.Event.Id, Some.Call.Value, "call.started", "application/cloudevents+json", "acme"),
            (message.MessageId, message.SessionId, message.Subject, message.ContentType, message.ApplicationProperties["tenant"]));
        Assert.Equal(Some.CallStarted.Event.Id, (string?)JsonNode.Parse(message.Body.ToString())!["id"]);
    }

    [Fact]
    public async Task Redis_gets_each_event_on_the_channel_of_its_type()
    {
        await using var server = new RedisServer();
        await using var redis = new RedisDestination(RedisDestination.ConfigurationOf($"127.0.0.1:{server.Port}"), Some.Envelope);

        Assert.IsType<DeliveryOutcome.Delivered>(await redis.DeliverAsync(Some.CallStarted, Stop));
        Assert.IsType<DeliveryOutcome.Delivered>(await redis.DeliverAsync(Some.CallEnded, Stop));

        Assert.Equal(["call.started", "call.ended"], server.Published.Select(message => message.Channel));
        Assert.Equal(
            [Some.CallStarted.Event.Id, Some.CallEnded.Event.Id],
            server.Published.Select(message => (string?)JsonNode.Parse(message.Text)!["id"]));
    }

    [Fact]
    public async Task A_Redis_that_is_not_there_is_tried_again()
    {
        var port = Testing.Ports.Free();
        await using var redis = new RedisDestination(RedisDestination.ConfigurationOf($"127.0.0.1:{port}"), Some.Envelope);

        Assert.Equal(new DeliveryOutcome.TryLater("redis cannot be reached"), await redis.DeliverAsync(Some.CallStarted, Stop));
    }

    [Fact]
    public async Task A_line_for_people_says_when_what_and_which_call()
    {
        using var console = new StringWriter();

        await new ConsoleEventSink(new Nobody(), console).PublishAsync(Some.CallEnded.Event, Stop);

        Assert.Equal($"12:00:00.250  call.ended             call {Some.Call}  caller_hangup{console.NewLine}", console.ToString());
    }

    private sealed class Nobody : ILifecycleEventSink
    {
        public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
