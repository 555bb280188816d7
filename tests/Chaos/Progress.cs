using System.Globalization;
using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Verdict;

namespace VoiceFunctions.Chaos;

/// <summary>Says every few seconds how far a run has come.</summary>
internal sealed class Progress(Stage stage, Arrivals arrivals, Judge judge, TextWriter output)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Goes on until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var begin = stage.Time.Clock.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            var (started, over) = (arrivals.Started, arrivals.Ended);
            var rooms = stage.Network.LiveKit.Rooms.Count(room => room.FinishedAt is null);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.Time.Clock.GetUtcNow() - begin:hh\\:mm\\:ss}  calls {started} started, {over} over, {started - over} active; "
                    + $"rooms {rooms} live; hosts {stage.Hosts.Count(host => host.IsUp)} up; faults {stage.Tally.Total}; suspects "
                    + $"{stage.Defects.Count + judge.Suspects}"));
            await Task.WhenAny(stage.Time.Delay(Every, stopping));
        }
    }
}
