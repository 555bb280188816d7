using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Admits webhooks that LiveKit signed. Refuses all others: by the token before the body is read, and by the body's hash afterwards.
/// </summary>
public sealed partial class LiveKitRequestVerifier(LiveKitWebhookVerifier verifier, ILogger<LiveKitRequestVerifier> logger) : IAccessCheck
{
    /// <summary>Checks the token. The credential is the hash that the body must have.</summary>
    public AccessOutcome CheckHead(GatewayRequest request)
    {
        var verification = verifier.VerifyToken(request.Header("Authorization"), out var bodyHash);
        return verification == TokenVerification.Authentic ? AccessOutcome.Admitted(bodyHash) : Refused(verification);
    }

    /// <summary>Checks that the body has the token's hash.</summary>
    public AccessOutcome CheckBody(GatewayRequest request) =>
        LiveKitWebhookVerifier.IsBody(request.Body.Span, (string?)request.Credential)
            ? AccessOutcome.Admitted()
            : Refused(TokenVerification.BodyMismatch);

    private AccessOutcome Refused(TokenVerification verification)
    {
        TokenRefusals.Count(TokenRefusals.Webhook, verification);
        LogRefused(verification);
        return AccessOutcome.Refused(Problem.BadSignature);
    }

    [LoggerMessage(1501, LogLevel.Warning, "A LiveKit webhook was refused: {Verification}")]
    private partial void LogRefused(TokenVerification verification);
}
