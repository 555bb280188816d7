using System.Globalization;
using VoiceFunctions.Core.Costs;

namespace VoiceFunctions.LocalHost.Costs;

/// <summary>A cost sheet for people.</summary>
internal static class CostText
{
    /// <summary>Tells the durations side by side, where they disagree, what was waste, and what is billed.</summary>
    public static async Task TellAsync(CostSheet sheet, TextWriter output)
    {
        var soFar = sheet.IsFinal ? "" : ", so far";
        await output.WriteLineAsync($"cost of call {sheet.CallId}{soFar}, prices of {sheet.PricesOf:yyyy-MM-dd}");
        foreach (var time in sheet.Durations)
        {
            await output.WriteLineAsync($"  {time.Witness,-10}{Seconds(time.Seconds),10} in all, {Seconds(time.TalkSeconds),8} connected");
        }

        foreach (var disagreement in sheet.Disagreements)
        {
            await output.WriteLineAsync($"  DIFFERS   {disagreement.Name}: {disagreement.Text}");
        }

        foreach (var waste in sheet.Waste.Where(waste => waste.Quantity > 0))
        {
            var quantity = string.Create(CultureInfo.InvariantCulture, $"{waste.Quantity:0.#} {waste.Unit}");
            await output.WriteLineAsync($"  waste     {quantity,10} {waste.Name,-20}{Dollars(waste.MicroDollars),14}  {waste.Text}");
        }

        foreach (var line in sheet.Lines.Where(line => line.Quantity > 0))
        {
            await output.WriteLineAsync(
                $"  billed    {line.Quantity,6} {line.Price,-26}{Dollars(line.MicroDollars),12}{(line.IsDerived ? "  derived" : "")}");
        }

        var unpriced = sheet.Unpriced.Count == 0 ? "" : $", without {string.Join(", ", sheet.Unpriced)}";
        await output.WriteLineAsync($"  in all    {Dollars(sheet.MicroDollars)}{unpriced}");
    }

    private static string Seconds(double? seconds) =>
        seconds is { } some ? string.Create(CultureInfo.InvariantCulture, $"{some:0.0} s") : "unknown";

    private static string Dollars(long? micro) =>
        micro is { } some ? string.Create(CultureInfo.InvariantCulture, $"${some / 1_000_000m:0.000000}") : "no price";
}
