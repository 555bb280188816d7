using System.Diagnostics;
using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>Takes the time and the CPU of one run.</summary>
internal sealed class Meter
{
    private readonly ServerProcess server;
    private readonly StubLiveKit liveKit;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly double serverCpu;
    private readonly double storeCpu;
    private readonly double ownCpu = Machine.CpuSeconds(Environment.ProcessId);
    private readonly double allCpu = Machine.AllCpuSeconds();
    private readonly int storeRequests;
    private readonly StoreBytes storeBytes;
    private readonly int liveKitRequests;

    private Meter(ServerProcess server, StubLiveKit liveKit)
    {
        this.server = server;
        this.liveKit = liveKit;
        serverCpu = server.CpuSeconds;
        storeCpu = server.StoreCpuSeconds;
        storeRequests = server.StoreRequests;
        storeBytes = server.StoreBytes;
        liveKitRequests = liveKit.Requests;
    }

    public int StoreRequestsSoFar => server.StoreRequests - storeRequests;

    public StoreBytes StoreBytesSoFar => server.StoreBytes - storeBytes;

    public int LiveKitRequestsSoFar => liveKit.Requests - liveKitRequests;

    /// <summary>Begins.</summary>
    public static Meter Start(ServerProcess server, StubLiveKit liveKit) => new(server, liveKit);

    /// <summary>Ends.</summary>
    public Measured Stop(Tally tally, Defects defects, double idleMegabytes)
    {
        var elapsed = Stopwatch.GetElapsedTime(began);
        var own = Machine.CpuSeconds(Environment.ProcessId) - ownCpu;
        // After a restart the process is another one, and its CPU begins anew.
        var cpu = server.CpuSeconds - serverCpu;
        var store = server.StoreCpuSeconds - storeCpu;
        return new Measured(tally, defects, elapsed)
        {
            ServerCpu = cpu > 0 ? cpu : double.NaN,
            StoreCpu = store,
            OwnCpu = own,
            OthersCpu = Math.Max(0, Machine.AllCpuSeconds() - allCpu - own - Math.Max(0, cpu) - store),
            StoreRequests = StoreRequestsSoFar,
            StoreBytes = StoreBytesSoFar,
            LiveKitRequests = LiveKitRequestsSoFar,
            IdleMegabytes = idleMegabytes,
            PeakMegabytes = Machine.Megabytes(server.Id, "VmHWM"),
        };
    }
}

/// <summary>What one run measured.</summary>
internal sealed record Measured(Tally Tally, Defects Defects, TimeSpan Elapsed)
{
    public double ServerCpu { get; init; }

    public double StoreCpu { get; init; }

    public double OwnCpu { get; init; }

    /// <summary>The seconds of CPU that processes took that are no part of the benchmark.</summary>
    public double OthersCpu { get; init; }

    public int StoreRequests { get; init; }

    public StoreBytes StoreBytes { get; init; }

    public int LiveKitRequests { get; init; }

    public double IdleMegabytes { get; init; }

    public double PeakMegabytes { get; init; }

    /// <summary>The part of two cores that others had, in percent of one.</summary>
    public double OthersPercent => OthersCpu / Elapsed.TotalSeconds * 100;

    /// <summary>What the report has of requests that only ring.</summary>
    public IReadOnlyList<Measure> OfVoices() =>
    [
        new(Metric.Goodput, Tally.Correct / Elapsed.TotalSeconds),
        new(Metric.Defects, Defects.Per100000(Defects.All)),
        .. Common(),
    ];

    /// <summary>What the report has of whole calls.</summary>
    public IReadOnlyList<Measure> OfLives() =>
    [
        new(Metric.Goodput, Defects.Correct / Elapsed.TotalSeconds),
        new(Metric.Defects, Defects.Per100000(Defects.All)),
        new(Metric.NotDialled, Defects.Per100000(Defects.NotDialled)),
        new(Metric.NoAgent, Defects.Per100000(Defects.NoAgent)),
        new(Metric.ManyAgents, Defects.Per100000(Defects.ManyAgents)),
        new(Metric.RoomLeft, Defects.Per100000(Defects.RoomLeft)),
        new(Metric.ValidRefused, Defects.Per100000(Defects.ValidRefused)),
        .. Common(),
        new(Metric.LiveKitRequests, (double)LiveKitRequests / Defects.Calls),
        .. StoreRequests > 0 ? OfStore() : [],
    ];

    private IEnumerable<Measure> OfStore() =>
    [
        new(Metric.StoreRequests, (double)StoreRequests / Defects.Calls),
        new(Metric.StoreIn, StoreBytes.In / 1024.0 / Defects.Calls),
        new(Metric.StoreOut, StoreBytes.Out / 1024.0 / Defects.Calls),
    ];

    private IEnumerable<Measure> Common() =>
    [
        new(Metric.Median, Tally.Percentile(50)),
        new(Metric.P99, Tally.Percentile(99)),
        new(Metric.P999, Tally.Percentile(99.9)),
        new(Metric.Rate, Tally.Answered / Elapsed.TotalSeconds),
        new(Metric.Cpu, ServerCpu * 1_000_000 / Tally.Answered),
        .. StoreCpu > 0 ? [new Measure(Metric.StoreCpu, StoreCpu * 1_000_000 / Tally.Answered)] : (Measure[])[],
        new(Metric.IdleMemory, IdleMegabytes),
        new(Metric.Memory, PeakMegabytes),
        new(Metric.Generator, OwnCpu / Elapsed.TotalSeconds * 100),
    ];
}
