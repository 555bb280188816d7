using System.Globalization;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>What <c>call</c> was asked for.</summary>
/// <param name="Scenario">What to play.</param>
/// <param name="FirstSeed">The first seed.</param>
/// <param name="LastSeed">The last seed; with more than one only the verdicts are told.</param>
/// <param name="Faults">What goes wrong on the way.</param>
internal sealed record CallOptions(Scenario Scenario, int FirstSeed, int LastSeed, DeliveryFaults Faults)
{
    private const string Cost = "--cost";

    /// <summary>By how much the gateway's wall clock jumps in the middle of the call.</summary>
    public TimeSpan ClockJump { get; init; }

    /// <summary>Whether what the call cost is told too.</summary>
    public bool TellsCost { get; init; }

    /// <summary>Reads the arguments; <c>null</c> with a sentence where they are wrong.</summary>
    public static CallOptions? TryParse(IReadOnlyList<string> arguments, out string error)
    {
        var options = new CallOptions(ScenarioCatalog.All[0], 1, 1, DeliveryFaults.None);
        error = "";
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (arguments[i] == Cost)
            {
                options = options with { TellsCost = true };
                i--;
                continue;
            }

            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            var next = arguments[i] switch
            {
                "--scenario" => ScenarioCatalog.All.FirstOrDefault(scenario => scenario.Name == value) is { } scenario
                    ? options with { Scenario = scenario }
                    : null,
                "--seed" => Seeds(value) is { } seeds ? options with { FirstSeed = seeds.First, LastSeed = seeds.Last } : null,
                "--duplicate" => Probability(value) is { } p ? options with { Faults = options.Faults with { Duplicate = p } } : null,
                "--reorder" => Probability(value) is { } p ? options with { Faults = options.Faults with { Reorder = p } } : null,
                "--lose" => Probability(value) is { } p ? options with { Faults = options.Faults with { Lose = p } } : null,
                "--clock-jump" => double.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                    ? options with { ClockJump = TimeSpan.FromSeconds(seconds) }
                    : null,
                _ => null,
            };
            if (next is null)
            {
                error = $"not understood: {arguments[i]} {value}".TrimEnd();
                return null;
            }

            options = next;
        }

        return options;
    }

    private static (int First, int Last)? Seeds(string text)
    {
        var parts = text.Split("..");
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last
                ? (first, last)
                : null;
    }

    private static double? Probability(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : null;
}
