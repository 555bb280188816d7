using System.Globalization;
using System.Text.Json;

namespace VoiceFunctions.Core.Costs.Prices;

/// <summary>The fields of one object of a price list. What is wrong is told with its place, and reads as missing.</summary>
internal sealed class PriceFields
{
    private const int MaxText = 300;

    private readonly JsonElement fields;
    private readonly string place;
    private readonly ICollection<string> errors;

    /// <param name="fields">The object.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="known">The fields that it may have.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public PriceFields(JsonElement fields, string place, IEnumerable<string> known, ICollection<string> errors)
    {
        (this.fields, this.place, this.errors) = (fields, place, errors);
        foreach (var other in fields.EnumerateObject().Select(field => field.Name).Except(known))
        {
            errors.Add($"{place}: {other} is unknown");
        }
    }

    public bool IsNull(string name) => fields.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Null;

    public bool Has(string name) => fields.TryGetProperty(name, out _);

    public string? Text(string name) => Read<string>(
        name,
        $"must be a text of 1 to {MaxText} characters",
        field => field.ValueKind == JsonValueKind.String && field.GetString() is { Length: > 0 and <= MaxText } text ? text : null);

    public long? Whole(string name, long least, long most)
    {
        long? whole = null;
        Read(
            name,
            string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"),
            field => field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var read) && read >= least && read <= most
                ? whole = read
                : (object?)null);
        return whole;
    }

    public bool? Flag(string name)
    {
        bool? flag = null;
        Read(
            name,
            "must be true or false",
            field => field.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? flag = field.ValueKind == JsonValueKind.True
                : (object?)null);
        return flag;
    }

    public DateOnly? Day(string name)
    {
        DateOnly? day = null;
        Read(
            name,
            "must be a day such as 2026-11-29",
            field => field.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(
                field.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
                ? day = read
                : (object?)null);
        return day;
    }

    public void Wrong(string name, string rule) => errors.Add($"{place}.{name} {rule}");

    private T? Read<T>(string name, string rule, Func<JsonElement, T?> read)
        where T : class
    {
        if (!fields.TryGetProperty(name, out var field))
        {
            return null;
        }

        var value = read(field);
        if (value is null)
        {
            Wrong(name, rule);
        }

        return value;
    }
}
