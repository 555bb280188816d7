using System.Text;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Screening;

/// <summary>What a human hears before they take a call.</summary>
internal static class ScreenPrompt
{
    private const int MaxNameLength = 40;

    /// <summary>The route's text with caller and called number in it.</summary>
    public static string Of(RouteScreening screening, CallParties parties) => screening.Prompt
        .Replace("{from}", Spoken(parties.Far) is { Length: > 0 } caller ? caller : screening.Withheld, StringComparison.Ordinal)
        .Replace("{to}", Spoken(parties.Own), StringComparison.Ordinal);

    private static string Spoken(CallerAddress address) => address switch
    {
        CallerAddress.Number number => Singly(number.Value.E164),
        CallerAddress.Client client => Named(client.Name),
        CallerAddress.Sip sip => Named(sip.User),
        CallerAddress.Other other => Named(other.Raw),
        _ => "",
    };

    /// <summary>Digits one by one: <c>+1 5 5 5</c>. Read as one number nobody understands them.</summary>
    private static string Singly(string digits) => digits[0] + string.Join(' ', digits.Skip(1));

    /// <summary>
    /// A name that strangers choose: letters and digits of any script, single blanks between them, at most <see cref="MaxNameLength"/>.
    /// </summary>
    private static string Named(string name)
    {
        var spoken = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().TakeWhile(_ => spoken.Length < MaxNameLength))
        {
            if (Rune.IsLetterOrDigit(rune) || (spoken.Length > 0 && char.IsLetterOrDigit(spoken[^1]) && rune.Value == '\''))
            {
                spoken.Append(rune);
            }
            else if (spoken.Length > 0 && spoken[^1] != ' ')
            {
                spoken.Append(' ');
            }
        }

        var text = spoken.ToString().TrimEnd();
        return text.Length > 0 && text.All(char.IsAsciiDigit) ? string.Join(' ', text.AsEnumerable()) : text;
    }
}
