using System.Globalization;
using VoiceFunctions.Chaos.Faults;

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

    /// <summary>For how many seconds the storage stands still each time, where that is one of the faults.</summary>
    public int Pause { get; init; } = UsualPause;

    /// <summary>Whether the gateways run on the engine that Azure uses, as the function app does; otherwise each is a local host.</summary>
    public bool OnDurable { get; init; }

    /// <summary>How it is asked for.</summary>
    public static string Usage =>
        "./run.sh chaos [--calls N] [--rate CALLS_PER_SECOND] [--seed N] [--hosts 1|2] [--faults "
        + $"all|none|{string.Join(',', FaultName.All)}] [--pause SECONDS] [--engine local|durable]";

    /// <summary>The command that repeats this run.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture,
        $"./run.sh chaos --calls {Calls} --rate {Rate} --seed {Seed} --hosts {Hosts} --faults "
            + $"{FaultName.Spell(Faults)}{(Pause == UsualPause ? "" : $" --pause {Pause}")}{(OnDurable ? " --engine durable" : "")}");

    /// <summary>Reads the arguments; <c>null</c> with a sentence where they are wrong.</summary>
    public static ChaosOptions? TryParse(IReadOnlyList<string> arguments, out string error)
    {
        var options = new ChaosOptions(200, 4, 1, 2, FaultName.All);
        error = "";
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            var next = arguments[i] switch
            {
                "--calls" => Whole(value) is { } calls and > 0 and < 10_000_000 ? options with { Calls = calls } : null,
                "--rate" => Number(value) is { } rate and > 0 and <= 1000 ? options with { Rate = rate } : null,
                "--seed" => Whole(value) is { } seed ? options with { Seed = seed } : null,
                "--hosts" => Whole(value) is { } hosts and (1 or 2) ? options with { Hosts = hosts } : null,
                "--faults" => FaultName.Parse(value) is { } faults ? options with { Faults = faults } : null,
                "--pause" => Whole(value) is { } pause and > 0 and <= 120 ? options with { Pause = pause } : null,
                "--engine" => value is "local" or "durable" ? options with { OnDurable = value == "durable" } : null,
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

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
