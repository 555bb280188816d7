using System.Collections.Frozen;

namespace VoiceFunctions.Core.Telephony;

/// <summary>The ways in which carriers and Twilio write that there is no caller number.</summary>
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

    /// <summary>Whether this text stands for no number.</summary>
    public static bool IsSpelledIn(string text) => Spellings.Contains(text);
}
