using System.Net.Http.Headers;
using System.Text;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Faults;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>Somebody who knows everything but the secrets: repeats authentic requests with something changed. Each must get 401.</summary>
internal sealed class Forger(PhoneNetwork network, Uri gateway, Chance chance, Tally tally, Action<string> accepted) : IDisposable
{
    private const string Signed = "Authorization";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker http = network.Time.CreateClient();
    private PassedRequest? webhook;
    private PassedRequest? form;

    /// <summary>Sees an authentic request.</summary>
    public void See(PassedRequest request)
    {
        if (request.Path.EndsWith(GatewayRoutes.LiveKitWebhook.Template, StringComparison.Ordinal))
        {
            webhook = request;
        }
        else if (request.Path.StartsWith("/twilio/", StringComparison.Ordinal))
        {
            form = request;
        }
    }

    /// <summary>Goes on until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await network.Time.Delay(chance.UpTo("forger", Between), stopping);
                if ((chance.Happens("forge webhook", 0.6) ? ForgedWebhook() : ForgedForm()) is var (name, request))
                {
                    await SendAsync(name, request, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Enough.
        }
    }

    public void Dispose() => http.Dispose();

    private (string Name, PassedRequest Request)? ForgedWebhook()
    {
        if (webhook is not { } seen)
        {
            return null;
        }

        var now = network.Time.Clock.GetUtcNow();
        var key = network.LiveKit.Key;
        return (int)(chance.Next("webhook forgery") * 5) switch
        {
            0 => ("forged webhook: body changed", seen with
            {
                Body = Encoding.UTF8.GetBytes(
                    Encoding.UTF8.GetString(seen.Body).Replace("\"id\":\"EV_", "\"id\":\"EV_forged", StringComparison.Ordinal)),
            }),
            1 => ("forged webhook: stale token", With(seen, Signed, LiveKitWebhookSigner.Sign(key, seen.Body, now - TooOld))),
            2 => ("forged webhook: wrong secret", With(
                seen, Signed, LiveKitWebhookSigner.Sign(key with { Secret = "not-the-secret-of-the-simulation-0" }, seen.Body, now))),
            3 => ("forged webhook: unknown key", With(
                seen, Signed, LiveKitWebhookSigner.Sign(new LiveKitKey("APINobody", key.Secret), seen.Body, now))),
            _ => ("forged webhook: no token", With(seen, Signed, null)),
        };
    }

    private (string Name, PassedRequest Request)? ForgedForm()
    {
        if (form is not { } seen)
        {
            return null;
        }

        var url = $"{gateway.GetLeftPart(UriPartial.Authority)}{seen.Target}";
        return (int)(chance.Next("form forgery") * 3) switch
        {
            0 => ("forged form: field changed", seen with { Body = [.. seen.Body, .. "&Forged=1"u8] }),
            1 => ("forged form: wrong token", With(
                seen, TwilioSignature.HeaderName, TwilioSignature.Sign(url, TwilioForm.Parse(seen.Body), "not-the-token"))),
            _ => ("forged form: no signature", With(seen, TwilioSignature.HeaderName, null)),
        };
    }

    private async Task SendAsync(string name, PassedRequest forged, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(forged.Method), new Uri(gateway, forged.Target))
        {
            Content = new ByteArrayContent(forged.Body),
        };
        request.Headers.Add(Balancer.ForgedHeader, "1");
        foreach (var (header, value) in forged.Headers)
        {
            if (header == "Content-Type")
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header, value);
            }
        }

        using var response = await http.SendAsync(request, cancellationToken);
        tally.Add(name);
        if ((int)response.StatusCode is not (401 or 502 or 503))
        {
            accepted($"{name} to {forged.Path} was answered {(int)response.StatusCode}");
        }
    }

    private static PassedRequest With(PassedRequest request, string header, string? value)
    {
        var others = request.Headers.Where(other => !other.Key.Equals(header, StringComparison.OrdinalIgnoreCase));
        return request with { Headers = value is null ? [.. others] : [.. others, KeyValuePair.Create(header, value)] };
    }
}
