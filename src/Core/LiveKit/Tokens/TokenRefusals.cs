using System.Diagnostics;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>Counts refused tokens with the reason, which their senders are not told.</summary>
internal static class TokenRefusals
{
    /// <summary>The door of LiveKit's webhooks.</summary>
    public const string Webhook = "webhook";

    /// <summary>The door of agents' leases.</summary>
    public const string Lease = "lease";

    public static void Count(string door, TokenVerification reason) =>
        GatewayMeter.TokenRefused.Add(1, new("door", door), new("reason", TagOf(reason)));

    private static string TagOf(TokenVerification reason) => reason switch
    {
        TokenVerification.MissingToken => "missing_token",
        TokenVerification.MalformedToken => "malformed_token",
        TokenVerification.WrongAlgorithm => "wrong_algorithm",
        TokenVerification.CriticalHeader => "critical_header",
        TokenVerification.UnknownKey => "unknown_key",
        TokenVerification.BadSignature => "bad_signature",
        TokenVerification.MissingExpiry => "missing_expiry",
        TokenVerification.Expired => "expired",
        TokenVerification.LivesTooLong => "lives_too_long",
        TokenVerification.NotYetValid => "not_yet_valid",
        TokenVerification.BodyMismatch => "body_mismatch",
        _ => throw new UnreachableException(),
    };
}
