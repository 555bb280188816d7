using System.Diagnostics;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Http;

/// <summary>Measures one request from its coming to its answer, and of a webhook what came of it.</summary>
internal readonly struct RequestTelemetry : IDisposable
{
    /// <summary>The endpoint of requests that no route has: what strangers ask for is no tag.</summary>
    private const string NoRoute = "none";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly GatewayRoute? route;
    private readonly string method;
    private readonly long began;
    private readonly Activity? span;

    private RequestTelemetry(GatewayRoute? route, string method)
    {
        this.route = route;
        this.method = Methods.Contains(method) ? method : "other";
        began = Stopwatch.GetTimestamp();
        span = route is { IsWebhook: true } ? GatewaySpans.Webhook(route.Name) : null;
    }

    /// <summary>Begins to measure.</summary>
    /// <param name="route">The route; <c>null</c> where the path is none's.</param>
    /// <param name="method">The request's method.</param>
    public static RequestTelemetry Begin(GatewayRoute? route, string method) => new(route, method);

    public void Answered(int status)
    {
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        GatewayMeter.Requests.Add(1, new("method", method), new("endpoint", route is null ? NoRoute : route.Endpoint));
        GatewayMeter.RequestDuration.Record(seconds);
        if (route is { IsWebhook: true, Name: var source })
        {
            AnsweredWebhook(source, status, seconds);
        }
    }

    public void Dispose() => span?.Dispose();

    private void AnsweredWebhook(string source, int status, double seconds)
    {
        var outcome = status switch
        {
            < 400 => "ok",
            < 500 => "refused",
            503 => "not_recorded",
            _ => "failed",
        };
        GatewayMeter.WebhookReceived.Add(1, new("source", source), new("outcome", outcome));
        GatewayMeter.WebhookDuration.Record(seconds, new KeyValuePair<string, object?>("source", source));
        if (outcome == "refused")
        {
            GatewayMeter.WebhookRefused.Add(1, new("source", source), new("reason", ReasonOf(status)));
        }

        span?.SetTag("voicefunctions.outcome", outcome).SetStatus(status >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    private static string ReasonOf(int status) => status switch
    {
        401 => "bad_signature",
        405 => "wrong_method",
        413 => "too_large",
        415 => "unsupported_media_type",
        _ => "other",
    };
}
