namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>What the check of a token came to.</summary>
internal enum TokenVerification
{
    Missing,
    Malformed,
    WrongAlgorithm,
    UnknownKey,
    BadSignature,
    MissingExpiry,
    Expired,
    NotYetValid,
    Valid,
}
