using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Checks whether LiveKit sent a webhook. Its token must be signed with HS256 by a key of the keyring and valid now, with 60 s of leeway.
/// The token's <c>sha256</c> claim must be the hash of the body's raw bytes. Never throws.
/// </summary>
public sealed class LiveKitWebhookVerifier(LiveKitKeyring keyring, TimeProvider timeProvider)
{
    /// <summary>Checks one request.</summary>
    /// <param name="authorization">The Authorization header: the bare token as LiveKit sends it, or <c>Bearer</c> and the token.</param>
    /// <param name="body">The body exactly as received.</param>
    public TokenVerification Verify(string? authorization, ReadOnlySpan<byte> body)
    {
        var verification = LiveKitJwt.Check(keyring, authorization, timeProvider.GetUtcNow(), out var payload);
        return verification == TokenVerification.Authentic && !BodyHash.Matches(body, payload?.Sha256)
            ? TokenVerification.BodyMismatch
            : verification;
    }
}
