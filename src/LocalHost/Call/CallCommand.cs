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

        command.SetAction((parsed, stop) => RunAsync(CallOptions.Of(parsed), console, stop));
        return command;
    }

    private static Task<int> RunAsync(CallOptions options, CommandConsole console, CancellationToken cancellationToken) =>
        options.Seeds.Count == 1
            ? TellOneAsync(options, console, cancellationToken)
            : CountManyAsync(options, console, cancellationToken);

    private static async Task<int> TellOneAsync(CallOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
        console.Tell($"{options.Scenario.Name}: {options.Scenario.Description}");
        console.Tell("");
        var verdict = await SimulatedCall.PlayAsync(options, options.Seeds.First, console.Output, null, cancellationToken);

        console.Tell("");
        console.Tell($"The caller heard {verdict.CallerHeard}.");
        console.Tell("");
        TellPromises(verdict, console);
        if (verdict.IsKept)
        {
            console.Tell("All promises kept.", Tone.Good);
        }
        else
        {
            console.Tell("A promise was broken.", Tone.Bad);
        }

        foreach (var sheet in options.TellsCost ? verdict.Costs : [])
        {
            console.Tell("");
            await CostText.TellAsync(sheet, console.Output);
        }

        return verdict.IsKept ? 0 : 1;
    }

    private static async Task<int> CountManyAsync(CallOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
        List<(int Seed, Verdict Verdict)> broken = [];
        await ProgressBar.RunAsync(console, options.Scenario.Name, options.Seeds.Count, async tell =>
        {
            for (var seed = options.Seeds.First; seed <= options.Seeds.Last; seed++)
            {
                tell(seed - options.Seeds.First, $"seed {seed}, {broken.Count} broken");
                var verdict = await SimulatedCall.PlayAsync(options, seed, null, null, cancellationToken);
                if (!verdict.IsKept)
                {
                    broken.Add((seed, verdict));
                }
            }
        });

        foreach (var (seed, verdict) in broken)
        {
            console.Tell($"seed {seed}:");
            TellPromises(verdict, console);
        }

        var calls = options.Seeds.Count;
        console.Tell(
            $"{options.Scenario.Name}: {calls} calls, {calls - broken.Count} with all promises kept, {broken.Count} with a broken one.",
            broken.Count == 0 ? Tone.Good : Tone.Bad);
        return broken.Count == 0 ? 0 : 1;
    }

    private static void TellPromises(Verdict verdict, CommandConsole console)
    {
        var promises = new Listing(new("Kept", 8), new("Promise")) { Indent = "  " };
        foreach (var promise in verdict.Summary)
        {
            promises.Add(promise.Kept ? new("kept", Tone.Good) : new("BROKEN", Tone.Bad), promise.Text);
        }

        console.Tell(promises);
    }
}
