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
    public TokenVerification Verify(string? authorization, ReadOnlySpan<byte> body)
    {
        var verification = LiveKitJwt.Check(keyring, authorization, timeProvider.GetUtcNow(), out var payload);
        return verification == TokenVerification.Authentic && !BodyHash.Matches(body, payload?.Sha256)
            ? TokenVerification.BodyMismatch
            : verification;
    }
}
