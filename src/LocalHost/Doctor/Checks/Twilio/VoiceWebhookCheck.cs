using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>Twilio asks the gateway when somebody calls a number of ours.</summary>
internal sealed class VoiceWebhookCheck : IDoctorCheck
{
    public string Id => CheckNames.VoiceWebhook;

    public IReadOnlyList<string> Needs => [CheckNames.TwilioNumber];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken) => Task.FromResult(Look(visit));

    private static Finding Look(DoctorVisit visit)
    {
        if (visit.Settings.Twilio is null)
        {
            return Finding.Skipped($"{SettingNames.TwilioEnabled} is false");
        }

        var fields = UrlSetting.Voice(visit);
        foreach (var number in visit.Numbers)
        {
            if (number.TrunkSid.Length > 0)
            {
                return Finding.Fail(
                    $"{number.Number} is on the Elastic SIP trunk {number.TrunkSid}, which uses no webhook",
                    "remove it from the trunk: twilio api:trunking:v1:trunks:phone-numbers:remove "
                        + $"--trunk-sid {number.TrunkSid} --sid {number.Sid}");
            }

            if (number.ApplicationSid.Length > 0)
            {
                return Finding.Fail(
                    $"{number.Number} uses the TwiML application {number.ApplicationSid}, so Twilio does not use the number's own webhook",
                    $"twilio api:core:incoming-phone-numbers:update --sid {number.Sid} --voice-application-sid ''");
            }

            if (!UrlSetting.Is(visit, number.VoiceUrl, GatewayRoutes.TwilioVoice) || number.VoiceMethod != "POST")
            {
                return Finding.Fail(
                    $"for a call to {number.Number} Twilio requests {number.VoiceMethod} {UrlSetting.Shown(number.VoiceUrl)}",
                    $"run doctor --fix, or {UrlSetting.Command(number, fields)}") with
                {
                    Repair = UrlSetting.Repair(visit, number, "voice webhook", fields),
                };
            }
        }

        return visit.Numbers.FirstOrDefault(number => !number.VoiceUrl.Contains("#rc=", StringComparison.Ordinal)) is { } once
            ? Finding.Warn(
                $"for a call to {once.Number} Twilio requests the gateway only once: it does not repeat a failed request",
                $"run doctor --fix, or {UrlSetting.Command(once, fields)}") with
            {
                Repair = UrlSetting.Repair(visit, once, "voice webhook", fields),
            }
            : Finding.Ok("Twilio requests the gateway for each call, and repeats a failed request");
    }
}
