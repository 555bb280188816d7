namespace VoiceFunctions.Core.Telephony;

/// <summary>Masks phone numbers. They are personal data: only the mask may appear in a log, on a console or in a metric.</summary>
public static class PhoneMask
{
    /// <summary>
    /// <c>+14155550123</c> becomes <c>+1•••0123</c>. A text that is too short to hide its middle becomes <c>•••</c>;
    /// an empty one becomes <c>-</c>.
    /// </summary>
    public static string Of(string? number) => number switch
    {
        null or "" => "-",
        { Length: >= 8 } when number[0] == '+' => $"{number[..2]}•••{number[^4..]}",
        _ => "•••",
    };
}
