using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// Admits requests that Twilio signed for an account of ours, with the parsed form as the credential. Refuses all others, and without
/// Twilio settings every request.
/// </summary>
/// <param name="settings">PUBLIC_URL and the accounts.</param>
/// <param name="timeProvider">Tells when the next line of a diagnosis may be logged.</param>
/// <param name="logger">Gets the refusals, without what was sent.</param>
public sealed partial class TwilioRequestVerifier(
    GatewaySettings settings, TimeProvider timeProvider, ILogger<TwilioRequestVerifier> logger)
    : IAccessCheck
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly TwilioSignature signature = SignatureOf(settings);
    private readonly SignatureDoctor doctor = new(timeProvider);

    /// <summary>Refuses what no body can make authentic.</summary>
    public AccessOutcome CheckHead(GatewayRequest request) => settings.Twilio is null
        ? AccessOutcome.Refused(Problem.BadSignature)
        : signature.RefuseHead(request) is { } refusal ? Refused(request, refusal) : AccessOutcome.Admitted();

    /// <summary>Checks the signature by the tokens of the form's account. Twilio names it in every form that it sends.</summary>
    public AccessOutcome CheckBody(GatewayRequest request)
    {
        var verification = signature.Verify(request, out var form);
        if (verification == TwilioVerification.Authentic)
        {
            return AccessOutcome.Admitted(form);
        }

        if (verification != TwilioVerification.TooManyFields
            && doctor.Of(() => TwilioDiagnosis.Of(request, settings.PublicUrl, settings.Twilio?.Accounts ?? [])) is { } diagnosis)
        {
            LogDiagnosed(diagnosis.Sentence);
        }

        return Refused(request, verification);
    }

    private static TwilioSignature SignatureOf(GatewaySettings settings)
    {
        var url = TwilioSignedUrl.Of(settings.PublicUrl);
        var written = TwilioSignedUrl.Of(settings.PublicUrlAsWritten);
        return new TwilioSignature(url, url.Spellings.Prepend(written).Except([url]), TwilioKeys.Of(settings.Twilio?.Accounts ?? []));
    }

    private AccessOutcome Refused(GatewayRequest request, TwilioVerification verification)
    {
        LogRefused(verification);
        return AccessOutcome.Refused(
            verification == TwilioVerification.TooManyFields ? Problem.TooLarge
            : IsForm(request.Header("Content-Type")) ? Problem.BadSignature
            : Problem.UnsupportedMediaType);
    }

    private static bool IsForm(string? contentType) =>
        contentType is null || contentType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(1101, LogLevel.Warning, "A request to a Twilio route was refused: {Verification}")]
    private partial void LogRefused(TwilioVerification verification);

    [LoggerMessage(1102, LogLevel.Error, "Twilio's requests are refused for their signature. {Diagnosis}")]
    private partial void LogDiagnosed(string diagnosis);
}
