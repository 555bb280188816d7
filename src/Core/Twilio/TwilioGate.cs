using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Lets only Twilio's own requests through, and gives their form.</summary>
public sealed partial class TwilioGate(GatewaySettings settings, ILogger<TwilioGate> logger)
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly TwilioSignature signature = new(settings.PublicUrl, settings.Twilio?.AuthTokens ?? []);

    /// <summary>Checks a request; where it is refused, <paramref name="refusal"/> is the answer.</summary>
    public bool TryEnter(GatewayRequest request, out TwilioForm form, [NotNullWhen(false)] out GatewayResponse? refusal)
    {
        form = TwilioForm.Empty;
        if (request.Header("Content-Type") is { } type && !type.StartsWith(FormType, StringComparison.OrdinalIgnoreCase))
        {
            refusal = Problem.UnsupportedMediaType;
            return false;
        }

        var verification = signature.Verify(request, out form);
        refusal = verification == TwilioVerification.Authentic ? null : Problem.BadSignature;
        if (refusal is not null)
        {
            LogRefused(verification);
        }

        return refusal is null;
    }

    [LoggerMessage(1101, LogLevel.Warning, "A request to a Twilio route was refused: {Verification}")]
    private partial void LogRefused(TwilioVerification verification);
}
