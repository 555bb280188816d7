using VoiceFunctions.Simulator.Clients;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.Simulator;

/// <summary>How a phone network is set up. The defaults are a network without faults.</summary>
public sealed record PhoneNetworkSetup
{
    /// <summary>All chance comes from this.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What goes wrong on the way to the gateway, for LiveKit's webhooks and for Twilio's requests.</summary>
    public DeliveryFaults Faults { get; init; } = DeliveryFaults.None;

    /// <summary>What the rooms of our calls are named after, as in <c>call_…</c>: the room prefix of the dispatch rules.</summary>
    public string RoomPrefix { get; init; } = "call";

    /// <summary>The API key of LiveKit.</summary>
    public LiveKitSetup LiveKit { get; init; } = new();

    /// <summary>The Twilio account.</summary>
    public TwilioSetup Twilio { get; init; } = new();

    /// <summary>Who uses the gateway's API.</summary>
    public ApiTenant Tenant { get; init; } = new();

    /// <summary>The user and password with which Twilio's calls come into LiveKit SIP.</summary>
    public string SipUsername { get; init; } = "twilio";

    /// <summary>See <see cref="SipUsername"/>.</summary>
    public string SipPassword { get; init; } = "a-sip-password-of-the-simulation";

    /// <summary>A number that reaches LiveKit over a SIP trunk of its own, without Twilio's webhooks.</summary>
    public string TrunkNumber { get; init; } = "+15550199";

    /// <summary>The one room of the calls that come by the dispatch rule <see cref="FrontDeskRule"/>.</summary>
    public string FrontDesk { get; init; } = "front-desk";

    /// <summary>The dispatch rule whose calls are the gateway's though the name of their room does not say so.</summary>
    public string FrontDeskRule { get; init; } = "SDR_SimulatedFrontDesk";

    /// <summary>A number whose calls go to <see cref="FrontDesk"/>, one after the other.</summary>
    public string FrontDeskNumber { get; init; } = "+15550198";

    /// <summary>Whether a system of a tenant's hears of lifecycle events, at <see cref="PhoneNetwork.Receiver"/>.</summary>
    public bool HasReceiver { get; init; }

    /// <summary>Is told everything that happens, at once, on the thread on which it happens.</summary>
    public Action<NetworkEvent>? Observer { get; init; }
}
