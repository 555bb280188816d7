using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>A way in which a call comes in.</summary>
internal sealed record CallKind(string Name, Func<PhoneNetwork, Caller, Task<CallerExperience>> PlaceAsync)
{
    /// <summary>A number whose calls are recorded.</summary>
    public const string RecordedNumber = "+15550100146";

    /// <summary>Over Twilio, which asks for TwiML and brings the caller to LiveKit.</summary>
    public static CallKind Twilio { get; } =
        new("a call over Twilio", (network, caller) => network.Twilio.CallAsync(caller with { To = "+15550100" }));

    /// <summary>Over a SIP trunk that ends at LiveKit.</summary>
    public static CallKind Trunk { get; } =
        new("a call over a SIP trunk", (network, caller) => network.CallOverTrunkAsync(caller with { To = network.Setup.TrunkNumber }));

    /// <summary>Over Twilio, to a number whose calls are recorded.</summary>
    public static CallKind Recorded { get; } = new("a recorded call", (network, caller) =>
        network.Twilio.CallAsync(caller with { To = RecordedNumber, Stays = TimeSpan.FromSeconds(6) }));

    public override string ToString() => Name;
}
