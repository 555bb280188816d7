using System.Diagnostics;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Decides whether LiveKit sent a webhook: an HS256 token, signed by a key of the keyring, valid now (60 s of leeway), whose
/// <c>sha256</c> claim is the hash of the body's raw bytes. Never throws, whatever it is given.
/// </summary>
public sealed class LiveKitWebhookVerifier(LiveKitKeyring keyring, TimeProvider timeProvider)
{
    /// <summary>Checks one request.</summary>
    /// <param name="authorization">The Authorization header: the bare token as LiveKit sends it, or <c>Bearer</c> and the token.</param>
    /// <param name="body">The body exactly as received.</param>
    public WebhookVerification Verify(string? authorization, ReadOnlySpan<byte> body) =>
        LiveKitJwt.Check(keyring, authorization, timeProvider.GetUtcNow(), out var payload) switch
        {
            TokenVerification.Missing => WebhookVerification.MissingToken,
            TokenVerification.Malformed => WebhookVerification.MalformedToken,
            TokenVerification.WrongAlgorithm => WebhookVerification.WrongAlgorithm,
            TokenVerification.UnknownKey => WebhookVerification.UnknownKey,
            TokenVerification.BadSignature => WebhookVerification.BadSignature,
            TokenVerification.MissingExpiry => WebhookVerification.MissingExpiry,
            TokenVerification.Expired => WebhookVerification.Expired,
            TokenVerification.NotYetValid => WebhookVerification.NotYetValid,
            TokenVerification.Valid when BodyHash.Matches(body, payload?.Sha256) => WebhookVerification.Authentic,
            TokenVerification.Valid => WebhookVerification.BodyMismatch,
            _ => throw new UnreachableException(),
        };
}
