using System.Collections.Frozen;

namespace VoiceFunctions.Core.Telephony;

/// <summary>The spellings by which carriers, SIP trunks and Twilio mark a missing caller number.</summary>
internal static class WithheldNumber
{
    /// <summary>What RFC 3323 has for the host of a caller who is nobody.</summary>
    private const string AnonymousHost = "anonymous.invalid";

    private static readonly FrozenSet<string> Spellings = FrozenSet.ToFrozenSet(
        [
            "", "anonymous", "blocked", "hidden", "no caller id", "not available", "private", "private number", "restricted", "unavailable",
            "unknown", "unknown number", "withheld",
            "266696687", // ANONYMOUS on a keypad
            "2562533", // BLOCKED
            "7378742833", // RESTRICTED
            "86282452253", // UNAVAILABLE
            "8656696", // UNKNOWN
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the text is such a spelling: a word, or its digits with or without a plus, alone or before a host.</summary>
    public static bool IsSpelledIn(string text) => Is(AddressText.Of(text));

    /// <summary>Whether an address is nobody's.</summary>
    public static bool Is(AddressText address) =>
        address.Host == AnonymousHost
        || (Spellings.Contains(address.User.StartsWith('+') ? address.User[1..] : address.User)
            && (address.User.Length > 0 || address is { Scheme: "", Host: "" }));
}
