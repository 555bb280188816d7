using System.Text.Json;

namespace VoiceFunctions.Core.Costs.Prices;

/// <summary>
/// Reads price lists: <c>{"date": "2026-11-29", "prices": {"twilio.sip_minute": {"microDollars": 4000}}}</c>. An operator's list changes
/// what it names, and the shipped prices stand for the rest. Strict: every field that is unknown or wrong is an error with its place.
/// </summary>
public static class PriceFile
{
    /// <summary>The highest price in millionths of a dollar, and the most units that it may be for.</summary>
    private const long Most = 1_000_000_000;

    private const string OwnSource = "the operator's own";
    private const string Amount = "microDollars";

    private static readonly string[] Fields = [Amount, "per", "unit", "source", "date", "verified", "note"];

    /// <summary>Reads an operator's list.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="errors">Receives the errors, one sentence each. If there are any, the list is <c>null</c>.</param>
    public static PriceList? Parse(string json, ICollection<string> errors) => Parse(json, PriceList.Shipped, errors);

    internal static PriceList ReadShipped()
    {
        using var stream = typeof(PriceFile).Assembly.GetManifestResourceStream("prices.json")!;
        using var reader = new StreamReader(stream);
        List<string> errors = [];
        return Parse(reader.ReadToEnd(), null, errors) ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    private static PriceList? Parse(string json, PriceList? shipped, ICollection<string> errors)
    {
        var before = errors.Count;
        try
        {
            var root = JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var list = Read(root, shipped, errors);
            return errors.Count == before ? list : null;
        }
        catch (JsonException unreadable)
        {
            errors.Add($"prices: not readable at line {unreadable.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            errors.Add("prices: a text holds half a character");
        }

        return null;
    }

    private static PriceList? Read(JsonElement root, PriceList? shipped, ICollection<string> errors)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("prices", out var entries) || entries.ValueKind != JsonValueKind.Object
            || new PriceFields(root, "prices", ["date", "prices"], errors).Day("date") is not { } day)
        {
            errors.Add("prices: the list is an object with a date, such as 2026-11-29, and with prices");
            return null;
        }

        List<Price> prices = [];
        foreach (var entry in entries.EnumerateObject())
        {
            if (shipped is not null && shipped.Find(entry.Name) is null)
            {
                errors.Add($"prices.{entry.Name} is unknown; known are {string.Join(", ", shipped.All.Select(price => price.Name))}");
            }
            else if (entry.Value.ValueKind != JsonValueKind.Object)
            {
                errors.Add($"prices.{entry.Name} must be an object such as {{\"{Amount}\": 4000}}");
            }
            else
            {
                prices.Add(Read(
                    entry.Name, new PriceFields(entry.Value, $"prices.{entry.Name}", Fields, errors), shipped?[entry.Name], day));
            }
        }

        var own = prices.Select(price => price.Name).ToHashSet(StringComparer.Ordinal);
        return new PriceList(day, (shipped?.All ?? []).Where(price => !own.Contains(price.Name)).Concat(prices));
    }

    private static Price Read(string name, PriceFields fields, Price? shipped, DateOnly day)
    {
        if (!fields.Has(Amount))
        {
            fields.Wrong(Amount, "is missing: millionths of a dollar, or null for no price");
        }

        return new Price(
            name,
            fields.IsNull(Amount) ? null : fields.Whole(Amount, 0, Most),
            fields.Whole("per", 1, Most) ?? shipped?.Per ?? 1,
            fields.Text("unit") ?? shipped?.Unit ?? "unit",
            fields.Text("source") ?? OwnSource,
            fields.Day("date") ?? day)
        {
            Verified = fields.Flag("verified") ?? false,
            Note = fields.Text("note"),
        };
    }
}
