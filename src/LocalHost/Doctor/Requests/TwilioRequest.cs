using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>Why a request with Twilio's signature is refused.</summary>
internal static class TwilioRequest
{
    private const string Sender = "twilio";
    private static readonly string[] HostHeaders = ["Host", "X-Forwarded-Host", "X-Original-Host", "DISGUISED-HOST"];
    private static readonly string[] Prefixes = ["", "/api"];

    public static RequestDiagnosis Of(SavedRequest request, GatewaySettings settings, DateTimeOffset now)
    {
        if (settings.Twilio is not { Accounts: var accounts })
        {
            return Refused("off", $"{SettingNames.TwilioEnabled} is false, so every Twilio request is refused", "set it to true");
        }

        var signature = request.Headers[TwilioSignature.HeaderName];
        if (!Base64.IsValid(signature, out var bytes) || bytes != HMACSHA1.HashSizeInBytes)
        {
            return Refused(
                "signature",
                $"{TwilioSignature.HeaderName} is not a signature of Twilio: that has 20 bytes in base64, which is 28 characters",
                "pass the header on unchanged; a '+' in it must not become a blank");
        }

        if (request.Method != "POST")
        {
            return Refused(
                "method",
                $"it came with {request.Method}, but the gateway's routes accept POST",
                "set the webhook's method to POST at Twilio; a redirect (301, 302) in front of the gateway also turns a POST into a GET");
        }

        var gateway = request.ToGateway();
        if (IsTaken(gateway, settings, now))
        {
            return new RequestDiagnosis(
                Sender,
                IsAccepted: true,
                "none",
                "a gateway with these settings accepts it",
                "compare the settings of the gateway that refused it: PUBLIC_URL, TWILIO_AUTH_TOKEN, TWILIO_ACCOUNTS");
        }

        var found = TwilioDiagnosis.Of(gateway, settings.PublicUrl, accounts);
        return found.Change == SignatureChange.None && SignedUrl(request, settings) is { } signed
            ? Refused(
                "url",
                $"Twilio signed {signed}, which differs from PUBLIC_URL in more than one part",
                $"set {SettingNames.PublicUrl} to that URL without its route, or point the webhook at {SettingNames.PublicUrl}")
            : Refused(NameOf(found.Change), found.Sentence, ChangeOf(found.Change, request, settings));
    }

    private static bool IsTaken(GatewayRequest request, GatewaySettings settings, DateTimeOffset now)
    {
        var verifier = new TwilioRequestVerifier(settings, new FixedTime(now), NullLogger<TwilioRequestVerifier>.Instance);
        return verifier.CheckHead(request).Refusal is null && verifier.CheckBody(request).Refusal is null;
    }

    /// <summary>The URL that Twilio signed, where it is made of what the request says of itself; without its query.</summary>
    private static string? SignedUrl(SavedRequest request, GatewaySettings settings)
    {
        var form = TwilioForm.Parse(request.Body.Span);
        var signature = Encoding.ASCII.GetBytes(request.Headers[TwilioSignature.HeaderName]);
        var hosts = HostHeaders.Select(name => request.Headers.GetValueOrDefault(name)).OfType<string>().Where(host => host.Length < 256);
        var urls =
            from host in hosts.SelectMany(host => (string[])[host, host.Split(':')[0]]).Distinct(StringComparer.Ordinal)
            from scheme in (string[])["https", "http"]
            from prefix in Prefixes.Append(settings.PublicPath).Distinct(StringComparer.Ordinal)
            select $"{scheme}://{host}{prefix}{request.Target}";
        return urls.FirstOrDefault(url => settings.Twilio!.Accounts
            .SelectMany(account => account.AuthTokens)
            .Select(token => Encoding.ASCII.GetBytes(TwilioSignature.Sign(url, form, token)))
            .Any(expected => CryptographicOperations.FixedTimeEquals(expected, signature)))
            ?.Split('?')[0];
    }

    private static RequestDiagnosis Refused(string cause, string sentence, string change) => new(Sender, false, cause, sentence, change);

    private static string NameOf(SignatureChange change) => change switch
    {
        SignatureChange.None or SignatureChange.Key => "key",
        SignatureChange.TrailingSlash => "trailing-slash",
        SignatureChange.PathPrefix => "path-prefix",
        _ => change.ToString().ToLowerInvariant(),
    };

    private static string ChangeOf(SignatureChange change, SavedRequest request, GatewaySettings settings) => change switch
    {
        SignatureChange.Scheme =>
            $"set {SettingNames.PublicUrl} to the scheme that the webhook has at Twilio; before a proxy that is the outer one",
        SignatureChange.Host =>
            $"{SettingNames.PublicUrl} is {settings.PublicUrl}, and the request names the host "
                + $"{HostHeaders.Select(name => request.Headers.GetValueOrDefault(name)).OfType<string>().LastOrDefault()}: "
                + $"point the webhook at {SettingNames.PublicUrl}, or set {SettingNames.PublicUrl} to the host that Twilio calls",
        SignatureChange.Port => $"write the same port in {SettingNames.PublicUrl} and in the webhook's URL, best none",
        SignatureChange.TrailingSlash => "take the slash at the end of the webhook's URL away, and let nothing on the way add or take one",
        SignatureChange.PathPrefix =>
            $"set {SettingNames.PublicUrl} to what stands before /twilio in the webhook's URL, its path prefix included",
        SignatureChange.Query => "let nothing on the way change the query, and set the webhook's URL as doctor's voice-webhook says",
        SignatureChange.Body => "let nothing on the way read and rewrite the body: no form parser, no firewall rule that rewrites it",
        _ => "run ./run.sh doctor: twilio-account and twilio-region say whether the token is the account's and the region's; an API key's "
            + "secret signs nothing",
    };
}
