namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>
/// The result of checking a token and, for a webhook, its body. Only <see cref="Authentic"/> is trusted. The other results are logged; the
/// sender never gets them.
/// </summary>
public enum TokenVerification
{
    /// <summary>There is no token. The default, so that nothing is trusted by omission.</summary>
    MissingToken,

    /// <summary>The token is no JWT, or one of its claims has the wrong type.</summary>
    MalformedToken,

    /// <summary>The token is not signed with HMAC-SHA256.</summary>
    WrongAlgorithm,

    /// <summary>The token's header names extensions that must be understood (<c>crit</c>). LiveKit has none.</summary>
    CriticalHeader,

    /// <summary>The token names no key, or a key that is not on the keyring.</summary>
    UnknownKey,

    /// <summary>The signature is not the named key's.</summary>
    BadSignature,

    /// <summary>The token has no expiry. LiveKit always sets one.</summary>
    MissingExpiry,

    /// <summary>The token expired longer ago than the leeway.</summary>
    Expired,

    /// <summary>The token is valid for longer than any that LiveKit or an agent needs.</summary>
    LivesTooLong,

    /// <summary>The token begins, or was made, further in the future than the leeway.</summary>
    NotYetValid,

    /// <summary>The token is valid, but its <c>sha256</c> claim is not the hash of the webhook's body.</summary>
    BodyMismatch,

    /// <summary>A key of the keyring signed the token, and the token is valid now. For a webhook, the body matches too.</summary>
    Authentic,
}
