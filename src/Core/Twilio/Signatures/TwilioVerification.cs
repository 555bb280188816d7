namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>The result of checking a request to a Twilio route. Only an <see cref="Authentic"/> request may be handled.</summary>
public enum TwilioVerification
{
    /// <summary>The signature does not match this URL and these parameters. The default, so that nothing is trusted by omission.</summary>
    Mismatch,

    /// <summary>The signature matches: Twilio signed exactly this request.</summary>
    Authentic,

    /// <summary>No auth token is configured, so no signature can be checked.</summary>
    NoTokenConfigured,

    /// <summary>The request carries no signature.</summary>
    MissingSignature,

    /// <summary>The signature is not 20 bytes in base64, as every Twilio signature is.</summary>
    MalformedSignature,

    /// <summary>The signature matches the URL, but the body does not have the hash in the URL's <c>bodySHA256</c>.</summary>
    BodyHashMismatch,

    /// <summary>The form has more fields than anything that Twilio sends. Nothing else was checked.</summary>
    TooManyFields,

    /// <summary>The signature matches, and the form is about the call of an account that is none of ours.</summary>
    OtherAccount,
}
