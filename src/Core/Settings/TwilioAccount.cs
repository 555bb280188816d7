namespace VoiceFunctions.Core.Settings;

/// <summary>A Twilio account whose calls are taken. Printing it shows no secret.</summary>
/// <param name="AccountSid">The account, or subaccount.</param>
/// <param name="AuthTokens">
/// The auth tokens that are accepted, the primary one first. They are the account's own tokens of its region: neither the parent
/// account's token nor the token of another region signs its webhooks.
/// </param>
public sealed record TwilioAccount(string AccountSid, IReadOnlyList<string> AuthTokens)
{
    /// <summary>What a text that fails <see cref="IsToken"/> breaks, as the end of a sentence.</summary>
    internal const string TokenRule =
        "must be an auth token: letters, digits, '-' and '_', and 32 of them where all are hexadecimal digits; no SID of an account or key";

    private const int TokenLength = 32;

    /// <summary>The region of its calls for Twilio's REST API, such as <c>ie1</c>; <c>null</c> for Twilio's default, us1.</summary>
    public string? Region { get; init; }

    /// <summary>Where Twilio's REST API is entered, such as <c>dublin</c>; <c>null</c> for its default.</summary>
    public string? Edge { get; init; }

    /// <inheritdoc/>
    public override string ToString() => AccountSid;

    /// <summary>
    /// Whether a text may be an auth token. Twilio's have 32 hexadecimal digits; other words are taken too, for simulations, but not a
    /// part of a token and not what stands beside it in Twilio's console.
    /// </summary>
    internal static bool IsToken(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
        && !(text.All(char.IsAsciiHexDigit) && text.Length > TokenLength / 4 && text.Length != TokenLength)
        && !(text.Length == TokenLength + 2
            && (text.StartsWith("AC", StringComparison.Ordinal) || text.StartsWith("SK", StringComparison.Ordinal)));
}
