using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VoiceFunctions.Simulator.LiveKit.Wire;

/// <summary>
/// Writes protobuf messages as JSON in one of the server's two styles. Names are given in snake_case; 64-bit numbers become strings.
/// </summary>
internal sealed class ProtoWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter json;

    private ProtoWriter(ProtoStyle style)
    {
        IsFull = style == ProtoStyle.Api;
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Whether zero values are written too.</summary>
    public bool IsFull { get; }

    /// <summary>The bytes of one message.</summary>
    public static byte[] Write(ProtoStyle style, Action<ProtoWriter> fields)
    {
        using var writer = new ProtoWriter(style);
        writer.json.WriteStartObject();
        fields(writer);
        writer.json.WriteEndObject();
        writer.json.Flush();
        return writer.buffer.WrittenSpan.ToArray();
    }

    public void String(string name, string value)
    {
        if (IsFull || value.Length > 0)
        {
            json.WriteString(Name(name), value);
        }
    }

    public void Int64(string name, long value)
    {
        if (IsFull || value != 0)
        {
            json.WriteString(Name(name), value.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void Number(string name, int value)
    {
        if (IsFull || value != 0)
        {
            json.WriteNumber(Name(name), value);
        }
    }

    public void Bool(string name, bool value)
    {
        if (IsFull || value)
        {
            json.WriteBoolean(Name(name), value);
        }
    }

    /// <summary>An enum by name; <paramref name="zero"/> is the name of its first value.</summary>
    public void Enum(string name, string value, string zero)
    {
        if (IsFull || value != zero)
        {
            json.WriteString(Name(name), value);
        }
    }

    /// <summary>A message that is not set.</summary>
    public void Nothing(string name)
    {
        if (IsFull)
        {
            json.WriteNull(Name(name));
        }
    }

    public void Message(string name, Action fields)
    {
        json.WriteStartObject(Name(name));
        fields();
        json.WriteEndObject();
    }

    public void Messages<T>(string name, IReadOnlyCollection<T> items, Action<T> fields)
    {
        if (IsFull || items.Count > 0)
        {
            json.WriteStartArray(Name(name));
            foreach (var item in items)
            {
                json.WriteStartObject();
                fields(item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public void Strings(string name, IReadOnlyCollection<string> items)
    {
        if (IsFull || items.Count > 0)
        {
            json.WriteStartArray(Name(name));
            foreach (var item in items)
            {
                json.WriteStringValue(item);
            }

            json.WriteEndArray();
        }
    }

    public void Map(string name, IReadOnlyDictionary<string, string> entries)
    {
        if (IsFull || entries.Count > 0)
        {
            json.WriteStartObject(Name(name));
            foreach (var (key, value) in entries)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    public void Dispose() => json.Dispose();

    private string Name(string snake)
    {
        if (IsFull)
        {
            return snake;
        }

        var camel = new StringBuilder(snake.Length);
        for (var i = 0; i < snake.Length; i++)
        {
            camel.Append(snake[i] == '_' ? char.ToUpperInvariant(snake[++i]) : snake[i]);
        }

        return camel.ToString();
    }
}
