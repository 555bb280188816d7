using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The settings of this process: its environment, and what a simulated part brings along.</summary>
internal static class LocalSettings
{
    /// <summary>Reads the environment over what <paramref name="given"/> sets.</summary>
    /// <param name="given">Wins over the environment, but for its routes: those of the environment are somebody's own.</param>
    /// <param name="environment">Gives an environment variable.</param>
    public static GatewaySettings Read(IReadOnlyDictionary<string, string> given, Func<string, string?> environment)
    {
        string[] ofRoutes = [SettingNames.RoutesFile, SettingNames.RoutesJson];
        var hasRoutes = ofRoutes.Any(name => !string.IsNullOrWhiteSpace(environment(name)));
        return SettingsReader.Read(
            name => given.TryGetValue(name, out var value) && !(hasRoutes && ofRoutes.Contains(name)) ? value : environment(name),
            File.ReadAllText);
    }

    /// <summary>The settings of a replay: nothing of this machine counts.</summary>
    public static GatewaySettings ForReplay(LiveKitKey key) => Read(
        new Dictionary<string, string>
        {
            [SettingNames.PublicUrl] = "http://127.0.0.1",
            [SettingNames.LiveKitHost] = "http://127.0.0.1",
            [SettingNames.LiveKitApiKey] = key.Id,
            [SettingNames.LiveKitApiSecret] = key.Secret,
            [SettingNames.TwilioEnabled] = "false",
        },
        _ => null);

    /// <summary>
    /// The settings that go with reading stored calls: storage and routes are the environment's, and nothing is asked of LiveKit or Twilio.
    /// Where no LiveKit is named, calls are taken to be those of a simulated network, as a gateway that serves takes them.
    /// </summary>
    public static GatewaySettings ForStoredCalls(Func<string, string?> environment)
    {
        var simulated = string.IsNullOrWhiteSpace(environment(SettingNames.LiveKitHost)) ? SimulatedSettings.OfRoutes : [];
        return Read(
            new Dictionary<string, string>(simulated.Where(setting => string.IsNullOrWhiteSpace(environment(setting.Key))))
            {
                [SettingNames.PublicUrl] = "http://127.0.0.1",
                [SettingNames.LiveKitHost] = "http://127.0.0.1",
                [SettingNames.LiveKitApiKey] = "unused",
                [SettingNames.LiveKitApiSecret] = "unused",
                [SettingNames.TwilioEnabled] = "false",
            },
            environment);
    }
}
