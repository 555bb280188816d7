using System.Collections.Concurrent;
using System.Globalization;
using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos;

/// <summary>One run: a network, a storage, gateways between them, calls and faults; and the verdict.</summary>
internal static class ChaosRun
{
    private const string Table = "calls";
    private const string VoiceOverride = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000";
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LateCopies = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    /// <summary>Plays it; true where every promise was kept.</summary>
    public static async Task<bool> PlayAsync(ChaosOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<Exception>();
        var time = new RealTime(failures.Enqueue);
        var defects = new ConcurrentQueue<Defect>();
        var (tally, outages, ends) = (new Tally(), new Outages(), new PublishedEnds(time.Clock));
        var chance = new Chance(options.Seed);
        var witness = new Witness(time.Clock, defects.Enqueue);
        using var diary = new Diary(time.Clock);

        await using var azurite = new AzuriteServer { FindsPartitionsByKey = true };
        await azurite.InitializeAsync();
        await using var network = await PhoneNetwork.StartAsync(time, SetupOf(options, happened =>
        {
            diary.Tell(happened);
            NetworkFaults.Count(happened, tally);
        }), cancellationToken);
        network.LiveKit.ApiFaults = new ApiTroubles(chance, options.Faults, tally).Of;
        network.LiveKit.WebhookSettled = witness.See;

        List<GatewayHost> hosts = [];
        await using var balancer = await Balancer.StartAsync(time, () => [.. hosts.Select(host => host.Address)], witness.See, cancellationToken);
        network.Connect(balancer.Url);
        var settings = SettingsOf(network, balancer.Url, azurite.ConnectionString);
        hosts.AddRange(Enumerable.Range(1, options.Hosts).Select(number => new GatewayHost(number, time, settings, (host, line) =>
        {
            diary.Tell(host, line);
            ends.Take(host, line);
        })));
        using var forger = new Forger(network, balancer.Url, chance, tally, words => defects.Enqueue(new Defect(DefectKind.AcceptedForgeries, "", words)));
        witness.Authentic = forger.See;

        try
        {
            await Task.WhenAll(hosts.Select(host => host.StartAsync(cancellationToken)));
            var journal = TableCallJournal.Create(new StorageSettings(azurite.ConnectionString, null, null, Table), time.Clock);
            var arrivals = new Arrivals(network, Plots.Of(options));
            witness.Caller = arrivals.Find;
            var judge = new Judge(network, arrivals, new Looks(journal, network.Setup.RoomPrefix, defects.Enqueue), ends, outages, chance);
            await output.WriteLineAsync($"{options.Command}\n  what the network and the hosts say: {Diary.Folder}");

            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var judged = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            List<Task> troubles =
            [
                options.Faults.Contains(FaultName.Kill) ? new Kills(time, chance, hosts, outages, tally).RunAsync(over.Token) : Task.CompletedTask,
                options.Faults.Contains(FaultName.Pause) ? new StoragePauses(time, chance, azurite, outages, tally).RunAsync(over.Token) : Task.CompletedTask,
                options.Faults.Contains(FaultName.Forge) ? forger.RunAsync(over.Token) : Task.CompletedTask,
            ];
            var watching = judge.WatchAsync(judged.Token);
            var progress = ProgressAsync();

            await arrivals.RunAsync(cancellationToken);
            await over.CancelAsync();
            await Task.WhenAll(troubles);
            await SettleAsync(network, cancellationToken);
            await judged.CancelAsync();
            await Task.WhenAll(watching, progress);

            var calls = await judge.JudgeAllAsync(cancellationToken);
            var outcome = new Outcome(calls, [.. arrivals.Placed], [.. defects, .. calls.SelectMany(call => DefectRules.Of(call, outages))]);
            new Report(output, options).Print(outcome, tally, witness);
            return await VerdictAsync(outcome);

            async Task ProgressAsync()
            {
                var begin = time.Clock.GetUtcNow();
                while (!judged.IsCancellationRequested)
                {
                    var live = network.LiveKit.Rooms.Count(room => room.FinishedAt is null);
                    await output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{time.Clock.GetUtcNow() - begin:mm\\:ss}  calls {arrivals.Started} started, {arrivals.Ended} over, {arrivals.Started - arrivals.Ended} active; rooms {live} live; hosts {hosts.Count(host => host.IsUp)} up; faults {tally.Total}; defects {defects.Count + judge.Suspects}"));
                    await Task.WhenAny(time.Delay(ProgressEvery, judged.Token));
                }
            }

            async Task<bool> VerdictAsync(Outcome result)
            {
                foreach (var failure in failures.Take(5))
                {
                    await output.WriteLineAsync($"FAILED  the run itself: {failure}");
                }

                var isKept = result.Defects.Count == 0 && result.Started == result.Ended + result.Active && result.Active == 0 && failures.IsEmpty;
                await output.WriteLineAsync(isKept ? $"\nevery promise was kept to {result.Calls} calls\npassed 1 failed 0" : $"\n{result.Defects.Count} defects in {result.Calls} calls\npassed 0 failed 1");
                return isKept;
            }
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }

    private static PhoneNetworkSetup SetupOf(ChaosOptions options, Action<Simulator.Story.NetworkEvent> observer) => new()
    {
        Seed = options.Seed,
        Faults = NetworkFaults.Of(options.Faults),
        Observer = observer,
        Twilio = new() { VoiceOverride = VoiceOverride },

        // LiveKit must not tidy up where the gateway forgot to.
        LiveKit = new() { DepartureTimeout = TimeSpan.FromMinutes(15) },
    };

    private static Dictionary<string, string> SettingsOf(PhoneNetwork network, Uri gateway, string storage) => new(network.GatewaySettings)
    {
        [SettingNames.PublicUrl] = gateway.GetLeftPart(UriPartial.Authority),
        [SettingNames.StorageConnection] = storage,
        [SettingNames.CallsTable] = Table,
        [SettingNames.RoomGraceSeconds] = Seconds(Windows.Grace),
        [SettingNames.DialTimeoutSeconds] = Seconds(Windows.DialTimeout),
        [SettingNames.FallbackNumber] = "+15550100177",
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until no room lives that somebody was in, and what was late on its way has come.</summary>
    private static async Task SettleAsync(PhoneNetwork network, CancellationToken cancellationToken)
    {
        var clock = network.Time.Clock;
        var (earliest, latest) = (clock.GetUtcNow() + LateCopies, clock.GetUtcNow() + SettleLimit);
        while (clock.GetUtcNow() < earliest
            || (clock.GetUtcNow() < latest && network.LiveKit.Rooms.Any(room => room is { FinishedAt: null } && (room.CallerJoinedAt is not null || room.AgentsJoined > 0))))
        {
            await network.Time.Delay(OneSecond, cancellationToken);
        }
    }
}
