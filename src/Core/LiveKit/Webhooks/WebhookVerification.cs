namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>What the check of a webhook's token came to. Only <see cref="Authentic"/> lets the body be read; the others are for operators, never for the sender.</summary>
public enum WebhookVerification
{
    /// <summary>There is no token.</summary>
    MissingToken,

    /// <summary>The token is no JWT, or one of its claims has the wrong type.</summary>
    MalformedToken,

    /// <summary>The token is not signed with HMAC-SHA256.</summary>
    WrongAlgorithm,

    /// <summary>The token names no key, or a key that is not on the keyring.</summary>
    UnknownKey,

    /// <summary>The signature is not the named key's.</summary>
    BadSignature,

    /// <summary>The token never expires. LiveKit always says when.</summary>
    MissingExpiry,

    /// <summary>The token expired longer ago than the leeway.</summary>
    Expired,

    /// <summary>The token begins, or was made, further in the future than the leeway.</summary>
    NotYetValid,

    /// <summary>The token is good and belongs to another body.</summary>
    BodyMismatch,

    /// <summary>LiveKit signed these bytes with a key that we trust.</summary>
    Authentic,
}
