using System.CommandLine;
using System.Globalization;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.Chaos;

/// <summary>What a run was asked for.</summary>
/// <param name="Calls">How many calls arrive.</param>
/// <param name="Rate">How many of them in a second, on average.</param>
/// <param name="Seed">All chance comes from this.</param>
/// <param name="Hosts">How many gateway processes there are.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record ChaosOptions(int Calls, double Rate, int Seed, int Hosts, IReadOnlySet<string> Faults)
{
    private const int UsualPause = 5;

    private static readonly ValueOption<int> CallsOption = Whole(
        "--calls", "N", "a whole number of calls, from 1 to 9999999", from: 1, to: 9_999_999, 200, "How many calls arrive");

    private static readonly ValueOption<double> RateOption = new(
        "--rate",
        "CALLS_PER_SECOND",
        "a number of calls per second, up to 1000, such as 4 or 0.5",
        text => Number(text) is { } rate and > 0 and <= 1000 ? rate : null)
    {
        Description = "How many calls arrive per second, on average",
        DefaultValueFactory = _ => 4,
    };

    private static readonly ValueOption<int> SeedOption =
        Whole("--seed", "N", "a whole number such as 7", from: 0, to: int.MaxValue, 1, "All chance comes from this number");

    private static readonly ValueOption<int> HostsOption =
        Whole("--hosts", "1|2", "1 or 2", from: 1, to: 2, 2, "How many gateway processes share the calls");

    private static readonly ValueOption<IReadOnlySet<string>> FaultsOption = new(
        "--faults", "NAMES", $"all, none, or some of {string.Join(',', FaultName.All)} with commas between them", FaultName.Parse)
    {
        Description = $"Which faults occur: all, none, or some of these, with commas: {string.Join(", ", FaultName.All)} [default: all]",
    };

    private static readonly ValueOption<int> PauseOption = Whole(
        "--pause",
        "SECONDS",
        "a whole number of seconds, from 1 to 120",
        from: 1,
        to: 120,
        UsualPause,
        "For how many seconds the storage stands still each time");

    private static readonly ValueOption<string> EngineOption = new(
        "--engine", "local|durable", "local or durable", text => text is "local" or "durable" ? text : null)
    {
        Description = "What the gateways run on: the engine of ./run.sh, or the one that Azure uses",
        DefaultValueFactory = _ => "local",
    };

    private static readonly Option<bool> JsonOption = JsonText.Option("The result of the run");

    static ChaosOptions()
    {
        FaultsOption.CompletionSources.Add(["all", "none", .. FaultName.All]);
        HostsOption.CompletionSources.Add("1", "2");
        EngineOption.CompletionSources.Add("local", "durable");
    }

    /// <summary>Every option, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [CallsOption, RateOption, SeedOption, HostsOption, FaultsOption, PauseOption, EngineOption, JsonOption];

    /// <summary>For how many seconds the storage stands still each time, where that is one of the faults.</summary>
    public int Pause { get; init; } = UsualPause;

    /// <summary>Whether the gateways run on the engine that Azure uses, as the function app does; otherwise each is a local host.</summary>
    public bool OnDurable { get; init; }

    /// <summary>Whether what the run came to is told as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The command that repeats this run.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture,
        $"./run.sh chaos --calls {Calls} --rate {Rate} --seed {Seed} --hosts {Hosts} --faults "
            + $"{FaultName.Spell(Faults)}{(Pause == UsualPause ? "" : $" --pause {Pause}")}{(OnDurable ? " --engine durable" : "")}");

    /// <summary>Reads what was asked for.</summary>
    /// <param name="parsed">Arguments without errors.</param>
    public static ChaosOptions Of(ParseResult parsed) => new(
        parsed.GetValue(CallsOption),
        parsed.GetValue(RateOption),
        parsed.GetValue(SeedOption),
        parsed.GetValue(HostsOption),
        parsed.GetValue(FaultsOption) ?? FaultName.All)
    {
        Pause = parsed.GetValue(PauseOption),
        OnDurable = parsed.GetValue(EngineOption) == "durable",
        IsJson = parsed.GetValue(JsonOption),
    };

    private static ValueOption<int> Whole(
        string name, string value, string expected, int from, int to, int usual, string description) => new(
        name,
        value,
        expected,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : null)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
