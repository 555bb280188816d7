using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.LiveKit.Sip;

namespace VoiceFunctions.Simulator.LiveKit;

/// <summary>How a simulated LiveKit is set up.</summary>
public sealed record LiveKitSetup
{
    /// <summary>The API key that it knows and that signs its webhooks.</summary>
    public LiveKitKey Key { get; init; } = new("APISimulation", "a-secret-of-the-simulation-0123456789");

    /// <summary>Its SIP trunks; the first one that takes a number has it.</summary>
    public IReadOnlyList<SipTrunk> Trunks { get; init; } = [];

    /// <summary>The trunk over which it dials out, <c>ST_…</c>.</summary>
    public string OutboundTrunkId { get; init; } = "ST_SimulatedOutbound";

    /// <summary>The number that a dialled phone shows where the request names none.</summary>
    public string OutboundNumber { get; init; } = "+15550199";
}
