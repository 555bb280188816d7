using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Checks whether LiveKit sent a webhook. Its token must be signed with HS256 by a key of the keyring and valid now, with 60 s of leeway.
/// The token's <c>sha256</c> claim must be the hash of the body's raw bytes. Never throws.
/// </summary>
public sealed class LiveKitWebhookVerifier(LiveKitKeyring keyring, TimeProvider timeProvider)
{
    /// <summary>
    /// Checks the token alone, before a body is read. The token of a participant or of the API, which has no hash, is refused here too.
    /// </summary>
    /// <param name="authorization">The Authorization header: the bare token as LiveKit sends it, or <c>Bearer</c> and the token.</param>
    /// <param name="bodyHash">What <see cref="IsBody"/> compares the body with.</param>
    public TokenVerification VerifyToken(string? authorization, out string? bodyHash)
    {
        var verification = LiveKitJwt.Check(keyring, authorization, timeProvider.GetUtcNow(), out var payload);
        bodyHash = payload?.Sha256;
        return verification == TokenVerification.Authentic && bodyHash is null ? TokenVerification.BodyMismatch : verification;
    }

    /// <summary>Why a webhook was refused, for operators.</summary>
    public SignatureDiagnosis Diagnose(string? authorization, TokenVerification verification) =>
        LiveKitDiagnosis.Of(keyring, authorization, verification, timeProvider.GetUtcNow());

    /// <summary>Whether a body is the one that a token's hash names, compared in constant time.</summary>
    public static bool IsBody(ReadOnlySpan<byte> body, string? bodyHash) => BodyHash.Matches(body, bodyHash);

    /// <summary>Checks token and body.</summary>
    /// <param name="authorization">The Authorization header: the bare token as LiveKit sends it, or <c>Bearer</c> and the token.</param>
    /// <param name="body">The body exactly as received.</param>
    public TokenVerification Verify(string? authorization, ReadOnlySpan<byte> body)
    {
        var verification = VerifyToken(authorization, out var bodyHash);
        return verification == TokenVerification.Authentic && !IsBody(body, bodyHash) ? TokenVerification.BodyMismatch : verification;
    }
}
