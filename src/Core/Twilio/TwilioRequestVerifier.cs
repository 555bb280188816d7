using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Lets only Twilio's own requests through, and gives their form.</summary>
public sealed partial class TwilioRequestVerifier(GatewaySettings settings, ILogger<TwilioRequestVerifier> logger)
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly TwilioSignature signature = new(settings.PublicUrl, settings.Twilio?.AuthTokens ?? []);

    /// <summary>Checks a request; where it is refused, <paramref name="refusal"/> is the answer.</summary>
    public bool TryVerify(GatewayRequest request, out TwilioForm form, [NotNullWhen(false)] out GatewayResponse? refusal)
    {
        var verification = signature.Verify(request, out form);
        if (verification == TwilioVerification.Authentic)
        {
            refusal = null;
            return true;
        }

        LogRefused(verification);
        refusal = IsForm(request.Header("Content-Type")) ? Problem.BadSignature : Problem.UnsupportedMediaType;
        return false;
    }

    private static bool IsForm(string? contentType) => contentType is null || contentType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(1101, LogLevel.Warning, "A request to a Twilio route was refused: {Verification}")]
    private partial void LogRefused(TwilioVerification verification);
}
