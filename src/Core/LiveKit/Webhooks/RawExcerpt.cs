using System.Buffers;
using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Extracts a bounded part of a webhook's body, without LiveKit's TURN password. Never fails, whatever the body is. It costs what it keeps
/// and not what came: tokens are copied one by one, and no further than the excerpt is long.
/// </summary>
internal static class RawExcerpt
{
    private const int MaxDepth = 1024;

    private static readonly string[] Secrets = ["turnPassword", "turn_password"];

    /// <summary>
    /// The JSON of <paramref name="property"/>, or of the whole body if that is <c>null</c>, cut to <see cref="CallEvent.MaxRawLength"/>
    /// characters.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> body, string? property)
    {
        var text = Read(body, property);
        if (text is null || Array.Exists(Secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        {
            // A text that could not be parsed is kept only if it contains no secret.
            return null;
        }

        return text.Length <= CallEvent.MaxRawLength
            ? text
            : text[..(CallEvent.MaxRawLength - (char.IsHighSurrogate(text[CallEvent.MaxRawLength - 1]) ? 1 : 0))];
    }

    private static string? Read(ReadOnlySpan<byte> body, string? property)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            return property is null || TryFind(ref reader, property) ? Copy(ref reader) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Not JSON, too deep, or a string that is not valid text. No character of text has more than three bytes.
            return Encoding.UTF8.GetString(body[..Math.Min(body.Length, (CallEvent.MaxRawLength + 1) * 3)]);
        }
    }

    /// <summary>Goes to the value of the body's last member of that name, which is the one that counts.</summary>
    private static bool TryFind(ref Utf8JsonReader reader, string property)
    {
        var found = default(Utf8JsonReader);
        var isFound = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(property))
            {
                found = reader;
                isFound = true;
            }

            reader.Skip();
        }

        reader = found;
        return isFound;
    }

    /// <summary>Copies the next value until it ends or the excerpt is full.</summary>
    private static string Copy(ref Utf8JsonReader reader)
    {
        var copy = new ArrayBufferWriter<byte>(CallEvent.MaxRawLength * 2);
        using var writer = new Utf8JsonWriter(copy, new JsonWriterOptions { MaxDepth = MaxDepth, SkipValidation = true });
        var depth = reader.CurrentDepth;
        var isWhole = false;
        for (var left = CallEvent.MaxRawLength; left > 0 && !isWhole && reader.Read(); left = CallEvent.MaxRawLength - Length(writer))
        {
            if (reader.TokenType == JsonTokenType.PropertyName && IsSecret(ref reader))
            {
                reader.Skip();
                continue;
            }

            CopyToken(ref reader, writer, left);
            isWhole = reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
        }

        if (isWhole && depth == 0)
        {
            reader.Read(); // Throws where more follows, because that is no JSON.
        }

        writer.Flush();
        return Encoding.UTF8.GetString(copy.WrittenSpan);
    }

    private static int Length(Utf8JsonWriter writer) => (int)writer.BytesCommitted + writer.BytesPending;

    private static bool IsSecret(ref Utf8JsonReader reader)
    {
        // Each character of a name may be an escape of six.
        return reader.ValueSpan.Length >= Secrets[0].Length
            && reader.ValueSpan.Length <= Secrets[1].Length * 6
            && Secrets.Contains(reader.GetString(), StringComparer.OrdinalIgnoreCase);
    }

    private static void CopyToken(ref Utf8JsonReader reader, Utf8JsonWriter writer, int left)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(Text(ref reader, left));
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text(ref reader, left));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, left)], skipInputValidation: true);
                break;
        }
    }

    /// <summary>A string without its escapes; of a long one, as much as gives <paramref name="left"/> characters or more.</summary>
    private static string Text(ref Utf8JsonReader reader, int left)
    {
        // The longest that one character can be written is an escape of six.
        var needed = reader.ValueIsEscaped ? left * 6 : left;
        if (reader.ValueSpan.Length <= needed)
        {
            return reader.GetString()!;
        }

        var beginning = new Utf8JsonReader([(byte)'"', .. reader.ValueSpan[..Cut(reader.ValueSpan, needed)], (byte)'"']);
        beginning.Read();
        return beginning.GetString()!;
    }

    /// <summary>The first place at or after <paramref name="needed"/> that is not in the middle of a character or an escape.</summary>
    private static int Cut(ReadOnlySpan<byte> text, int needed)
    {
        var at = 0;
        while (at < needed)
        {
            at += text[at..] switch
            {
                [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', not (>= (byte)'0' and <= (byte)'7'), ..] => 12, // A pair of surrogates.
                [(byte)'\\', (byte)'u', ..] => 6,
                [(byte)'\\', ..] => 2,
                [>= 0xF0, ..] => 4,
                [>= 0xE0, ..] => 3,
                [>= 0xC0, ..] => 2,
                _ => 1,
            };
        }

        return Math.Min(at, text.Length);
    }
}
