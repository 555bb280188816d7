using System.Buffers;
using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Extracts a bounded part of a webhook's body: its <see cref="ExcerptFields"/>. Never fails, whatever the body is. It costs what it keeps
/// and not what came: tokens are copied one by one, and no further than the excerpt is long.
/// </summary>
internal static class RawExcerpt
{
    private const int MaxDepth = 1024;
    private const int LongestNumber = 64;

    /// <summary>The longest that one character can be written is an escape of six bytes.</summary>
    private const int LongestText = CallEvent.MaxRawLength * 6;

    /// <summary>A writer asks for 4 KB more whenever its room is used up, and an excerpt is hardly longer than its limit.</summary>
    private const int BufferLength = 16 * 1024;

    /// <summary>Kept for the next excerpt on this thread.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>
    /// The JSON of <paramref name="property"/>, or of the whole body if that is <c>null</c>, cut to <see cref="CallEvent.MaxRawLength"/>
    /// characters. A text that is longer than that is left out. <c>null</c> if that is no JSON object: nobody can tell what is in it.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> body, string? property)
    {
        var text = Read(body, property);
        return text is null || text.Length <= CallEvent.MaxRawLength
            ? text
            : text[..(CallEvent.MaxRawLength - (char.IsHighSurrogate(text[CallEvent.MaxRawLength - 1]) ? 1 : 0))];
    }

    private static string? Read(ReadOnlySpan<byte> body, string? property)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            return reader.Read()
                && reader.TokenType == JsonTokenType.StartObject
                && (property is null || TryFind(ref reader, property))
                && reader.TokenType == JsonTokenType.StartObject
                    ? Copy(ref reader)
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Not JSON, too deep, or a string that is not valid text.
            return null;
        }
    }

    /// <summary>Goes to the value of the body's last member of that name, which is the one that counts.</summary>
    private static bool TryFind(ref Utf8JsonReader reader, string property)
    {
        var found = default(Utf8JsonReader);
        var isFound = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(property);
            reader.Read();
            if (isIt)
            {
                found = reader;
                isFound = true;
            }

            reader.Skip();
        }

        reader = found;
        return isFound;
    }

    /// <summary>Copies the object that begins here until it ends or the excerpt is full.</summary>
    private static string Copy(ref Utf8JsonReader reader)
    {
        var copy = buffer ??= new ArrayBufferWriter<byte>(BufferLength);
        copy.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(copy, new JsonWriterOptions { MaxDepth = MaxDepth, SkipValidation = true });
        var areAttributes = new Stack<bool>([false]);
        writer.WriteStartObject();
        while (areAttributes.Count > 0 && writer.BytesCommitted + writer.BytesPending < CallEvent.MaxRawLength && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                CopyToken(reader, writer, areAttributes, isOfAttributes: false);
            }
            else if (TextOf(reader) is not { } name || !ExcerptFields.IsKept(name, areAttributes.Peek()))
            {
                reader.Skip();
            }
            else
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    if (SafeTextOf(reader) is { } text)
                    {
                        writer.WriteString(name, text);
                    }
                }
                else if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.Length <= LongestNumber)
                {
                    writer.WritePropertyName(name);
                    CopyToken(reader, writer, areAttributes, ExcerptFields.AreAttributes(name));
                }
            }
        }

        if (areAttributes.Count == 0 && reader.CurrentDepth == 0)
        {
            reader.Read(); // Throws where more follows, because that is no JSON.
        }

        writer.Flush();
        return Encoding.UTF8.GetString(copy.WrittenSpan);
    }

    private static void CopyToken(in Utf8JsonReader reader, Utf8JsonWriter writer, Stack<bool> areAttributes, bool isOfAttributes)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                areAttributes.Push(isOfAttributes);
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                areAttributes.Pop();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                if (SafeTextOf(reader) is { } text)
                {
                    writer.WriteStringValue(text);
                }

                break;
            default:
                writer.WriteRawValue(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, LongestNumber)], skipInputValidation: true);
                break;
        }
    }

    private static string? SafeTextOf(in Utf8JsonReader reader) =>
        TextOf(reader) is { } text && SafeText.IsSafe(text) ? text : null;

    /// <summary>A name or a text without its escapes; <c>null</c> where it is longer than an excerpt.</summary>
    private static string? TextOf(in Utf8JsonReader reader) =>
        reader.ValueSpan.Length <= LongestText && reader.GetString() is { Length: <= CallEvent.MaxRawLength } text ? text : null;
}
