using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>Admits requests that Twilio signed, with the parsed form as the credential. Refuses all others.</summary>
public sealed partial class TwilioRequestVerifier(GatewaySettings settings, ILogger<TwilioRequestVerifier> logger)
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly TwilioSignature signature = new(settings.PublicUrl, settings.Twilio?.AuthTokens ?? []);

    /// <summary>Checks a request. Without Twilio settings, every request is refused.</summary>
    public AccessOutcome Check(GatewayRequest request)
    {
        if (settings.Twilio is null)
        {
            return AccessOutcome.Refused(Problem.BadSignature);
        }

        var verification = signature.Verify(request, out var form);
        if (verification == TwilioVerification.Authentic)
        {
            return AccessOutcome.Admitted(form);
        }

        LogRefused(verification);
        return AccessOutcome.Refused(IsForm(request.Header("Content-Type")) ? Problem.BadSignature : Problem.UnsupportedMediaType);
    }

    private static bool IsForm(string? contentType) =>
        contentType is null || contentType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(1101, LogLevel.Warning, "A request to a Twilio route was refused: {Verification}")]
    private partial void LogRefused(TwilioVerification verification);
}
