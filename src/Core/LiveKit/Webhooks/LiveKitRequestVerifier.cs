using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Admits webhooks that LiveKit signed. Refuses all others: by the token before the body is read, and by the body's hash afterwards.
/// </summary>
/// <param name="verifier">Checks tokens and bodies.</param>
/// <param name="timeProvider">Tells when the next line of a diagnosis may be logged.</param>
/// <param name="logger">Gets the refusals, without what was sent.</param>
public sealed partial class LiveKitRequestVerifier(
    LiveKitWebhookVerifier verifier, TimeProvider timeProvider, ILogger<LiveKitRequestVerifier> logger)
    : IAccessCheck
{
    private readonly SignatureDoctor doctor = new(timeProvider);

    /// <summary>Checks the token. The credential is the hash that the body must have.</summary>
    public AccessOutcome CheckHead(GatewayRequest request)
    {
        var verification = verifier.VerifyToken(request.Header("Authorization"), out var bodyHash);
        return verification == TokenVerification.Authentic ? AccessOutcome.Admitted(bodyHash) : Refused(request, verification);
    }

    /// <summary>Checks that the body has the token's hash.</summary>
    public AccessOutcome CheckBody(GatewayRequest request) =>
        LiveKitWebhookVerifier.IsBody(request.Body.Span, (string?)request.Credential)
            ? AccessOutcome.Admitted()
            : Refused(request, TokenVerification.BodyMismatch);

    private AccessOutcome Refused(GatewayRequest request, TokenVerification verification)
    {
        TokenRefusals.Count(TokenRefusals.Webhook, verification);
        LogRefused(verification);
        if (verification is not (TokenVerification.MissingToken or TokenVerification.MalformedToken)
            && doctor.Of(() => verifier.Diagnose(request.Header("Authorization"), verification)) is { } diagnosis)
        {
            LogDiagnosed(diagnosis.Sentence);
        }

        return AccessOutcome.Refused(Problem.BadSignature);
    }

    [LoggerMessage(1501, LogLevel.Warning, "A LiveKit webhook was refused: {Verification}")]
    private partial void LogRefused(TokenVerification verification);

    [LoggerMessage(1503, LogLevel.Error, "LiveKit's webhooks are refused for their signature. {Diagnosis}")]
    private partial void LogDiagnosed(string diagnosis);
}
