using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost.Doctor.Checks;

/// <summary>The settings are complete and say what they can mean.</summary>
internal sealed class SettingsCheck : IDoctorCheck
{
    /// <summary>The name that LiveKit's own programs use for its address.</summary>
    private const string NameOfLiveKit = "LIVEKIT_URL";

    private const string Cloud = ".livekit.cloud";
    private const string SipOfCloud = ".sip.livekit.cloud";

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
            var found = wrong.Errors.Count > 0 ? string.Join("; ", wrong.Errors) : "the settings cannot be read";
            const string Change = "set these; docs/settings.md explains each of them";
            return Task.FromResult(Finding.Fail(
                found,
                HasOtherName(visit) ? $"{Change}. The gateway does not read {NameOfLiveKit}: name it {SettingNames.LiveKitHost}" : Change));
        }

        var settings = visit.Settings;
        return Task.FromResult(settings.Twilio is { SipHost.Value: var sip } && IsAgentsHost(sip)
            ? Finding.Fail(
                $"{SettingNames.LiveKitSipUri} is the project's address for agents; Twilio cannot dial it",
                $"copy the SIP URI from the project's settings at LiveKit; it ends with {SipOfCloud}")
            : settings.Repairs.Count > 0
            ? Finding.Warn(
                $"complete, but some values were repaired: {string.Join("; ", settings.Repairs)}", "correct them where they are set")
            : settings.TelephonyEnabled
            ? Finding.Ok(settings.Twilio is null ? "complete, for SIP trunks only" : "complete, for Twilio and SIP trunks")
            : Finding.Warn(
                $"complete, but {SettingNames.TelephonyEnabled} is false: no call gets an agent",
                $"set {SettingNames.TelephonyEnabled} to true"));
    }

    private static bool HasOtherName(DoctorVisit visit) =>
        string.IsNullOrEmpty(visit.Environment(SettingNames.LiveKitHost)) && !string.IsNullOrEmpty(visit.Environment(NameOfLiveKit));

    private static bool IsAgentsHost(string sip) => sip.Split(':', ';')[0] is var host
        && host.EndsWith(Cloud, StringComparison.OrdinalIgnoreCase)
        && !host.EndsWith(SipOfCloud, StringComparison.OrdinalIgnoreCase);
}
