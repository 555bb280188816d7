namespace VoiceFunctions.Core.Routing.Admission;

/// <summary>
/// What STIR/SHAKEN says about a caller's number, as Twilio's <c>StirVerstat</c> tells it: how sure the network is that the number is the
/// caller's own.
/// </summary>
public static class CallerVerdict
{
    /// <summary>The network knows the caller, and that the number is theirs.</summary>
    public const string PassedA = "passed-a";

    /// <summary>The network knows the caller, and not whether the number is theirs.</summary>
    public const string PassedB = "passed-b";

    /// <summary>The network knows only where the call came in.</summary>
    public const string PassedC = "passed-c";

    /// <summary>What was signed does not hold.</summary>
    public const string Failed = "failed";

    /// <summary>Nothing was signed or checked, as with nearly every call that is not from the United States.</summary>
    public const string None = "none";

    /// <summary>Every verdict.</summary>
    public static IReadOnlyList<string> All { get; } = [PassedA, PassedB, PassedC, Failed, None];

    /// <summary>Reads Twilio's field; what it does not know, and a field that is not there, is <see cref="None"/>.</summary>
    /// <param name="field">Such as <c>TN-Validation-Passed-A</c>, also with <c>-Diverted</c> or <c>-Passthrough</c> at its end.</param>
    public static string Of(string? field)
    {
        return Begins("TN-Validation-Passed-A") ? PassedA
            : Begins("TN-Validation-Passed-B") ? PassedB
            : Begins("TN-Validation-Passed-C") ? PassedC
            : Begins("TN-Validation-Failed") ? Failed
            : None;

        // What follows is a dash and another word, or nothing.
        bool Begins(string word) => field is not null
            && field.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            && (field.Length == word.Length || field[word.Length] == '-');
    }
}
