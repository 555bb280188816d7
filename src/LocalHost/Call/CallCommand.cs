using System.CommandLine;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Costs;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary><c>call</c>: places a simulated call, tells its story and the verdict.</summary>
internal static class CallCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand("call", "Places a simulated call and tells its story and whether every promise was kept")
        {
            List = ("Scenarios", [.. ScenarioCatalog.All.Select(scenario => (scenario.Name, scenario.Description))]),
            Examples =
            [
                "./run.sh call --scenario agent-never-joins",
                "./run.sh call --seed 1..200 --duplicate 0.5 --reorder 0.5 --lose 0.2",
            ],
            ExitStatuses =
            [
                new(0, "every promise was kept"),
                new(1, "a promise was broken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong"),
            ],
        };
        foreach (var option in CallOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, stop) => RunAsync(CallOptions.Of(parsed), console.Output, stop));
        return command;
    }

    private static Task<int> RunAsync(CallOptions options, TextWriter output, CancellationToken cancellationToken) =>
        options.Seeds.Count == 1
            ? TellOneAsync(options, output, cancellationToken)
            : CountManyAsync(options, output, cancellationToken);

    private static async Task<int> TellOneAsync(CallOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"{options.Scenario.Name}: {options.Scenario.Description}");
        await output.WriteLineAsync();
        var verdict = await SimulatedCall.PlayAsync(options, options.Seeds.First, output, null, cancellationToken);

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
        for (var seed = options.Seeds.First; seed <= options.Seeds.Last; seed++)
        {
            var verdict = await SimulatedCall.PlayAsync(options, seed, null, null, cancellationToken);
            if (!verdict.IsKept)
            {
                broken++;
                await output.WriteLineAsync($"seed {seed}:");
                await TellPromisesAsync(verdict, output);
            }
        }

        var calls = options.Seeds.Count;
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
}
