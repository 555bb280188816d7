namespace VoiceFunctions.Core.Telephony;

/// <summary>Phone numbers are personal data: what may appear in a log, a console or a metric is the mask.</summary>
public static class PhoneMask
{
    /// <summary><c>+14155550123</c> becomes <c>+1•••0123</c>. Anything that is too short to hide the middle becomes <c>•••</c>; nothing becomes <c>-</c>.</summary>
    public static string Of(string? number) => number switch
    {
        null or "" => "-",
        { Length: >= 8 } when number[0] == '+' => $"{number[..2]}•••{number[^4..]}",
        _ => "•••",
    };
}
