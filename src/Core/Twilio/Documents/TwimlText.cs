using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>
/// An interpolated string that builds XML. Its literal parts are markup. Its values are escaped, so no value can become markup.
/// Characters that XML does not allow are left out.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct TwimlText(int literalLength, int formattedCount)
{
    private readonly StringBuilder xml = new("""<?xml version="1.0" encoding="UTF-8"?>""", 64 + literalLength + formattedCount * 64);

    public void AppendLiteral(string markup) => xml.Append(markup);

    public void AppendFormatted(int number) => xml.Append(CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = LengthOfPlain(rest);
            xml.Append(rest[..plain]);
            rest = rest[plain..];
            if (!rest.IsEmpty)
            {
                Rune.DecodeFromUtf16(rest, out var rune, out var length);
                AppendOther(rune);
                rest = rest[length..];
            }
        }
    }

    public void AppendFormatted(OptionalAttribute attribute)
    {
        if (attribute.Value is { } value)
        {
            xml.Append(' ').Append(attribute.Name).Append("=\"");
            AppendFormatted(value);
            xml.Append('"');
        }
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(xml.ToString());

    /// <summary>How many characters from the beginning on stand for themselves.</summary>
    private static int LengthOfPlain(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is < ' ' or '&' or '<' or '>' or '"' or (>= '\uD800' and <= '\uDFFF') or >= '\uFFFE')
            {
                return at;
            }
        }

        return text.Length;
    }

    private void AppendOther(Rune rune)
    {
        switch (rune.Value)
        {
            case '&':
                xml.Append("&amp;");
                break;
            case '<':
                xml.Append("&lt;");
                break;
            case '>':
                xml.Append("&gt;");
                break;
            case '"':
                xml.Append("&quot;");
                break;
            case '\t' or '\n' or '\r':
                // An XML parser turns unescaped whitespace in an attribute into spaces.
                xml.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
                break;
            case >= ' ' and not (0xFFFE or 0xFFFF):
                xml.Append(rune.ToString());
                break;
            default:
                break;
        }
    }

    /// <summary>An attribute with a space before it; nothing if its value is <c>null</c>.</summary>
    internal readonly record struct OptionalAttribute(string Name, string? Value);
}
