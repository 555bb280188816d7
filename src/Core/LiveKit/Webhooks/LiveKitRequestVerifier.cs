using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Admits webhooks that LiveKit signed. Refuses all others.</summary>
public sealed partial class LiveKitRequestVerifier(LiveKitWebhookVerifier verifier, ILogger<LiveKitRequestVerifier> logger)
{
    /// <summary>Checks a request.</summary>
    public AccessOutcome Check(GatewayRequest request)
    {
        var verification = verifier.Verify(request.Header("Authorization"), request.Body.Span);
        if (verification == TokenVerification.Authentic)
        {
            return AccessOutcome.Admitted();
        }

        TokenRefusals.Count(TokenRefusals.Webhook, verification);
        LogRefused(verification);
        return AccessOutcome.Refused(Problem.BadSignature);
    }

    [LoggerMessage(1501, LogLevel.Warning, "A LiveKit webhook was refused: {Verification}")]
    private partial void LogRefused(TokenVerification verification);
}
