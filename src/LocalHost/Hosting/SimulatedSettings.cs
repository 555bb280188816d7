using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The settings that go with a simulated network.</summary>
internal static class SimulatedSettings
{
    /// <summary>What the network and the gateway's own address set.</summary>
    public static Dictionary<string, string> Of(PhoneNetwork network, Uri gateway) => new(
        [.. network.GatewaySettings, .. ScenarioCatalog.GatewaySettings])
    {
        [SettingNames.PublicUrl] = gateway.GetLeftPart(UriPartial.Authority),
        [SettingNames.TwilioEnabled] = "true",
    };

    /// <summary>What of these decides about calls: who reads the journal of a simulated network needs it to decide alike.</summary>
    public static Dictionary<string, string> OfRoutes { get; } = new(ScenarioCatalog.GatewaySettings)
    {
        [SettingNames.LiveKitSipOutboundTrunkId] = new LiveKitSetup().OutboundTrunkId,
    };
}
