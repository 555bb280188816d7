using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>A request message as the server reads it: snake_case or camelCase, unknown fields read past, numbers also as strings.</summary>
internal sealed class TwirpRequest(JsonElement message)
{
    /// <summary>Reads a body that is a JSON object; everything else is malformed.</summary>
    public static TwirpRequest? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new TwirpRequest(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The names of the rooms that it is about.</summary>
    public IEnumerable<string> Rooms =>
        ((string[])[String("room"), String("room_name"), String("name"), .. Strings("names")]).Where(name => name.Length > 0);

    public string String(string name) => Find(name) is not { } value ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new FormatException(name);

    public int Number(string name) => Find(name) is not { } value ? 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : value.ValueKind == JsonValueKind.String
            && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var spelled)
        ? spelled
        : throw new FormatException(name);

    public bool Bool(string name) => Find(name) is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException(name),
    };

    /// <summary>A duration as its seconds and an s, such as <c>4s</c>; <c>null</c> where it is not set.</summary>
    public TimeSpan? Duration(string name) => String(name) is not { Length: > 0 } text ? null
        : text[^1] == 's' && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException(name);

    public IReadOnlyList<string> Strings(string name) =>
        [.. Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException(name))];

    public IReadOnlyList<TwirpRequest> Messages(string name) =>
        [.. Items(name).Select(item => item.ValueKind == JsonValueKind.Object ? new TwirpRequest(item) : throw new FormatException(name))];

    /// <summary>A message in this one; <c>null</c> where it is not set.</summary>
    public TwirpRequest? Message(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new TwirpRequest(value)
        : throw new FormatException(name);

    private JsonElement[] Items(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
        : throw new FormatException(name);

    private JsonElement? Find(string name) =>
        (message.TryGetProperty(name, out var value) || message.TryGetProperty(Camel(name), out value))
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string Camel(string snake)
    {
        var words = snake.Split('_');
        var camel = new StringBuilder(words[0]);
        foreach (var word in words[1..])
        {
            camel.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        }

        return camel.ToString();
    }
}
