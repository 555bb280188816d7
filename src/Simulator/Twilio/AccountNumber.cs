namespace VoiceFunctions.Simulator.Twilio;

/// <summary>A phone number of the simulated account, as Twilio's REST API shows it.</summary>
/// <param name="Sid">Its id.</param>
/// <param name="Number">The number in E.164.</param>
public sealed record AccountNumber(string Sid, string Number)
{
    /// <summary>What is asked when somebody calls it.</summary>
    public string VoiceUrl { get; init; } = "https://demo.twilio.com/welcome/voice/";

    /// <summary>See <see cref="VoiceUrl"/>.</summary>
    public string VoiceMethod { get; init; } = "POST";

    /// <summary>What is told of a call's end.</summary>
    public string StatusCallback { get; init; } = "";

    /// <summary>See <see cref="StatusCallback"/>.</summary>
    public string StatusCallbackMethod { get; init; } = "POST";

    /// <summary>What is asked where the voice URL fails.</summary>
    public string VoiceFallbackUrl { get; init; } = "";

    /// <summary>The Elastic SIP trunk that has it; empty for none.</summary>
    public string TrunkSid { get; init; } = "";
}
