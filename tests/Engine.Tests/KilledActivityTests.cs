using System.Globalization;
using System.Text;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Engine.Tests;

/// <summary>
/// A process that is killed in the middle of an activity, before its work and after it, at each activity in turn; another process goes on
/// under the same name.
/// </summary>
public sealed class KilledActivityTests(HubStorage storage) : IDisposable
{
    /// <summary>A process that starts takes seconds of a processor.</summary>
    private const int AtOnce = 5;

    /// <summary>
    /// docs/reliability.md: a host that was killed and comes back delays no call by more, from the kill to the next step.
    /// </summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(80);

    private static readonly (string Activity, string Scenario)[] Places =
    [
        (CallActivities.Look, "sip-trunk"),
        (CallActivities.DispatchAgent, "agent-dies"),
        (CallActivities.RemoveSurplusAgents, Scenarios.SurplusAgent),
        (CallActivities.CallHuman, "trunk-no-agent"),
        (CallActivities.DeleteRoom, "sip-trunk"),
    ];

    private readonly SemaphoreSlim turns = new(AtOnce);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public void Dispose() => turns.Dispose();

    [Fact]
    public async Task Nobody_waits_longer_than_the_document_says()
    {
        var runs = await Task.WhenAll(Places.SelectMany(
            place => (string[])["before", "after"],
            (place, side) => InTurnAsync(() => RunAsync(place.Activity, side, place.Scenario))));

        await File.WriteAllTextAsync(Repository.PathOf("artifacts", "killed-activities.md"), Table(runs), Ending);
        Assert.All(runs, run => Assert.True(run.Broken.Count == 0, $"{run}\n{string.Join("; ", run.Broken)}\n{run.Output}"));
        Assert.All(runs, run => Assert.True(run.Waited < Bound, $"{run}\n{run.Output}"));
    }

    private async Task<KilledRun> InTurnAsync(Func<Task<KilledRun>> run)
    {
        await turns.WaitAsync(Ending);
        try
        {
            return await run();
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<KilledRun> RunAsync(string activity, string side, string scenario)
    {
        // A human is called to a caller who hears nobody for so long: longer than the bound, except where the human is the matter.
        var dialTimeout = activity == CallActivities.CallHuman ? "20" : "110";
        await using var world = await EngineWorld.StartForLossAsync(storage, Ending, (SettingNames.DialTimeoutSeconds, dialTimeout));
        var first = await world.ProcessAsync("one", $"{side}:{activity}", Ending);
        var playing = world.PlayAsync(Scenarios.Named(scenario), Ending);
        await first.HeldAsync(Ending);

        first.Kill();
        var killed = TimeProvider.System.GetUtcNow();
        var second = await world.ProcessAsync("one", hold: null, Ending);

        var broken = await playing;
        return new KilledRun(activity, side, broken, await world.NextStepAfterAsync(killed, Ending), first.Output + second.Output);
    }

    private static string Table(IEnumerable<KilledRun> runs)
    {
        var table = new StringBuilder("| activity | killed before its work | killed after it |\n| --- | --- | --- |\n");
        foreach (var activity in runs.GroupBy(run => run.Activity))
        {
            var cells = activity.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Waited.TotalSeconds:F0} s"));
            table.Append(CultureInfo.InvariantCulture, $"| {activity.Key} | {string.Join(" | ", cells)} |\n");
        }

        return table.ToString();
    }

    private sealed record KilledRun(string Activity, string Side, IReadOnlyList<string> Broken, TimeSpan Waited, string Output)
    {
        public override string ToString() => $"killed {Side} {Activity}, the next step {Waited} later";
    }
}
