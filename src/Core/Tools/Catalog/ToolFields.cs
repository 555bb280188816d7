using System.Globalization;
using System.Text.Json;

namespace VoiceFunctions.Core.Tools.Catalog;

/// <summary>
/// Reads one object of the tools' JSON field by field, and names everything that is wrong by its place, never by its value.
/// </summary>
/// <param name="json">The object, or what stands in its place.</param>
/// <param name="where">Its place.</param>
/// <param name="errors">Receives the errors.</param>
internal sealed class ToolFields(JsonElement json, string where, ICollection<string> errors)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Its place, for what its reader has to say.</summary>
    public string Where => where;

    /// <summary>A text; <c>null</c> where it is left out or wrong.</summary>
    public string? Text(string name, Func<string, bool> isValid, string rule, bool isNeeded = false)
    {
        if (Find(name) is not { } value)
        {
            Wrong(name, isNeeded ? "is missing" : null);
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var isRight = text is not null && isValid(text);
        Wrong(name, isRight ? null : rule);
        return isRight ? text : null;
    }

    /// <summary>A time in seconds.</summary>
    public TimeSpan Seconds(string name, double least, double most, TimeSpan fallback)
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds >= least && seconds <= most)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"));
        return fallback;
    }

    /// <summary>Yes or no; no where it is left out.</summary>
    public bool Flag(string name)
    {
        var value = Find(name);
        Wrong(name, value is null or { ValueKind: JsonValueKind.True or JsonValueKind.False } ? null : "must be true or false");
        return value is { ValueKind: JsonValueKind.True };
    }

    /// <summary>A schema that its checker takes; <c>null</c> where it is left out or wrong.</summary>
    public JsonElement? Schema(string name, Func<JsonElement, string?> faultOf)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var fault = value.ValueKind == JsonValueKind.Object ? faultOf(value) : "must be a JSON schema, an object";
        Wrong(name, fault);
        return fault is null ? value : null;
    }

    /// <summary>The texts of an object by their names.</summary>
    public Dictionary<string, string> Texts(string name, Func<string, string, bool> isValid, int most, string rule)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Find(name) is not { } value)
        {
            return texts;
        }

        var isRight = value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() <= most;
        foreach (var field in isRight ? value.EnumerateObject() : default)
        {
            var text = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : null;
            isRight &= text is not null && isValid(field.Name, text) && texts.TryAdd(field.Name, text);
        }

        Wrong(name, isRight ? null : rule);
        return texts;
    }

    /// <summary>The objects of a list, each with its place.</summary>
    public IEnumerable<ToolFields> List(string name, int most)
    {
        var value = Find(name);
        if (value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 || list.GetArrayLength() > most)
        {
            Wrong(name, $"must be a list of 1 to {most}");
            yield break;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            yield return new ToolFields(item, $"{Place(name)}[{index++}]", errors);
        }
    }

    /// <summary>To be called when every field was asked for: no other may be there.</summary>
    public void Done()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"tools: {(where.Length == 0 ? "the text" : where)} must be an object");
            return;
        }

        foreach (var field in json.EnumerateObject().Where(field => !known.Contains(field.Name)))
        {
            errors.Add($"tools: {(where.Length == 0 ? "the text" : where)} has a field that is not known: {Shown(field.Name)}");
        }
    }

    /// <summary>Says of a field what is wrong with it; nothing where nothing is.</summary>
    public void Wrong(string name, string? fault)
    {
        if (fault is not null)
        {
            errors.Add($"tools: {Place(name)} {fault}");
        }
    }

    private string Place(string name) => where.Length == 0 ? name : $"{where}.{name}";

    private JsonElement? Find(string name)
    {
        known.Add(name);
        return json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
                ? value
                : null;
    }

    /// <summary>A field's name is the writer's own: as much of it as finds it again.</summary>
    private static string Shown(string name) =>
        string.Concat(name.Take(40).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '?'));
}
