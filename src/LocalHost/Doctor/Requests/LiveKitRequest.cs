using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>Why a webhook with LiveKit's signature is refused.</summary>
internal static class LiveKitRequest
{
    private const string Sender = "livekit";

    public static RequestDiagnosis Of(SavedRequest request, GatewaySettings settings, DateTimeOffset now, DateTimeOffset? at)
    {
        var authorization = request.Headers["Authorization"];
        var told = at ?? (DateTimeOffset.TryParse(
            request.Headers.GetValueOrDefault("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? date
                : (DateTimeOffset?)null);
        var life = LifeOf(authorization);

        // A saved token is old by now. Unless somebody says when it came, it came while it was valid.
        var came = told ?? life?.From ?? now;
        var verifier = new LiveKitWebhookVerifier(settings.LiveKitKeys, new FixedTime(came));
        var verification = Verify(verifier, authorization, request);
        if (verification == TokenVerification.Authentic)
        {
            return told is null && life is { } valid && (now < valid.From || now > valid.Until)
                ? new RequestDiagnosis(
                    Sender,
                    IsAccepted: true,
                    "clock",
                    $"key, signature and body are right; the token is valid from {valid.From:u} to {valid.Until:u}, and a minute more",
                    "if the gateway refused it in that time, its clock is wrong; doctor request FILE --at TIME says by how much")
                : new RequestDiagnosis(
                    Sender,
                    IsAccepted: true,
                    "none",
                    "a gateway with these settings accepts it",
                    $"compare {SettingNames.LiveKitApiKey}, its secret and the clock of the gateway that refused it");
        }

        var (cause, change) = Meaning(verification);
        return new RequestDiagnosis(Sender, IsAccepted: false, cause, Sentence(verifier, authorization, verification), change);
    }

    /// <summary>Checks it; a line end that an editor put after the body is forgiven.</summary>
    private static TokenVerification Verify(LiveKitWebhookVerifier verifier, string authorization, SavedRequest request)
    {
        var verification = verifier.Verify(authorization, request.Body.Span);
        return verification == TokenVerification.BodyMismatch && !request.Headers.ContainsKey("Content-Length")
            ? verifier.Verify(authorization, request.Body.Span.TrimEnd("\r\n"u8))
            : verification;
    }

    private static string Sentence(LiveKitWebhookVerifier verifier, string authorization, TokenVerification verification) =>
        verification switch
        {
            TokenVerification.MissingToken or TokenVerification.MalformedToken =>
                "Authorization holds no token of LiveKit's; it may be another's, such as a user name and a password",
            TokenVerification.WrongAlgorithm or TokenVerification.CriticalHeader =>
                "the token is not signed as LiveKit signs, with HS256: it is another service's",
            TokenVerification.MissingExpiry => "the token has no end, as LiveKit's always have",
            _ => verifier.Diagnose(authorization, verification).Sentence,
        };

    private static (string Cause, string Change) Meaning(TokenVerification verification) => verification switch
    {
        TokenVerification.Expired or TokenVerification.NotYetValid or TokenVerification.LivesTooLong =>
            ("clock", "set the clock of the gateway's machine by NTP"),
        TokenVerification.BodyMismatch =>
            ("body", "let nothing on the way read and rewrite the body; the hash is of its bytes"),
        TokenVerification.UnknownKey =>
            (
                "unknown-key",
                $"choose {SettingNames.LiveKitApiKey} as the webhook's signing key at LiveKit, or set it to the key that signs"),
        TokenVerification.BadSignature =>
            ("secret", $"copy {SettingNames.LiveKitApiSecret} once more from the keys of the project"),
        _ => ("token", "let Authorization through as it comes: no login of App Service or of a proxy before /livekit/webhook"),
    };

    /// <summary>From when to when a token says that it is valid; <c>null</c> where it cannot be read.</summary>
    private static (DateTimeOffset From, DateTimeOffset Until)? LifeOf(string authorization)
    {
        if (authorization.Split('.') is not [_, var claims, _] || !Base64Url.IsValid(claims))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            return Seconds(json.RootElement, "exp") is { } until
                ? (Seconds(json.RootElement, "nbf") ?? Seconds(json.RootElement, "iat") ?? until, until)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Seconds(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
