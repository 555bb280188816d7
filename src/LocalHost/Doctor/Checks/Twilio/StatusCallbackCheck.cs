using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>Twilio tells the gateway when a call is over.</summary>
internal sealed class StatusCallbackCheck : IDoctorCheck
{
    public string Id => CheckNames.StatusCallback;

    public IReadOnlyList<string> Needs => [CheckNames.TwilioNumber];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken) => Task.FromResult(Look(visit));

    private static Finding Look(DoctorVisit visit)
    {
        if (visit.Settings.Twilio is null)
        {
            return Finding.Skipped($"{SettingNames.TwilioEnabled} is false");
        }

        var fields = UrlSetting.Status(visit);
        foreach (var number in visit.Numbers)
        {
            if (!UrlSetting.Is(visit, number.StatusCallback, GatewayRoutes.TwilioStatus) || number.StatusCallbackMethod != "POST")
            {
                return Finding.Fail(
                    $"Twilio reports the end of a call to {number.Number} to {number.StatusCallbackMethod} "
                        + UrlSetting.Shown(number.StatusCallback),
                    $"run doctor --fix, or {UrlSetting.Command(number, fields)}") with
                {
                    Repair = UrlSetting.Repair(visit, number, "status callback", fields),
                };
            }
        }

        return Finding.Ok("Twilio reports the end of a call to the gateway");
    }
}
