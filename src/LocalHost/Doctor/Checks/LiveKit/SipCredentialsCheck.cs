using VoiceFunctions.Core.LiveKit.Api.Sip;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>Twilio shows LiveKit the user name and password that the trunk wants.</summary>
internal sealed class SipCredentialsCheck : IDoctorCheck
{
    public string Id => CheckNames.SipCredentials;

    public IReadOnlyList<string> Needs => [CheckNames.InboundTrunk];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken) => Task.FromResult(Look(visit));

    private static Finding Look(DoctorVisit visit)
    {
        if (visit.Settings.Twilio is not { Credentials: var ours } || visit.Trunk is not { } trunk)
        {
            return Finding.Skipped($"{SettingNames.TwilioEnabled} is false");
        }

        const string Names = $"{SettingNames.LiveKitSipUsername} and {SettingNames.LiveKitSipPassword}";
        return (ours, trunk) switch
        {
            (null, { Username: "" }) => Finding.Warn(
                $"the trunk {trunk.Id} requires no password" + (trunk.AllowedAddresses.Count == 0 ? ": anybody can call in" : ""),
                $"give the trunk a user name and a password, and set {Names} to them"),
            (null, _) => Finding.Fail(
                $"the trunk {trunk.Id} requires a user name and a password, and {Names} are not set", $"set {Names} to the trunk's"),
            (_, { Username: "" }) => Finding.Fail(
                $"the trunk {trunk.Id} requires no user name, but {SettingNames.LiveKitSipUsername} is set",
                "give the trunk that user name and password, so that only Twilio can call in"),
            _ when trunk.Username != ours.Username => Finding.Fail(
                $"the trunk {trunk.Id} requires another user name than {SettingNames.LiveKitSipUsername}: LiveKit refuses Twilio's calls",
                $"lk sip inbound list shows the trunk's user name; set {Names} to the trunk's"),
            _ when IsShown(trunk) && trunk.Password != ours.Password => Finding.Fail(
                $"the trunk {trunk.Id} requires another password than {SettingNames.LiveKitSipPassword}: LiveKit refuses Twilio's calls",
                $"lk sip inbound update --id {trunk.Id} --auth-user {ours.Username} --auth-pass … sets the trunk's"),
            _ => Finding.Ok(
                IsShown(trunk)
                    ? "the trunk requires the user name and password of the settings"
                    : "the trunk requires the user name of the settings; LiveKit does not show its password"),
        };
    }

    /// <summary>Whether LiveKit tells the password, and no asterisks for it.</summary>
    private static bool IsShown(LiveKitInboundTrunk trunk) => trunk.Password.Any(letter => letter != '*');
}
