using System.Net;
using System.Net.Http.Headers;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Webhooks;

/// <summary>
/// How a LiveKit server delivers one webhook: five attempts, the waits between them doubling, every attempt with the same bytes.
/// </summary>
internal sealed class WebhookDelivery(SimulationTime time, HttpMessageInvoker http)
{
    private const int Attempts = 5;

    /// <summary>Sends until it is answered for good. False where the server gives up.</summary>
    public async Task<bool> SendAsync(Webhook webhook, Uri target, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(1);
        for (var attempt = 1; ; attempt++)
        {
            var (isDone, retryAfter) = await TryAsync(webhook, target, cancellationToken);
            if (isDone || attempt == Attempts)
            {
                return isDone;
            }

            await time.Delay(retryAfter ?? wait, cancellationToken);
            wait *= 2;
        }
    }

    /// <summary>Connection errors, 429 and server errors are tried again; any other answer, however unhappy, counts as delivered.</summary>
    private async Task<(bool IsDone, TimeSpan? RetryAfter)> TryAsync(Webhook webhook, Uri target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(webhook.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/webhook+json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Go-http-client/1.1");
        request.Headers.TryAddWithoutValidation("Authorization", webhook.Token);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var isRefused = response.StatusCode == HttpStatusCode.TooManyRequests;
            var isAgain = isRefused || ((int)response.StatusCode >= 500 && response.StatusCode != HttpStatusCode.NotImplemented);
            return (!isAgain, isRefused || response.StatusCode == HttpStatusCode.ServiceUnavailable
                ? response.Headers.RetryAfter?.Delta
                : null);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return (false, null);
        }
    }
}
