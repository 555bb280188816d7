using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.Telephony;

/// <summary>A number that can be dialled, in E.164: <c>+</c>, then 7 to 15 digits of which the first is not 0.</summary>
public sealed record PhoneNumber
{
    private PhoneNumber(string e164) => E164 = e164;

    /// <summary>The number with its <c>+</c>. Personal data: log <see cref="ToString"/> instead.</summary>
    public string E164 { get; }

    /// <summary>
    /// Accepts E.164 without spaces or punctuation. Refuses the special numbers that mean that the caller withheld the number.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        var isNumber = text is { Length: >= 8 and <= 16 }
            && text[0] == '+'
            && text[1] != '0'
            && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9')
            && !WithheldNumber.IsSpelledIn(text);
        number = isNumber ? new PhoneNumber(text!) : null;
        return isNumber;
    }

    /// <summary>The mask, so that an accidental log line does not contain the number.</summary>
    public override string ToString() => PhoneMask.Of(E164);
}
