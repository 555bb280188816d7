using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Storage;
using VoiceFunctions.Tools;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The settings of this process: its environment, and what a simulated part brings along.</summary>
internal static class LocalSettings
{
    private static readonly string[] OfReplay =
    [
        SettingNames.LiveKitRoomPrefix,
        SettingNames.LiveKitSipTrunkIds,
        SettingNames.LiveKitSipRuleIds,
        SettingNames.LiveKitAgentName,
        SettingNames.LiveKitAgentIdentityPrefix,
        SettingNames.RoutesFile,
        SettingNames.RoutesJson,
    ];

    /// <summary>Reads the environment over what <paramref name="given"/> sets.</summary>
    /// <param name="given">Wins over the environment, except that routes and tools of the environment win over given ones.</param>
    /// <param name="environment">Gives an environment variable.</param>
    /// <param name="isSimulated">Whether the phone network is simulated.</param>
    public static GatewaySettings Read(
        IReadOnlyDictionary<string, string> given, Func<string, string?> environment, bool isSimulated = false) =>
        SettingsReader.Read(
            name => given.TryGetValue(name, out var value) && !HasOwn(environment, name) ? value : environment(name),
            File.ReadAllText,
            TableCallJournal.FaultOf,
            isSimulated,
            ToolSchema.FaultOf);

    /// <summary>
    /// The settings of a replay: the recording's key, and from the environment what tells whose rooms and agents they are, and the routes.
    /// </summary>
    public static GatewaySettings ForReplay(LiveKitKey key, Func<string, string?> environment) => Read(
        new Dictionary<string, string>
        {
            [SettingNames.PublicUrl] = "http://127.0.0.1",
            [SettingNames.LiveKitHost] = "http://127.0.0.1",
            [SettingNames.LiveKitApiKey] = key.Id,
            [SettingNames.LiveKitApiSecret] = key.Secret,
            [SettingNames.TwilioEnabled] = "false",
        },
        name => OfReplay.Contains(name) ? environment(name) : null);

    /// <summary>
    /// The settings that go with reading stored calls: storage and routes are the environment's, and nothing is asked of LiveKit or Twilio.
    /// Where no LiveKit is named, calls are taken to be those of a simulated network, as a gateway that serves takes them.
    /// </summary>
    public static GatewaySettings ForStoredCalls(Func<string, string?> environment)
    {
        var simulated = PastedValue.TextOf(environment(SettingNames.LiveKitHost)) is null ? SimulatedSettings.OfRoutes : [];
        return Read(
            new Dictionary<string, string>
            {
                [SettingNames.PublicUrl] = "http://127.0.0.1",
                [SettingNames.LiveKitHost] = "http://127.0.0.1",
                [SettingNames.LiveKitApiKey] = "unused",
                [SettingNames.LiveKitApiSecret] = "unused",
                [SettingNames.TwilioEnabled] = "false",
            },
            name => environment(name) ?? (HasOwn(environment, name) ? null : simulated.GetValueOrDefault(name)));
    }

    /// <summary>
    /// Whether a setting holds routes or tools and the environment has its own, perhaps in the other of the two settings.
    /// </summary>
    private static bool HasOwn(Func<string, string?> environment, string name)
    {
        return name switch
        {
            SettingNames.RoutesJson => IsSet(SettingNames.RoutesFile) || IsSet(name),
            SettingNames.ToolsJson => IsSet(SettingNames.ToolsFile) || IsSet(name),
            _ => false,
        };

        bool IsSet(string own) => !string.IsNullOrWhiteSpace(environment(own));
    }
}
