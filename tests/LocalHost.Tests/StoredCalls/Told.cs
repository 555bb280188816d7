using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>Calls that were simulated, and what their journal holds of them.</summary>
internal static class Told
{
    public static readonly DeliveryFaults Rough = new() { Duplicate = 0.5, Reorder = 0.5, Lose = 0.2 };

    /// <summary>The routes that simulated calls have.</summary>
    public static RouteTable Routes { get; } = LocalSettings.ForStoredCalls(_ => null).Routes;

    /// <summary>The same with one setting changed.</summary>
    public static RouteTable RoutesWith(string name, string value) =>
        LocalSettings.ForStoredCalls(asked => asked == name ? value : null).Routes;

    /// <summary>Plays a scenario and gives its journal.</summary>
    public static async Task<RecordedJournal> PlayAsync(string name, int seed, DeliveryFaults faults)
    {
        RecordedJournal? journal = null;
        var options = new CallOptions(ScenarioCatalog.All.Single(scenario => scenario.Name == name), new SeedRange(seed, seed), faults);
        await SimulatedCall.PlayAsync(
            options, seed, null, clock => journal = new RecordedJournal(clock), TestContext.Current.CancellationToken);
        return journal!;
    }

    public static async Task<IReadOnlyList<StoredRow>> RowsAsync(this ICallJournal journal, CallId callId) =>
        await journal.ReadRowsAsync(callId, TestContext.Current.CancellationToken);
}
