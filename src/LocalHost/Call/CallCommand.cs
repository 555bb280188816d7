using System.CommandLine;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Costs;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary><c>call</c>: places a simulated call, tells its story and the verdict.</summary>
internal static class CallCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand("call", "Plays a simulated call, prints what happens, and says whether every promise was kept")
        {
            List = ("Scenarios", [.. ScenarioCatalog.All.Select(scenario => (scenario.Name, scenario.Description))]),
            Examples =
            [
                "./run.sh call --scenario agent-never-joins",
                "./run.sh call --scenario warm-handoff --save handoff.json",
                "./run.sh call --seed 1..200 --duplicate 0.5 --reorder 0.5 --lose 0.2",
            ],
            ExitStatuses =
            [
                new(0, "every promise was kept"),
                new(1, "a promise was broken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or the file of --save cannot be written"),
            ],
        };
        foreach (var option in CallOptions.All)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(CallOptions.Check);
        command.SetAction((parsed, stop) => RunAsync(CallOptions.Of(parsed), console, stop));
        return command;
    }

    private static Task<int> RunAsync(CallOptions options, CommandConsole console, CancellationToken cancellationToken) =>
        options.Seeds.Count == 1
            ? TellOneAsync(options, console, cancellationToken)
            : CountManyAsync(options, console, cancellationToken);

    private static async Task<int> TellOneAsync(CallOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
        if (!options.IsJson)
        {
            console.Tell($"{options.Scenario.Name}: {options.Scenario.Description}");
            console.Tell("");
        }

        var verdict = await SimulatedCall.PlayAsync(
            options, options.Seeds.First, options.IsJson ? null : console.Output, null, cancellationToken);
        if (options.IsJson)
        {
            console.Tell(CallJson.Of(options, verdict));
        }
        else
        {
            await TellVerdictAsync(options, verdict, console);
        }

        if (options.SaveTo is { } file && !await SaveAsync(verdict, file, console, cancellationToken))
        {
            return ExitStatus.WrongArguments;
        }

        return verdict.IsKept ? 0 : 1;
    }

    private static async Task TellVerdictAsync(CallOptions options, Verdict verdict, CommandConsole console)
    {
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
    }

    /// <summary>Writes each call into a file of its own; false where that is not possible.</summary>
    private static async Task<bool> SaveAsync(
        Verdict verdict, string file, CommandConsole console, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (number, proof) in verdict.Proofs.Index())
            {
                var path = number == 0
                    ? file
                    : Path.Combine(
                        Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}-{number + 1}{Path.GetExtension(file)}");
                await File.WriteAllTextAsync(path, SavedProof.Of(proof) + "\n", cancellationToken);
                await console.Errors.WriteLineAsync($"{path} holds call {proof.CallId}: ./run.sh proof {path} shows it.");
            }

            return true;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            await console.Errors.WriteLineAsync($"{file} cannot be written: give --save a file in a folder that is there and yours.");
            return false;
        }
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

        if (options.IsJson)
        {
            console.Tell(CallJson.Of(options, broken));
        }
        else
        {
            TellMany(options, broken, console);
        }

        return broken.Count == 0 ? 0 : 1;
    }

    private static void TellMany(CallOptions options, List<(int Seed, Verdict Verdict)> broken, CommandConsole console)
    {
        foreach (var (seed, verdict) in broken)
        {
            console.Tell($"seed {seed}:");
            TellPromises(verdict, console);
        }

        var calls = options.Seeds.Count;
        console.Tell(
            $"{options.Scenario.Name}: {calls} calls, {calls - broken.Count} with all promises kept, {broken.Count} with a broken one.",
            broken.Count == 0 ? Tone.Good : Tone.Bad);
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
