using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Chaos;

/// <summary>One run: calls and faults, until all is over; and the verdict.</summary>
internal static class ChaosRun
{
    private const int ShownFailures = 5;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LateCopies = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    /// <summary>Plays it; true where every promise was kept.</summary>
    public static async Task<bool> PlayAsync(ChaosOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
        Say(options.Command);
        await using var stage = await Stage.SetUpAsync(options, cancellationToken);
        Say($"  what the network and the hosts say: {stage.Folder}");
        Say($"  watch it: {stage.Hosts[0].Address}console#key={stage.Network.Operator.Key}");
        var arrivals = new Arrivals(stage.Network, Plots.Of(options));
        stage.Witness.Caller = arrivals.Find;
        var samples = new JournalSamples(stage.Journal, stage.Routes, stage.Find);
        var judge = new Judge(stage.Network, arrivals, samples, stage.Ends, stage.Witness, stage.Outages, stage.Chance, SuspectAsync);

        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var settled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] troubles = [.. Troubles(stage, options, calm.Token, cancellationToken)];
        Task[] watchers = [judge.WatchAsync(settled.Token), new Progress(stage, arrivals, judge, options).RunAsync(console, settled.Token)];

        await arrivals.RunAsync(cancellationToken);
        await calm.CancelAsync();
        await Task.WhenAll(troubles);
        await SettleAsync(stage, cancellationToken);
        await settled.CancelAsync();
        await Task.WhenAll(watchers);

        var calls = await judge.JudgeAllAsync(cancellationToken);
        var outcome = new Outcome(
            calls,
            [.. arrivals.Placed],
            [
                .. stage.Defects,
                .. calls.SelectMany(call => DefectRules.Of(call, stage.Outages)),
                .. LimitRules.OfLine(calls, await stage.PlaceHoldersAsync(cancellationToken)),
            ],
            stage.Outages);
        await HistoryFiles.WriteAsync(outcome.Defects, stage.Journal, stage.Folder, cancellationToken);
        if (options.IsJson)
        {
            console.Tell(ChaosJson.Of(options, outcome, stage.Tally, stage.Witness, stage.Failures, stage.Folder));
            return outcome.IsKept && stage.Failures.Count == 0;
        }

        new ChaosReport(console, options).Print(outcome, stage.Tally, stage.Witness);
        return Verdict(outcome, stage.Failures, console);

        void Say(string line) => (options.IsJson ? console.Errors : console.Output).WriteLine(line);

        async Task SuspectAsync(Defect suspect)
        {
            Say($"SUSPECT  {suspect.Kind}: {suspect.Call}: {suspect.Words}");
            await HistoryFiles.WriteAsync([suspect], stage.Journal, stage.Folder, cancellationToken);
        }
    }

    private static IEnumerable<Task> Troubles(
        Stage stage, ChaosOptions options, CancellationToken stopping, CancellationToken cancellationToken)
    {
        if (options.Faults.Contains(FaultName.Kill))
        {
            yield return new Kills(stage.Time, stage.Chance, stage.Hosts, stage.Outages, stage.Tally).RunAsync(stopping, cancellationToken);
        }

        if (options.Faults.Contains(FaultName.Pause))
        {
            yield return new StoragePauses(
                stage.Time, stage.Chance, TimeSpan.FromSeconds(options.Pause), stage.Azurite, stage.Outages, stage.Tally)
                .RunAsync(stopping);
        }

        if (options.Faults.Contains(FaultName.Forge))
        {
            yield return stage.Forger.RunAsync(stopping);
        }

        if (options.Faults.Contains(FaultName.Receiver))
        {
            var receiver = stage.Network.Receiver;
            yield return new TenantOutages(
                stage.Time,
                stage.Chance,
                "receiver of events",
                isDown => receiver.Answers = (_, _) => isDown ? new ReceiverAnswer(503) : ReceiverAnswer.Taken,
                stage.Tally)
                .RunAsync(stopping);
        }

        if (options.Faults.Contains(FaultName.Backend))
        {
            yield return new TenantOutages(
                stage.Time, stage.Chance, "backend of tools", isDown => stage.Network.GolfClub.IsDown = isDown, stage.Tally)
                .RunAsync(stopping);
        }
    }

    /// <summary>
    /// Waits until no room lives that somebody was in, what was late on its way has come, and the events of every call have gone out.
    /// </summary>
    private static async Task SettleAsync(Stage stage, CancellationToken cancellationToken)
    {
        var clock = stage.Time.Clock;
        var (earliest, latest) = (clock.GetUtcNow() + LateCopies, clock.GetUtcNow() + SettleLimit);
        while (clock.GetUtcNow() < earliest
            || (clock.GetUtcNow() < latest && stage.Network.LiveKit.Rooms.Any(room =>
                room.FinishedAt is null && (room.CallerJoinedAt is not null || room.AgentsJoined > 0))))
        {
            await stage.Time.Delay(OneSecond, cancellationToken);
        }

        latest = clock.GetUtcNow() + Windows.Events + stage.Outages.Engine;
        while (clock.GetUtcNow() < latest && await HasOpenAsync(stage.Journal, cancellationToken))
        {
            await stage.Time.Delay(OneSecond, cancellationToken);
        }
    }

    /// <summary>Whether the journal has a call for which something is still to be done.</summary>
    private static async Task<bool> HasOpenAsync(ICallJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in journal.ListOpenAsync(cancellationToken))
            {
                return true;
            }

            return false;
        }
        catch (JournalUnavailableException)
        {
            return true;
        }
    }

    /// <summary>The last words, of which the last line counts like a suite's.</summary>
    private static bool Verdict(Outcome outcome, IReadOnlyCollection<Exception> failures, CommandConsole console)
    {
        foreach (var failure in failures.Take(ShownFailures))
        {
            console.Tell($"FAILED  the run itself: {failure}");
        }

        console.Tell("");
        console.Tell(outcome.IsKept
            ? $"every promise was kept to {outcome.Calls} calls"
            : $"{outcome.Defects.Count} defects in {outcome.Calls} calls, {outcome.Active} calls without an end");
        var isGood = outcome.IsKept && failures.Count == 0;
        console.Tell(isGood ? "passed 1 failed 0" : "passed 0 failed 1");
        return isGood;
    }
}
