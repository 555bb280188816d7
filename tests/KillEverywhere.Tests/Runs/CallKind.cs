using System.Text.Json.Nodes;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>A way in which a call comes in.</summary>
internal sealed record CallKind(string Name, Func<PhoneNetwork, Caller, Task<CallerExperience>> PlaceAsync)
{
    /// <summary>Over Twilio, which asks for TwiML and brings the caller to LiveKit.</summary>
    public static CallKind Twilio { get; } =
        new("a call over Twilio", (network, caller) => network.Twilio.CallAsync(caller with { To = "+15550100" }));

    /// <summary>Over a SIP trunk that ends at LiveKit.</summary>
    public static CallKind Trunk { get; } =
        new("a call over a SIP trunk", (network, caller) => network.CallOverTrunkAsync(caller with { To = network.Setup.TrunkNumber }));

    /// <summary>Asked for by a tenant: the gateway calls the phone.</summary>
    public static CallKind Outbound { get; } = new(
        "a call to a phone",
        (network, caller) => network.Tenant.CallAsync(new JsonObject { ["to"] = caller.From }, TimeSpan.FromMinutes(4)));

    public override string ToString() => Name;
}
