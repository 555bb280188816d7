using System.Diagnostics;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Http;

/// <summary>Measures one webhook from its coming to its answer; requests on other routes are not measured.</summary>
internal readonly struct WebhookTelemetry : IDisposable
{
    private readonly string? source;
    private readonly long began;
    private readonly Activity? span;

    private WebhookTelemetry(string source)
    {
        this.source = source;
        began = Stopwatch.GetTimestamp();
        span = GatewaySpans.Webhook(source);
    }

    public static WebhookTelemetry Begin(GatewayRoute route) => route.IsWebhook ? new WebhookTelemetry(route.Name) : default;

    public void Answered(int status)
    {
        if (source is null)
        {
            return;
        }

        var outcome = status switch
        {
            < 400 => "ok",
            < 500 => "refused",
            503 => "not_recorded",
            _ => "failed",
        };
        GatewayMeter.WebhookReceived.Add(1, new("source", source), new("outcome", outcome));
        GatewayMeter.WebhookDuration.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            new KeyValuePair<string, object?>("source", source));
        if (outcome == "refused")
        {
            GatewayMeter.WebhookRefused.Add(1, new("source", source), new("reason", ReasonOf(status)));
        }

        span?.SetTag("voicefunctions.outcome", outcome).SetStatus(status >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    public void Dispose() => span?.Dispose();

    private static string ReasonOf(int status) => status switch
    {
        401 => "bad_signature",
        405 => "wrong_method",
        413 => "too_large",
        415 => "unsupported_media_type",
        _ => "other",
    };
}
