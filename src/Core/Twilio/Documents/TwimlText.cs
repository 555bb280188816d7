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
        foreach (var rune in text.EnumerateRunes())
        {
            Append(rune);
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

    private void Append(Rune rune)
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
                xml.Append(rune);
                break;
            default:
                break;
        }
    }

    /// <summary>An attribute with a space before it; nothing if its value is <c>null</c>.</summary>
    internal readonly record struct OptionalAttribute(string Name, string? Value);
}
