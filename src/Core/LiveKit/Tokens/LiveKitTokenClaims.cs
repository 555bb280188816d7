namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>What a verified token says.</summary>
/// <param name="KeyId">The id of the key that signed it (<c>iss</c>).</param>
/// <param name="Subject">The participant identity (<c>sub</c>); <c>null</c> in a token for the API.</param>
/// <param name="ExpiresAt">The last second it is good for, without leeway (<c>exp</c>).</param>
/// <param name="Grants">What it allows.</param>
public sealed record LiveKitTokenClaims(string KeyId, string? Subject, DateTimeOffset ExpiresAt, LiveKitGrants Grants);
