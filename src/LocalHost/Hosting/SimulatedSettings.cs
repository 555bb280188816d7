using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The settings that go with a simulated network.</summary>
internal static class SimulatedSettings
{
    /// <summary>The human to whom callers fall back; nobody has this number.</summary>
    public const string FallbackNumber = "+15550100177";

    /// <summary>What the network and the gateway's own address set.</summary>
    public static Dictionary<string, string> Of(PhoneNetwork network, Uri gateway) => new(network.GatewaySettings)
    {
        [SettingNames.PublicUrl] = gateway.GetLeftPart(UriPartial.Authority),
        [SettingNames.TwilioEnabled] = "true",
        [SettingNames.LiveKitReserveAgentName] = "reserve-agent",
        [SettingNames.FallbackNumber] = FallbackNumber,
    };
}
