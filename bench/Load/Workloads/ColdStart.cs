using System.Diagnostics;
using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Bench.Load.Wire;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>From the start of a process to its first valid TwiML.</summary>
internal static class ColdStart
{
    private static readonly Metric First = new("ms to the first TwiML", 0);
    private static readonly Metric Listening = new("ms until it listens", 0);

    public static readonly Workload Workload = new(
        "cold-start",
        "Cold start",
        "From the start of the process to the first TwiML that dials, the median of several starts. The operating system has the files in "
        + "its memory.",
        [First, Metric.IdleMemory])
    {
        Takes = contestant => contestant.Store == Store.Memory,
        RunAsync = MeasureAsync,
    };

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var liveKit = new StubLiveKit();
        var shots = stage.Traffic.Voices("vc", stage.Lengths.ColdStarts + 1, 1);
        List<double> first = [], listening = [], memory = [];
        for (var start = 0; start <= stage.Lengths.ColdStarts; start++)
        {
            var (toFirst, toListening, megabytes) = await StartOnceAsync(contestant, liveKit.Url, shots[start]);
            // The first start reads the files; it does not count.
            if (start > 0)
            {
                first.Add(toFirst);
                listening.Add(toListening);
                memory.Add(megabytes);
            }
        }

        return
        [
            new(First, Spread.Of(first).Median),
            new(Listening, Spread.Of(listening).Median),
            new(Metric.IdleMemory, Spread.Of(memory).Median),
        ];
    }

    private static async Task<(double First, double Listening, double Megabytes)> StartOnceAsync(
        Contestant contestant, string liveKit, Shot shot)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = await ServerProcess.StartAsync(contestant, liveKit);
        var port = server.Port;
        using var connection = new Connection(() => port);
        while (!(await connection.SendAsync(shot.Bytes)).HasDial)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, server.StartTook.TotalMilliseconds, Machine.Megabytes(server.Id));
    }
}
