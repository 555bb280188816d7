using System.CommandLine;
using System.Globalization;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>One seed, or all from a first to a last.</summary>
internal readonly record struct SeedRange(int First, int Last)
{
    /// <summary>How many seeds there are.</summary>
    public int Count => Last - First + 1;

    /// <summary>Reads <c>7</c> or <c>1..200</c>; <c>null</c> for everything else.</summary>
    public static SeedRange? Read(string text)
    {
        var parts = text.Split("..");
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last
                ? new SeedRange(first, last)
                : null;
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}..{Last}";
}

/// <summary>What <c>call</c> was asked for.</summary>
/// <param name="Scenario">What to play.</param>
/// <param name="Seeds">With more than one only the verdicts are told.</param>
/// <param name="Faults">What goes wrong on the way.</param>
internal sealed record CallOptions(Scenario Scenario, SeedRange Seeds, DeliveryFaults Faults)
{
    private const string Chance = "a probability from 0 to 1";

    private static readonly ValueOption<Scenario> ScenarioOption = new(
        "--scenario",
        "NAME",
        "the name of a scenario, which --help lists",
        text => ScenarioCatalog.All.FirstOrDefault(scenario => scenario.Name == text))
    {
        Description = $"What happens in the call [default: {ScenarioCatalog.All[0].Name}]",
    };

    private static readonly ValueOption<SeedRange> SeedOption = new(
        "--seed", "N or N..M", "a whole number such as 7, or a range such as 1..200", text => SeedRange.Read(text))
    {
        Description = "Determines all random choices. A range plays one call for each number, and prints only the results [default: 1]",
    };

    private static readonly ValueOption<double> DuplicateOption = Probability("--duplicate", "Probability that a webhook comes twice");
    private static readonly ValueOption<double> ReorderOption =
        Probability("--reorder", "Probability that a later webhook comes first");
    private static readonly ValueOption<double> LoseOption = Probability("--lose", "Probability that a webhook is lost");

    private static readonly ValueOption<double> JumpOption = new(
        "--clock-jump",
        "SECONDS",
        "a number of whole seconds, such as 30 or -30",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? (double)seconds : null)
    {
        Description = "By how many seconds the gateway's clock jumps in the middle of the call; negative: back [default: 0]",
    };

    private static readonly Option<bool> CostOption = Flag.Of("--cost", "Also prints what the call cost");

    private static readonly ValueOption<string> SaveOption =
        new("--save", "FILE", "the name of a file that is written", text => text.Length > 0 ? text : null)
        {
            Description = "Saves the call's stored rows and its proof in a file that proof, replay and diff can read. If the scenario has "
                + "several calls, the others are in FILE-2, FILE-3 and so on",
        };

    private static readonly Option<bool> JsonOption = JsonText.Option("The verdict");

    static CallOptions() => ScenarioOption.CompletionSources.Add([.. ScenarioCatalog.All.Select(scenario => scenario.Name)]);

    /// <summary>Every option, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [ScenarioOption, SeedOption, DuplicateOption, ReorderOption, LoseOption, JumpOption, CostOption, SaveOption, JsonOption];

    /// <summary>By how much the gateway's wall clock jumps in the middle of the call.</summary>
    public TimeSpan ClockJump { get; init; }

    /// <summary>Whether what the call cost is told too.</summary>
    public bool TellsCost { get; init; }

    /// <summary>The file that the calls are written into; <c>null</c> for none.</summary>
    public string? SaveTo { get; init; }

    /// <summary>Whether the verdict is told as JSON, and no story.</summary>
    public bool IsJson { get; init; }

    /// <summary>Refuses options that make no sense together.</summary>
    public static void Check(System.CommandLine.Parsing.CommandResult result)
    {
        if (result.GetResult(SaveOption) is not null
            && result.GetResult(SeedOption)?.Tokens is [{ Value: var seeds }] && SeedRange.Read(seeds) is { Count: > 1 })
        {
            result.AddError("--save saves only one call, so give --seed one number instead of a range");
        }
    }

    /// <summary>One call of a scenario over a network that does all that it should.</summary>
    /// <param name="scenario">The name of the scenario.</param>
    public static CallOptions Of(string scenario) =>
        new(ScenarioCatalog.All.Single(one => one.Name == scenario), new SeedRange(1, 1), DeliveryFaults.None);

    /// <summary>Reads what was asked for.</summary>
    /// <param name="parsed">Arguments without errors.</param>
    public static CallOptions Of(ParseResult parsed) => new(
        parsed.GetValue(ScenarioOption) ?? ScenarioCatalog.All[0],
        parsed.GetResult(SeedOption) is null ? new SeedRange(1, 1) : parsed.GetValue(SeedOption),
        DeliveryFaults.None with
        {
            Duplicate = parsed.GetValue(DuplicateOption),
            Reorder = parsed.GetValue(ReorderOption),
            Lose = parsed.GetValue(LoseOption),
        })
    {
        ClockJump = TimeSpan.FromSeconds(parsed.GetValue(JumpOption)),
        TellsCost = parsed.GetValue(CostOption),
        SaveTo = parsed.GetValue(SaveOption),
        IsJson = parsed.GetValue(JsonOption),
    };

    private static ValueOption<double> Probability(string name, string what) => new(
        name,
        "P",
        Chance,
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : null)
    {
        Description = $"{what}, from 0 to 1 [default: 0]",
    };
}
