using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Settings.Services;

/// <summary>A Twilio account whose calls are taken. Printing it shows no secret.</summary>
/// <param name="AccountSid">The account, or subaccount.</param>
/// <param name="AuthTokens">
/// The auth tokens that are accepted, the primary one first. They are the account's own tokens of its region: neither the parent
/// account's token nor the token of another region signs its webhooks.
/// </param>
public sealed partial record TwilioAccount(string AccountSid, IReadOnlyList<string> AuthTokens)
{
    internal const string SidRule = "must be AC and 32 hexadecimal digits";

    internal const string HadCapitals = "had capitals among its digits";

    internal const string TokenRule =
        "must be an auth token, not a SID: letters, digits, '-' and '_', and 32 of them if all are hexadecimal digits";

    internal const string RegionRule = "must be a region of Twilio such as us1, ie1 or au1";

    internal const string EdgeRule = "must be an edge location of Twilio such as dublin, not a region";

    private const int TokenLength = 32;

    /// <summary>The region of its calls for Twilio's REST API, such as <c>ie1</c>; <c>null</c> for Twilio's default, us1.</summary>
    public string? Region { get; init; }

    /// <summary>Where Twilio's REST API is entered, such as <c>dublin</c>; <c>null</c> for its default.</summary>
    public string? Edge { get; init; }

    /// <inheritdoc/>
    public override string ToString() => AccountSid;

    /// <summary>An account's SID as Twilio writes it, with small digits; <c>null</c> where the text is none.</summary>
    internal static string? SidOf(string text) => SidPattern().IsMatch(text) ? $"AC{text[2..].ToLowerInvariant()}" : null;

    /// <summary>
    /// The text where it may be an auth token; otherwise <c>null</c>. Twilio's have 32 hexadecimal digits, small ones; other words are
    /// taken too, for simulations, but not a part of a token and not what stands beside it in Twilio's console.
    /// </summary>
    internal static string? TokenOf(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
        && !(text.All(char.IsAsciiHexDigit) && text.Length > TokenLength / 4 && text.Length != TokenLength)
        && !OtherSidPattern().IsMatch(text)
            ? (text.Length == TokenLength && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : text)
            : null;

    /// <summary>A region in small letters; <c>null</c> where the text is none.</summary>
    internal static string? RegionOf(string text) =>
        text.ToLowerInvariant() is var region && RegionPattern().IsMatch(region) ? region : null;

    /// <summary>An edge location in small letters; <c>null</c> where the text is none.</summary>
    internal static string? EdgeOf(string text) =>
        text.ToLowerInvariant() is var edge && EdgePattern().IsMatch(edge) && !RegionPattern().IsMatch(edge) ? edge : null;

    [GeneratedRegex(@"^AC[0-9a-fA-F]{32}\z")]
    private static partial Regex SidPattern();

    [GeneratedRegex(@"^(AC|SK)[0-9a-fA-F]{32}\z")]
    private static partial Regex OtherSidPattern();

    [GeneratedRegex(@"^[a-z]{2}[0-9]{1,2}\z")]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,30}[a-z0-9]\z")]
    private static partial Regex EdgePattern();
}
