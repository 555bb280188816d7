using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>A caller gets something else than an error while the gateway is away.</summary>
internal sealed class FallbackUrlCheck : IDoctorCheck
{
    public string Id => CheckNames.FallbackUrl;

    public IReadOnlyList<string> Needs => [CheckNames.TwilioNumber];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Settings.Twilio is null)
        {
            return Task.FromResult(Finding.Skipped($"{SettingNames.TwilioEnabled} is false"));
        }

        var open = visit.Numbers.FirstOrDefault(number =>
            number.FallbackUrl.Length == 0 || UrlSetting.IsAt(visit.Settings, number.FallbackUrl));
        return Task.FromResult(open switch
        {
            null => Finding.Ok("it is set, and does not depend on the gateway"),
            { FallbackUrl: "" } => Finding.Warn(
                $"{open.Number} has none: while the gateway is down, callers hear Twilio's error message", ChangeOf(open)),
            _ => Finding.Warn(
                $"that of {open.Number} is the gateway itself, which is down whenever Twilio needs it",
                ChangeOf(open)),
        });
    }

    private static string ChangeOf(OwnNumber number) =>
        "create a TwiML Bin that dials a human, and set the number's fallback: twilio api:core:incoming-phone-numbers:update "
            + $"--sid {number.Sid} --voice-fallback-url https://handler.twilio.com/twiml/EH…";
}
