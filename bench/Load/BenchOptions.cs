using System.Globalization;

namespace VoiceFunctions.Bench.Load;

/// <summary>What the command line asks for.</summary>
/// <param name="Lengths">How long everything is.</param>
/// <param name="Seed">Where chance begins.</param>
/// <param name="Only">The workloads; all if empty.</param>
/// <param name="Peers">The contestants; all if empty.</param>
/// <param name="Output">The folder of the report.</param>
/// <param name="Earlier">The results of an earlier run, which the report has too; <c>null</c> for none.</param>
internal sealed record BenchOptions(
    Lengths Lengths, int Seed, IReadOnlyList<string> Only, IReadOnlyList<string> Peers, string Output, string? Earlier)
{
    public const string Usage =
        "bench/run.sh [--quick|--full] [--only WORKLOAD,...] [--peers NAME,...] [--seed N] [--runs N] [--out FOLDER]"
        + " [--add RESULTS]";

    /// <summary>Reads it; <c>null</c> if it is wrong.</summary>
    public static BenchOptions? Read(IReadOnlyList<string> args)
    {
        var options = new BenchOptions(Lengths.Usual, 1, [], [], "docs", null);
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quick":
                    options = options with { Lengths = Lengths.Quick };
                    continue;
                case "--full":
                    options = options with { Lengths = Lengths.Full };
                    continue;
                case "--only" when value is not null:
                    options = options with { Only = value.Split(',') };
                    break;
                case "--peers" when value is not null:
                    options = options with { Peers = value.Split(',') };
                    break;
                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--runs" when int.TryParse(value, CultureInfo.InvariantCulture, out var runs) && runs > 0:
                    options = options with { Lengths = options.Lengths with { Runs = runs } };
                    break;
                case "--out" when value is not null:
                    options = options with { Output = value };
                    break;
                case "--add" when value is not null:
                    options = options with { Earlier = value };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }
}
