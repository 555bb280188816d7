namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>The claims of a verified token.</summary>
/// <param name="KeyId">The id of the key that signed it (<c>iss</c>).</param>
/// <param name="Subject">The participant identity (<c>sub</c>); <c>null</c> in a token for the API.</param>
/// <param name="ExpiresAt">The last second of its validity, without leeway (<c>exp</c>).</param>
/// <param name="Grants">Its grants.</param>
public sealed record LiveKitTokenClaims(string KeyId, string? Subject, DateTimeOffset ExpiresAt, LiveKitGrants Grants);
