namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>What became of a request that claims to come from Twilio. Only <see cref="Authentic"/> may be acted on.</summary>
public enum TwilioVerification
{
    /// <summary>The signature is not Twilio's for this URL and these parameters. The default, so that nothing is trusted by omission.</summary>
    Mismatch,

    /// <summary>Twilio signed exactly this request.</summary>
    Authentic,

    /// <summary>No auth token is configured, so nothing can be authentic.</summary>
    NoTokenConfigured,

    /// <summary>The request carries no signature.</summary>
    MissingSignature,

    /// <summary>The signature does not have the length that every signature of Twilio has.</summary>
    MalformedSignature,

    /// <summary>The URL is signed, but the body is not the one whose hash the URL names.</summary>
    BodyHashMismatch,
}
