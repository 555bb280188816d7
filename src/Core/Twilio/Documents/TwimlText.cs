using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>
/// An interpolated string that builds XML in UTF-8. Its literal parts are markup. Its values are escaped, so no value can become markup.
/// Characters that XML does not allow are left out.
/// </summary>
[InterpolatedStringHandler]
internal ref struct TwimlText
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8"?>""";
    private const int LongestOther = 8;

    /// <summary>What stands for itself in XML and in UTF-8.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['&', '<', '>', '"'])]);

    private byte[] buffer;
    private int length;

    /// <summary>Begins a document.</summary>
    /// <param name="literalLength">How much markup it has.</param>
    /// <param name="formattedCount">How many values it has.</param>
    public TwimlText(int literalLength, int formattedCount)
    {
        buffer = ArrayPool<byte>.Shared.Rent(Declaration.Length + literalLength + formattedCount * 64);
        AppendLiteral(Declaration);
    }

    public void AppendLiteral(string markup) => AppendText(markup);

    public void AppendFormatted(int number)
    {
        MakeRoom(LongestOther * 2);
        number.TryFormat(buffer.AsSpan(length), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
    }

    public void AppendFormatted(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOfAnyExcept(Plain) is var other and >= 0 ? other : rest.Length;
            AppendText(rest[..plain]);
            rest = rest[plain..];
            if (!rest.IsEmpty)
            {
                Rune.DecodeFromUtf16(rest, out var rune, out var used);
                AppendOther(rune);
                rest = rest[used..];
            }
        }
    }

    public void AppendFormatted(OptionalAttribute attribute)
    {
        if (attribute.Value is { } value)
        {
            AppendText(" ");
            AppendText(attribute.Name);
            AppendText("=\"");
            AppendFormatted(value);
            AppendText("\"");
        }
    }

    /// <summary>The document. Nothing can be added afterwards.</summary>
    public byte[] ToUtf8()
    {
        var document = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
        return document;
    }

    private void AppendText(ReadOnlySpan<char> text)
    {
        MakeRoom(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    private void AppendOther(Rune rune)
    {
        switch (rune.Value)
        {
            case '&':
                AppendText("&amp;");
                break;
            case '<':
                AppendText("&lt;");
                break;
            case '>':
                AppendText("&gt;");
                break;
            case '"':
                AppendText("&quot;");
                break;
            case '\t' or '\n' or '\r':
                // An XML parser turns unescaped whitespace in an attribute into spaces.
                AppendText("&#");
                AppendFormatted(rune.Value);
                AppendText(";");
                break;
            case >= ' ' and not (0xFFFE or 0xFFFF):
                MakeRoom(LongestOther);
                length += rune.EncodeToUtf8(buffer.AsSpan(length));
                break;
            default:
                break;
        }
    }

    private void MakeRoom(int bytes)
    {
        if (buffer.Length - length >= bytes)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + bytes));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>An attribute with a space before it; nothing if its value is <c>null</c>.</summary>
    internal readonly record struct OptionalAttribute(string Name, string? Value);
}
