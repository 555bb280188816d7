using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using StandardWebhooks;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Events;

/// <summary>
/// Posts events to a webhook, signed as Standard Webhooks says. It tries once: the journal's outbox is what tries again, because it
/// outlives this process and keeps the order.
/// </summary>
internal sealed class WebhookDestination(EventWebhook webhook, EventEnvelope envelope, HttpMessageInvoker http, TimeProvider timeProvider)
    : IEventDestination
{
    private readonly StandardWebhook signer = new(webhook.Secret);

    public string Name => webhook.Name;

    public string? Tenant => webhook.Tenant;

    public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        var (body, now, id) = (envelope.Json(outgoing), timeProvider.GetUtcNow(), outgoing.Event.Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(EventEnvelope.MediaType, "utf-8");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signer.Sign(id, now, Encoding.UTF8.GetString(body.Span)));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return HttpAnswer.Of((int)response.StatusCode, HttpAnswer.WaitOf(response.Headers.RetryAfter, now));
        }
        catch (HttpRequestException)
        {
            return new DeliveryOutcome.TryLater("cannot be reached");
        }
    }
}
