using System.Collections.Frozen;

namespace VoiceFunctions.Core.Telephony;

/// <summary>The spellings by which carriers and Twilio mark a missing caller number.</summary>
internal static class WithheldNumber
{
    private static readonly FrozenSet<string> Spellings = FrozenSet.ToFrozenSet(
        [
            "", "anonymous", "blocked", "private", "restricted", "unavailable", "unknown", "withheld",
            "+266696687", // ANONYMOUS on a keypad
            "+2562533", // BLOCKED
            "+7378742833", // RESTRICTED
            "+86282452253", // UNAVAILABLE
            "+8656696", // UNKNOWN
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the text is such a spelling.</summary>
    public static bool IsSpelledIn(string text) => Spellings.Contains(text);
}
