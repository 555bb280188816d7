using System.Globalization;
using System.Text.Json;

namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// Reads LiveKit's JSON and never fails. A field is found under its camelCase name (webhooks) or its snake_case name (API answers). A field
/// that is missing, null or of an unexpected type reads as its default. If a field occurs twice, the last one counts.
/// </summary>
internal static class TolerantJson
{
    /// <summary>LiveKit's JSON nests about ten levels deep.</summary>
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 1024 };

    extension(JsonElement element)
    {
        /// <summary>The text of a string or of a number. Protobuf writes an enum value without a name as a number.</summary>
        public string Text(string camelCase, string? snakeCase = null, string missing = "") => element.Field(camelCase, snakeCase) switch
        {
            { ValueKind: JsonValueKind.String } field => Text(field) ?? missing,
            { ValueKind: JsonValueKind.Number } field => field.GetRawText(),
            _ => missing,
        };

        /// <summary>A whole number, written as a number or as text; 0 if there is none.</summary>
        public long Number(string camelCase, string? snakeCase = null) =>
            long.TryParse(element.Text(camelCase, snakeCase), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;

        /// <summary>The object as <paramref name="read"/> reads it; <c>null</c> if there is none.</summary>
        public T? Object<T>(string camelCase, string? snakeCase, Func<JsonElement, T> read)
            where T : class =>
            element.Field(camelCase, snakeCase) is { ValueKind: JsonValueKind.Object } field ? read(field) : null;

        /// <summary>Whether a field is true.</summary>
        public bool Flag(string name) => element.Field(name, null).ValueKind == JsonValueKind.True;

        /// <summary>Whether a field of the object <paramref name="parent"/> is true.</summary>
        public bool Flag(string parent, string name) =>
            element.Field(parent, null) is { ValueKind: JsonValueKind.Object } field
            && field.Field(name, null).ValueKind == JsonValueKind.True;

        /// <summary>
        /// The objects of an array as <paramref name="read"/> reads them; other items are skipped. Empty if the field is missing,
        /// <c>null</c> if it is no array.
        /// </summary>
        public IReadOnlyList<T>? Objects<T>(string camelCase, string? snakeCase, Func<JsonElement, T> read)
        {
            var field = element.Field(camelCase, snakeCase);
            if (field.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                return [];
            }

            return field.ValueKind == JsonValueKind.Array
                ? [.. field.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(read)]
                : null;
        }

        /// <summary>The strings of an array; other items are skipped. Empty if there is no array.</summary>
        public IReadOnlyList<string> TextList(string camelCase, string? snakeCase = null) =>
            element.Field(camelCase, snakeCase) is { ValueKind: JsonValueKind.Array } field
                ? [.. field.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(Text).OfType<string>()]
                : [];

        /// <summary>The members of an object whose values are strings.</summary>
        public IReadOnlyDictionary<string, string> Texts(string name)
        {
            if (element.Field(name, null) is not { ValueKind: JsonValueKind.Object } field)
            {
                return LiveKitAttributes.None;
            }

            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in field.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.String && Name(member) is { } key && Text(member.Value) is { } value)
                {
                    texts[key] = value;
                }
            }

            return texts;
        }

        private JsonElement Field(string camelCase, string? snakeCase)
        {
            try
            {
                return element.TryGetProperty(camelCase, out var field)
                    || (snakeCase is not null && element.TryGetProperty(snakeCase, out field))
                        ? field
                        : default;
            }
            catch (InvalidOperationException)
            {
                return default; // A member's name is not valid text.
            }
        }
    }

    private static string? Text(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Valid JSON, but not valid text: half a surrogate pair, or bytes that are not UTF-8.
        }
    }

    private static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
