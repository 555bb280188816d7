namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>The claims of a verified token.</summary>
/// <param name="KeyId">The id of the key that signed it (<c>iss</c>).</param>
/// <param name="Subject">The participant identity (<c>sub</c>); <c>null</c> in a token for the API.</param>
/// <param name="ExpiresAt">The last second of its validity, without leeway (<c>exp</c>).</param>
/// <param name="Grants">Its grants.</param>
public sealed record LiveKitTokenClaims(string KeyId, string? Subject, DateTimeOffset ExpiresAt, LiveKitGrants Grants)
{
    /// <summary>
    /// The kind of participant that joins with it, lower case: <see cref="Agent"/>, <see cref="Standard"/> (also where none is named),
    /// <c>sip</c>, …
    /// </summary>
    public string Kind { get; init; } = Standard;

    /// <summary>The attributes that whoever joins with it gets.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = LiveKitAttributes.None;

    /// <summary>An agent: LiveKit names this kind in a job's token.</summary>
    public const string Agent = "agent";

    /// <summary>Everybody who joins with a token that an application made.</summary>
    public const string Standard = "standard";
}
