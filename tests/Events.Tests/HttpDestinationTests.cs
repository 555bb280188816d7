using System.Text;
using System.Text.Json.Nodes;
using Azure.Identity;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Events;

/// <summary>What goes over HTTP to webhooks and to Event Grid, and what their answers mean.</summary>
public sealed class HttpDestinationTests : IAsyncLifetime
{
    private const string Secret = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    private readonly RealTime time = new(_ => { });
    private readonly SocketsHttpHandler sockets = new() { AllowAutoRedirect = false };
    private readonly HttpMessageInvoker http;
    private LoopbackServer server = null!;
    private Func<HttpContext, Task> answer = context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    private HeaderDictionary? headers;
    private string body = "";

    public HttpDestinationTests() => http = new HttpMessageInvoker(sockets);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await LoopbackServer.StartAsync(time, TakeAsync, Stop);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
        sockets.Dispose();
    }

    [Fact]
    public async Task A_webhook_is_signed_so_that_the_receivers_library_takes_it()
    {
        var outcome = await Webhook(TimeProvider.System).DeliverAsync(Some.CallStarted, Stop);

        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        new StandardWebhook(Secret).Verify(body, headers!);
        Assert.Equal(Some.CallStarted.Event.Id, headers!["webhook-id"]);
        Assert.StartsWith("application/cloudevents+json", headers["Content-Type"].ToString(), StringComparison.Ordinal);
        Assert.Equal("call.started", (string?)JsonNode.Parse(body)!["type"]);
    }

    [Fact]
    public async Task A_changed_body_is_not_what_was_signed()
    {
        await Webhook(TimeProvider.System).DeliverAsync(Some.CallStarted, Stop);

        var changed = body.Replace("inbound", "outbound", StringComparison.Ordinal);
        Assert.NotEqual(body, changed);
        Assert.Throws<WebhookVerificationException>(() => new StandardWebhook(Secret).Verify(changed, headers!));
    }

    [Theory]
    [InlineData(200, "taken")]
    [InlineData(202, "taken")]
    [InlineData(302, "later")]
    [InlineData(400, "refused")]
    [InlineData(401, "refused")]
    [InlineData(408, "later")]
    [InlineData(410, "refused")]
    [InlineData(425, "later")]
    [InlineData(429, "later")]
    [InlineData(500, "later")]
    [InlineData(503, "later")]
    public async Task An_answer_means_taken_refused_or_later(int status, string meaning)
    {
        Answer(status);

        var outcome = await Webhook(new ManualClock()).DeliverAsync(Some.CallEnded, Stop);

        Assert.Equal(
            meaning,
            outcome switch { DeliveryOutcome.Delivered => "taken", DeliveryOutcome.Refused => "refused", _ => "later" });
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sat, 21 Nov 2026 12:05:00 GMT", 300)]
    public async Task A_time_to_come_again_is_read_in_both_of_its_forms(string header, int seconds)
    {
        Answer(503, header);

        var outcome = await Webhook(new ManualClock()).DeliverAsync(Some.CallEnded, Stop);

        Assert.Equal(new DeliveryOutcome.TryLater("answered 503", TimeSpan.FromSeconds(seconds)), outcome);
    }

    [Theory]
    [InlineData("Sat, 21 Nov 2026 11:05:00 GMT")]
    [InlineData("soon")]
    public async Task A_time_that_is_past_or_none_says_nothing(string header)
    {
        Answer(503, header);

        Assert.Equal(new DeliveryOutcome.TryLater("answered 503"), await Webhook(new ManualClock()).DeliverAsync(Some.CallEnded, Stop));
    }

    [Fact]
    public async Task Nobody_there_is_tried_again()
    {
        var webhook = new EventWebhook("crm", new Uri($"http://127.0.0.1:{Ports.Free()}/"), Secret, null);

        var outcome = await new WebhookDestination(webhook, Some.Envelope, http, TimeProvider.System).DeliverAsync(Some.CallEnded, Stop);

        Assert.Equal(new DeliveryOutcome.TryLater("cannot be reached"), outcome);
    }

    [Fact]
    public async Task Event_Grid_gets_a_batch_of_one_with_the_topics_key()
    {
        Answer(200);

        var outcome = await Grid().DeliverAsync(Some.CallStarted, Stop);

        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        Assert.Equal("a-key", headers!["aeg-sas-key"]);
        Assert.StartsWith("application/cloudevents-batch+json", headers["Content-Type"].ToString(), StringComparison.Ordinal);
        var one = Assert.Single(JsonNode.Parse(body)!.AsArray())!;
        Assert.Equal(Some.CallStarted.Event.Id, (string?)one["id"]);
        Assert.Equal("acme", (string?)one["tenant"]);
    }

    [Theory]
    [InlineData(400, "refused")]
    [InlineData(413, "refused")]
    [InlineData(401, "later")]
    [InlineData(429, "later")]
    [InlineData(503, "later")]
    public async Task What_Event_Grid_says_is_understood(int status, string meaning)
    {
        Answer(status);

        var outcome = await Grid().DeliverAsync(Some.CallStarted, Stop);

        Assert.Equal(meaning, outcome is DeliveryOutcome.Refused ? "refused" : "later");
        Assert.IsNotType<DeliveryOutcome.Delivered>(outcome);
    }

    private void Answer(int status, string? retryAfter = null) => answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    private WebhookDestination Webhook(TimeProvider clock) =>
        new(new EventWebhook("crm", new Uri(server.Url, "events"), Secret, null), Some.Envelope, http, clock);

    private EventGridDestination Grid() => new(
        EventGridDestination.ClientOf(new Uri(server.Url, "api/events"), "a-key", () => new DefaultAzureCredential()), Some.Envelope);

    private async Task TakeAsync(HttpContext context)
    {
        headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        body = await reader.ReadToEndAsync(context.RequestAborted);
        await answer(context);
    }
}
