using System.Net.Http.Headers;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>
/// Twilio's requests to the gateway: a signed form, 15 s for the answer, repeated as the URL's fragment says. Applies the simulation's
/// delivery faults.
/// </summary>
internal sealed class TwilioHttp(SimulationTime time, Chance chance, TwilioSetup setup, NetworkLog log, CancellationToken stopping)
    : IDisposable
{
    private readonly HttpMessageInvoker http = time.CreateClient();
    private readonly Lock gate = new();
    private readonly List<string> disagreements = [];

    public DeliveryFaults Faults { get; set; } = DeliveryFaults.None;

    /// <summary>Requests that were sent twice and got different answers.</summary>
    public IReadOnlyList<string> Disagreements
    {
        get
        {
            lock (gate)
            {
                return [.. disagreements];
            }
        }
    }

    /// <summary>
    /// Requests TwiML; <c>null</c> without an answer. Such a request is never lost, but it can be sent twice, with the same bytes. Then
    /// both answers must be the same.
    /// </summary>
    public async Task<TwilioAnswer?> AskAsync(Uri url, IEnumerable<KeyValuePair<string, string>> fields, string purpose)
    {
        var body = TwilioForm.Encode(fields);
        var token = chance.Sid("");
        var fate = Fate.Of(chance, Faults, purpose);
        await time.Delay(fate.Delay, stopping);
        var second = fate.SecondAfter is { } after ? AskAgainAsync(url, body, token, purpose, after) : null;
        var answer = await PostAsync(url, body, token);
        if (second is not null)
        {
            _ = time.Start(async () => Compare(purpose, answer, await second));
        }

        return answer;
    }

    /// <summary>Sends a status callback without waiting for it. It is not retried, and it can be lost, late or doubled.</summary>
    public void SendStatus(Uri url, IEnumerable<KeyValuePair<string, string>> fields, string label)
    {
        var body = TwilioForm.Encode(fields);
        var token = chance.Sid("");
        var fate = Fate.Of(chance, Faults, "status");
        if (fate.IsLost)
        {
            log.Tell("network", $"lost the status callback {label}");
            return;
        }

        var first = fate.Delay + (fate.HeldBack ?? TimeSpan.Zero);
        _ = time.Start(() => PostLaterAsync(first));
        if (fate.SecondAfter is { } after)
        {
            log.Tell("network", $"doubled the status callback {label}");
            _ = time.Start(() => PostLaterAsync(first + after));
        }

        async Task PostLaterAsync(TimeSpan delay)
        {
            await time.Delay(delay, stopping);
            await PostAsync(url, body, token);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<TwilioAnswer?> AskAgainAsync(Uri url, byte[] body, string token, string purpose, TimeSpan after)
    {
        log.Tell("network", $"doubled the request {purpose}");
        await time.Delay(after, stopping);
        return await PostAsync(url, body, token);
    }

    private void Compare(string purpose, TwilioAnswer? first, TwilioAnswer? second)
    {
        if (first != second)
        {
            log.Tell("network", $"got two different answers to the same request {purpose}");
            lock (gate)
            {
                disagreements.Add($"{purpose}: {first} / {second}");
            }
        }
    }

    /// <summary>The last answer; <c>null</c> for none. Every attempt sends the same bytes.</summary>
    private async Task<TwilioAnswer?> PostAsync(Uri url, byte[] body, string idempotencyToken)
    {
        var patience = ConnectionOverride.Of(url);
        var giveUpAt = time.Clock.GetUtcNow() + patience.Total;
        for (var attempt = 0; ; attempt++)
        {
            var left = giveUpAt - time.Clock.GetUtcNow();
            var (answer, isAgain) =
                await PostOnceAsync(url, body, idempotencyToken, patience, left < patience.ReadTimeout ? left : patience.ReadTimeout);
            if (!isAgain || attempt == patience.Retries || time.Clock.GetUtcNow() >= giveUpAt)
            {
                return answer;
            }

            log.Tell("twilio", $"asks {url.AbsolutePath} again");
        }
    }

    private async Task<(TwilioAnswer? Answer, bool IsAgain)> PostOnceAsync(
        Uri url, byte[] body, string idempotencyToken, ConnectionOverride patience, TimeSpan readTimeout)
    {
        using var limit = new CancellationTokenSource(readTimeout, time.Clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=UTF-8");
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("I-Twilio-Idempotency-Token", idempotencyToken);
        request.Headers.TryAddWithoutValidation(
            TwilioSignature.HeaderName,
            TwilioSignature.Sign(url.OriginalString.Split('#')[0], TwilioForm.Parse(body), setup.AuthToken));
        try
        {
            using var response = await http.SendAsync(request, linked.Token);
            var text = await response.Content.ReadAsStringAsync(linked.Token);
            var answer = new TwilioAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", text);
            return (answer, patience.OnServerError && answer.Status >= 500);
        }
        catch (HttpRequestException)
        {
            return (null, patience.OnConnect);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (null, patience.OnReadTimeout);
        }
    }
}

/// <summary>An answer of the gateway.</summary>
internal sealed record TwilioAnswer(int Status, string MediaType, string Body);
