using VoiceFunctions.LocalHost.Costs;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary><c>call</c>: places a simulated call, tells its story and the verdict.</summary>
internal static class CallCommand
{
    /// <summary>Runs the command; 0 only if every promise was kept, 2 where the arguments are wrong.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments is ["--help" or "-h"])
        {
            await output.WriteLineAsync(Usage());
            return 0;
        }

        if (CallOptions.TryParse(arguments, out var error) is not { } options)
        {
            await errors.WriteLineAsync(error);
            await errors.WriteLineAsync(Usage());
            return 2;
        }

        return options.FirstSeed == options.LastSeed
            ? await TellOneAsync(options, output, cancellationToken)
            : await CountManyAsync(options, output, cancellationToken);
    }

    private static async Task<int> TellOneAsync(CallOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"{options.Scenario.Name}: {options.Scenario.Description}");
        await output.WriteLineAsync();
        var verdict = await SimulatedCall.PlayAsync(options, options.FirstSeed, output, null, cancellationToken);

        await output.WriteLineAsync();
        await output.WriteLineAsync($"The caller heard {verdict.CallerHeard}.");
        await output.WriteLineAsync();
        await TellPromisesAsync(verdict, output);
        await output.WriteLineAsync(verdict.IsKept ? "All promises kept." : "A promise was broken.");
        foreach (var sheet in options.TellsCost ? verdict.Costs : [])
        {
            await output.WriteLineAsync();
            await CostText.TellAsync(sheet, output);
        }

        return verdict.IsKept ? 0 : 1;
    }

    private static async Task<int> CountManyAsync(CallOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var broken = 0;
        for (var seed = options.FirstSeed; seed <= options.LastSeed; seed++)
        {
            var verdict = await SimulatedCall.PlayAsync(options, seed, null, null, cancellationToken);
            if (!verdict.IsKept)
            {
                broken++;
                await output.WriteLineAsync($"seed {seed}:");
                await TellPromisesAsync(verdict, output);
            }
        }

        var calls = options.LastSeed - options.FirstSeed + 1;
        await output.WriteLineAsync(
            $"{options.Scenario.Name}: {calls} calls, {calls - broken} with all promises kept, {broken} with a broken one.");
        return broken == 0 ? 0 : 1;
    }

    private static async Task TellPromisesAsync(Verdict verdict, TextWriter output)
    {
        foreach (var promise in verdict.Summary)
        {
            await output.WriteLineAsync($"  {(promise.Kept ? "kept  " : "BROKEN")}  {promise.Text}");
        }
    }

    private static string Usage() =>
        $"""
        ./run.sh call [--scenario NAME] [--seed N or N..M] [--duplicate P] [--reorder P] [--lose P] [--clock-jump SECONDS] [--cost]

        Scenarios:
        {string.Join(Environment.NewLine, ScenarioCatalog.All.Select(scenario => $"  {scenario.Name,-30}{scenario.Description}"))}
        """;
}
