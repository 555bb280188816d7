using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

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

    /// <summary>The same, and the agent asks for a human, who picks up after a second.</summary>
    public static CallKind Handoff { get; } = Trunk with
    {
        Name = "a warm handoff",
        HandoffRequest = """{"queue":"support"}""",
        Stays = TimeSpan.FromSeconds(9),
    };

    /// <summary>Over Twilio, to a number whose calls are recorded.</summary>
    public static CallKind Recorded { get; } = new("a recorded call", (network, caller) =>
        network.Twilio.CallAsync(caller with { To = ScenarioCatalog.RecordedNumber }))
    {
        Stays = TimeSpan.FromSeconds(6),
    };

    /// <summary>Begun over the API, joined with a token: no phone.</summary>
    public static CallKind Browser { get; } =
        new("a call from a browser", (network, caller) => network.CallFromBrowserAsync(caller))
        {
            // A browser hears nobody until the agent speaks, and its call is counted from the joining on.
            Stays = TimeSpan.FromSeconds(30),
        };

    /// <summary>Asked for by a tenant: the gateway calls the phone.</summary>
    public static CallKind Outbound { get; } = new(
        "a call to a phone",
        (network, caller) => network.Tenant.CallAsync(new JsonObject { ["to"] = caller.From }, TimeSpan.FromMinutes(4)));

    /// <summary>What the agent asks for when it has joined; <c>null</c> where it asks for nobody.</summary>
    public string? HandoffRequest { get; init; }

    /// <summary>How long the caller stays once somebody has answered.</summary>
    public TimeSpan Stays { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Who dies over silencing an agent leaves it beside the human until the claim's lease is over.</summary>
    public TimeSpan Slack => HandoffRequest is null ? TimeSpan.Zero : EffectExecutor.Lease;

    /// <summary>Every kind, the plain ones first.</summary>
    public static IReadOnlyList<CallKind> All { get; } = [Twilio, Trunk, Handoff, Recorded, Browser, Outbound];

    /// <summary>Whether it is a call with nothing special to it.</summary>
    public bool IsPlain => this == Twilio || this == Trunk;

    public override string ToString() => Name;
}
