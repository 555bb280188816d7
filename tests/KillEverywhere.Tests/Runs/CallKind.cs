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

    /// <summary>Begun over the API, joined with a token: no phone.</summary>
    public static CallKind Browser { get; } =
        new("a call from a browser", (network, caller) => network.CallFromBrowserAsync(caller with { Stays = BrowserStays }));

    /// <summary>A browser hears nobody until the agent speaks, and its call is counted from the joining on.</summary>
    private static TimeSpan BrowserStays { get; } = TimeSpan.FromSeconds(30);

    public override string ToString() => Name;
}
