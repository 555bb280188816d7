namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's <c>Direction</c>: who made a leg.</summary>
public enum TwilioDirection
{
    /// <summary>Absent, or a word that this version does not know.</summary>
    Unknown,

    /// <summary><c>inbound</c>: somebody called us.</summary>
    Inbound,

    /// <summary><c>outbound-api</c>: the REST API called somebody.</summary>
    OutboundApi,

    /// <summary><c>outbound-dial</c>: a Dial verb called somebody.</summary>
    OutboundDial,
}
