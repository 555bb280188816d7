using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.LiveKit;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The settings that go with a simulated network.</summary>
internal static class SimulatedSettings
{
    /// <summary>The human to whom callers fall back; nobody has this number.</summary>
    public const string FallbackNumber = "+15550100177";

    private const string ReserveAgent = "reserve-agent";

    /// <summary>What the network and the gateway's own address set.</summary>
    public static Dictionary<string, string> Of(PhoneNetwork network, Uri gateway) => new(network.GatewaySettings)
    {
        [SettingNames.PublicUrl] = gateway.GetLeftPart(UriPartial.Authority),
        [SettingNames.TwilioEnabled] = "true",
        [SettingNames.LiveKitReserveAgentName] = ReserveAgent,
        [SettingNames.FallbackNumber] = FallbackNumber,
    };

    /// <summary>What of these decides about calls: who reads the journal of a simulated network needs it to decide alike.</summary>
    public static Dictionary<string, string> OfRoutes { get; } = new()
    {
        [SettingNames.LiveKitReserveAgentName] = ReserveAgent,
        [SettingNames.FallbackNumber] = FallbackNumber,
        [SettingNames.LiveKitSipOutboundTrunkId] = new LiveKitSetup().OutboundTrunkId,
    };
}
