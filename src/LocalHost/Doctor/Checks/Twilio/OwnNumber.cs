using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>A phone number of a Twilio account, as its REST API shows it.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Sid">Its id (<c>PN…</c>).</param>
/// <param name="Number">The number in E.164.</param>
internal sealed record OwnNumber(TwilioAccount Account, string Sid, string Number)
{
    /// <summary>What Twilio asks when somebody calls.</summary>
    public string VoiceUrl { get; init; } = "";

    public string VoiceMethod { get; init; } = "";

    /// <summary>What Twilio tells of a call's end.</summary>
    public string StatusCallback { get; init; } = "";

    public string StatusCallbackMethod { get; init; } = "";

    /// <summary>What Twilio asks where the voice URL fails.</summary>
    public string FallbackUrl { get; init; } = "";

    /// <summary>The Elastic SIP trunk that takes its calls, past every URL; empty for none.</summary>
    public string TrunkSid { get; init; } = "";

    /// <summary>The TwiML application whose URLs are used instead; empty for none.</summary>
    public string ApplicationSid { get; init; } = "";

    /// <summary>Whether it can be called.</summary>
    public bool HasVoice { get; init; } = true;
}
