using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Hosting;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>Settings that are complete.</summary>
internal static class Settings
{
    public static readonly IReadOnlyDictionary<string, string> Complete = new Dictionary<string, string>
    {
        [SettingNames.PublicUrl] = "https://voice.example.com",
        [SettingNames.LiveKitHost] = "https://livekit.example.com",
        [SettingNames.LiveKitApiKey] = "APIkey",
        [SettingNames.LiveKitApiSecret] = "a-secret-of-thirty-two-characters",
        [SettingNames.TwilioAccountSid] = "AC00000000000000000000000000000000",
        [SettingNames.TwilioAuthToken] = "a-token",
        [SettingNames.LiveKitSipUri] = "sip:project.sip.livekit.cloud",
        [SettingNames.StorageConnection] = "UseDevelopmentStorage=true",
    };

    public static GatewaySettings Read(params (string Name, string? Value)[] changes) =>
        HostSettings.Read(
            name => changes.Any(change => change.Name == name)
                ? changes.First(change => change.Name == name).Value
                : Complete.GetValueOrDefault(name),
            _ => "{}");
}
