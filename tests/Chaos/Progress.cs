using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.Chaos;

/// <summary>Shows on a terminal how far a run has come.</summary>
internal sealed class Progress(Stage stage, Arrivals arrivals, Judge judge, ChaosOptions options)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Goes on until it is told to stop.</summary>
    public Task RunAsync(CommandConsole console, CancellationToken stopping) =>
        ProgressBar.RunAsync(console, "calls", options.Calls, async tell =>
        {
            while (!stopping.IsCancellationRequested)
            {
                var (started, over) = (arrivals.Started, arrivals.Ended);
                var rooms = stage.Network.LiveKit.Rooms.Count(room => room.FinishedAt is null);
                tell(
                    over,
                    $"calls {started} started, {over} over; rooms {rooms} live; hosts {stage.Hosts.Count(host => host.IsUp)} up; "
                        + $"faults {stage.Tally.Total}; suspects {stage.Defects.Count + judge.Suspects}");
                await Task.WhenAny(stage.Time.Delay(Every, stopping));
            }
        });
}
