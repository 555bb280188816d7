using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost.Doctor.Checks;

/// <summary>The settings are complete and say what they can mean.</summary>
internal sealed class SettingsCheck : IDoctorCheck
{
    public string Id => CheckNames.Settings;

    public IReadOnlyList<string> Needs => [];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        try
        {
            visit.Settings = LocalSettings.Read(new Dictionary<string, string>(), visit.Environment);
        }
        catch (SettingsException wrong)
        {
            return Task.FromResult(Finding.Fail(
                wrong.Errors.Count > 0 ? string.Join("; ", wrong.Errors) : "the settings cannot be read",
                "set these; docs/settings.md explains each of them"));
        }

        var settings = visit.Settings;
        return Task.FromResult(settings.Repairs.Count > 0
            ? Finding.Warn(
                $"complete, but some values were repaired: {string.Join("; ", settings.Repairs)}", "correct them where they are set")
            : settings.TelephonyEnabled
            ? Finding.Ok(settings.Twilio is null ? "complete, for SIP trunks only" : "complete, for Twilio and SIP trunks")
            : Finding.Warn(
                $"complete, but {SettingNames.TelephonyEnabled} is false: no call gets an agent",
                $"set {SettingNames.TelephonyEnabled} to true"));
    }
}
