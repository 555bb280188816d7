using System.Diagnostics;
using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>One contestant with its LiveKit, warmed, and what a run of requests against it measures.</summary>
internal sealed class Trial : IDisposable
{
    private const int Connections = 32;
    private const int WarmRounds = 2;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly StubLiveKit liveKit;
    private readonly Lengths lengths;
    private readonly bool isSlow;

    private Trial(StubLiveKit liveKit, Lengths lengths, ServerProcess server, bool isSlow)
    {
        this.liveKit = liveKit;
        this.isSlow = isSlow;
        this.lengths = lengths;
        Server = server;
        IdleMegabytes = Machine.Megabytes(server.Id);
    }

    public ServerProcess Server { get; }

    public StubLiveKit LiveKit => liveKit;

    /// <summary>The server's memory after its start, before the first request.</summary>
    public double IdleMegabytes { get; }

    /// <summary>Starts a contestant with its LiveKit.</summary>
    public static async Task<Trial> StartAsync(Contestant contestant, Lengths lengths, StubFaults? faults = null)
    {
        var liveKit = new StubLiveKit(faults);
        try
        {
            return new Trial(liveKit, lengths, await ServerProcess.StartAsync(contestant, liveKit.Url), contestant.Store == Store.Tables);
        }
        catch
        {
            liveKit.Dispose();
            throw;
        }
    }

    /// <summary>Sends calls of their own until the server has compiled what it needs. A slow store gets fewer.</summary>
    public async Task WarmAsync(TrafficBook traffic)
    {
        for (var round = 1; round <= WarmRounds; round++)
        {
            var lives = isSlow ? traffic.FewWarmLives(round) : traffic.WarmLives(round);
            var time = (isSlow ? lengths.SlowWarmUp : lengths.WarmUp) / WarmRounds;
            await RunLivesAsync(lives, driver => SaturateAsync(driver, lives, time), false);

            // A runtime optimizes its hot code when it gets a moment without new code.
            await Task.Delay(Rest, TimeProvider.System);
        }
    }

    /// <summary>As many requests as the server answers.</summary>
    public Task<Measured> SaturateVoicesAsync(IReadOnlyList<Shot> shots) =>
        RunVoicesAsync(shots, driver => driver.SaturateAsync(shots, Connections, lengths.Saturated));

    /// <summary>Each request at its time.</summary>
    public Task<Measured> OpenVoicesAsync(IReadOnlyList<Shot> shots) => RunVoicesAsync(shots, driver => driver.OpenAsync(shots));

    /// <summary>Whole calls, as fast as the server answers.</summary>
    public Task<Measured> SaturateLivesAsync(LifeTraffic lives) =>
        RunLivesAsync(lives, driver => SaturateAsync(driver, lives, TimeSpan.MaxValue), true);

    /// <summary>Whole calls, each webhook at its time.</summary>
    public Task<Measured> OpenLivesAsync(LifeTraffic lives) => RunLivesAsync(lives, driver => driver.OpenAsync(lives.Shots), true);

    /// <summary>The same; in the middle the server is killed and starts again.</summary>
    public Task<Measured> KillInLivesAsync(LifeTraffic lives) => RunLivesAsync(
        lives,
        async driver =>
        {
            var middle = lives.Shots[lives.Shots.Count / 2];
            Task? restart = null;
            await driver.OpenAsync(lives.Shots, shot =>
            {
                if (shot == middle)
                {
                    restart = Task.Run(Server.RestartAsync);
                }
            });
            await restart!;
        },
        true);

    /// <summary>Requests without any order of their own, and what they cost.</summary>
    public async Task<Measured> RunVoicesAsync(IReadOnlyList<Shot> shots, Func<Driver, Task> drive)
    {
        using var driver = new Driver(() => Server.Port, _ => true, _ => { });
        var meter = Meter.Start(Server, liveKit);
        await drive(driver);
        return meter.Stop(driver.Tally, Defects.OfVoices(Math.Min(shots.Count, driver.Tally.Answered), driver.Tally), IdleMegabytes);
    }

    /// <summary>Waits until these rooms are deleted, or no longer than that.</summary>
    public async Task SettleAsync(IReadOnlyCollection<string> rooms, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        while (liveKit.Rooms.Unfinished(rooms) > 0 && Stopwatch.GetElapsedTime(began) < patience)
        {
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Server.Dispose();
        liveKit.Dispose();
    }

    private Task SaturateAsync(Driver driver, LifeTraffic lives, TimeSpan longest) => isSlow
        ? driver.SaturateCallsAsync(lives.Shots, Connections, longest)
        : driver.SaturateAsync(lives.Shots, Connections, longest);

    private async Task<Measured> RunLivesAsync(LifeTraffic lives, Func<Driver, Task> drive, bool settles)
    {
        foreach (var (call, room) in lives.Rooms)
        {
            liveKit.Rooms.Expect(room, lives.Webhooks.KeyOf(call));
        }

        var reality = new Reality(liveKit.Rooms, call => lives.Rooms[call]);
        using var driver = new Driver(() => Server.Port, reality.Happens, reality.Dialled);
        liveKit.Finished = room =>
        {
            if (lives.Finished.TryGetValue(room, out var shot))
            {
                driver.Add(shot);
            }
        };
        var meter = Meter.Start(Server, liveKit);
        await drive(driver);
        var measured = meter.Stop(driver.Tally, new Defects(lives.Rooms.Count, 0, 0, 0, 0, 0, 0), IdleMegabytes);
        await SettleAsync([.. lives.Rooms.Values], settles ? lengths.Settle : TimeSpan.FromSeconds(1));
        liveKit.Finished = _ => { };
        return measured with
        {
            Defects = Defects.OfLives(liveKit.Rooms, [.. lives.Rooms.Values], driver.Tally),
            StoreRequests = meter.StoreRequestsSoFar,
            StoreBytes = meter.StoreBytesSoFar,
            LiveKitRequests = meter.LiveKitRequestsSoFar,
        };
    }
}
