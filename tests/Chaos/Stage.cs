using System.Collections.Concurrent;
using System.Globalization;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.EngineHost;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos;

/// <summary>Everything that a run is played on: a phone network, a storage, and gateways behind a balancer between them.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string Table = "calls";
    private const string HubAccount = "hub";
    private static readonly string[] Local = [GatewayProcess.LocalHost, "serve"];
    private static readonly string[] Durable = ["VoiceFunctions.EngineHost.dll"];

    private readonly ConcurrentQueue<Exception> failures = new();
    private readonly ConcurrentQueue<Defect> defects = new();
    private readonly Diary diary;

    private Stage(ChaosOptions options)
    {
        Time = new RealTime(failures.Enqueue);
        Chance = new Chance(options.Seed);
        diary = new Diary(Time.Clock, $"{options.Calls}-calls-seed-{options.Seed}");
        Ends = new PublishedEnds(Time.Clock);
        Witness = new TrafficWitness(Time.Clock, defects.Enqueue);
        Outages = new Outages { Engine = options.OnDurable ? Windows.Engine : TimeSpan.Zero };
        Azurite = new AzuriteServer { KeepsPartitions = true, HasQueuesAndBlobs = options.OnDurable, Accounts = [HubAccount] };
    }

    public RealTime Time { get; }

    public Chance Chance { get; }

    public AzuriteServer Azurite { get; }

    public PhoneNetwork Network { get; private set; } = null!;

    public Balancer Balancer { get; private set; } = null!;

    public Forger Forger { get; private set; } = null!;

    public IReadOnlyList<GatewayHost> Hosts { get; private set; } = [];

    public Tally Tally { get; } = new();

    public Outages Outages { get; }

    public PublishedEnds Ends { get; }

    public TrafficWitness Witness { get; }

    /// <summary>Where it is written what the network and the hosts said.</summary>
    public string Folder => diary.Folder;

    /// <summary>What was found while the run went on.</summary>
    public IReadOnlyCollection<Defect> Defects => defects;

    /// <summary>What went wrong with the run itself, so that its verdict is worth nothing.</summary>
    public IReadOnlyCollection<Exception> Failures => failures;

    /// <summary>The gateways' journal, for looking only.</summary>
    public ICallJournal Journal => Tables;

    private TableCallJournal Tables =>
        TableCallJournal.Create(new StorageSettings(Azurite.ConnectionString, null, null, Table), Time.Clock);

    /// <summary>The gateways' routes.</summary>
    public RouteTable Routes => SettingsReader.Read(Settings().GetValueOrDefault, _ => "").Routes;

    /// <summary>Starts it all.</summary>
    public static async Task<Stage> SetUpAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        var stage = new Stage(options);
        await stage.StartAsync(options, cancellationToken);
        return stage;
    }

    /// <summary>The calls that hold the place of the line for one.</summary>
    public async Task<IReadOnlyList<string>> PlaceHoldersAsync(CancellationToken cancellationToken) =>
        await new CallPlaces(Tables.Limits, Time.Clock).HoldersAsync(PlaceDesk.OfRoute(ScenarioCatalog.LimitedRoute), cancellationToken);

    /// <summary>Something was found.</summary>
    public void Find(Defect defect) => defects.Enqueue(defect);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            host.Dispose();
        }

        Forger.Dispose();
        await Balancer.DisposeAsync();
        await Network.DisposeAsync();
        await Azurite.DisposeAsync();
        diary.Dispose();
    }

    private async Task StartAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        await Azurite.InitializeAsync();
        Network = await PhoneNetwork.StartAsync(Time, SetupOf(options), cancellationToken);
        Network.LiveKit.ApiFaults = new ApiTroubles(Chance, options.Faults, Tally).Of;
        Network.LiveKit.WebhookSettled = Witness.See;
        Balancer = await Balancer.StartAsync(Time, () => [.. Hosts.Select(host => host.Address)], Witness.See, cancellationToken);
        Network.Connect(Balancer.Url);
        Forger = new Forger(Network, Balancer.Url, Chance, Tally, words => Find(new Defect(DefectKind.AcceptedForgeries, "", words)));
        Witness.Authentic = Forger.See;
        Hosts = [.. Enumerable.Range(1, options.Hosts)
            .Select(number => new GatewayHost(number, Time, options.OnDurable ? Durable : Local, Settings(options, number), Hear))];
        await Task.WhenAll(Hosts.Select(host => host.StartAsync(cancellationToken)));
    }

    private PhoneNetworkSetup SetupOf(ChaosOptions options) => new()
    {
        Seed = options.Seed,
        HasReceiver = true,
        Faults = NetworkFaults.Of(options.Faults),
        Twilio = new() { VoiceOverride = TwilioReplies.AskAgain },

        // LiveKit must not tidy up where the gateway forgot to.
        LiveKit = new() { DepartureTimeout = TimeSpan.FromMinutes(15) },
        Observer = happened =>
        {
            diary.Tell(happened);
            NetworkFaults.Count(happened, Tally);
        },
    };

    private Dictionary<string, string> Settings(ChaosOptions options, int number)
    {
        var settings = Settings();
        if (options.OnDurable)
        {
            // A host comes back on the machine on which it died, so its hold on the hub's partitions is its own still.
            settings[EngineSettings.HubStorageName] = Azurite.AccountOf(HubAccount);
            settings[EngineSettings.HubNameName] = "chaos";
            settings[EngineSettings.WorkerName] = string.Create(CultureInfo.InvariantCulture, $"host{number}");
        }

        return settings;
    }

    private Dictionary<string, string> Settings() => new(Network.GatewaySettings)
    {
        [SettingNames.EventWebhooks] = Network.Receiver.GatewaySettings[SettingNames.EventWebhooks],
        [SettingNames.PublicUrl] = Balancer.Url.GetLeftPart(UriPartial.Authority),
        [SettingNames.StorageConnection] = Azurite.ConnectionString,
        [SettingNames.CallsTable] = Table,
        [SettingNames.DiagnosticsKey] = Network.Operator.Key,
        [SettingNames.RoomGraceSeconds] = Seconds(Windows.Grace),
        [SettingNames.DialTimeoutSeconds] = Seconds(Windows.DialTimeout),
        [SettingNames.LiveKitReserveAgentName] = "reserve-agent",
        [SettingNames.FallbackNumber] = "+15550100177",
        [SettingNames.RoutesJson] = ScenarioCatalog.GatewaySettings[SettingNames.RoutesJson].Replace(
            """{"routes":[""",
            $$"""{"routes":[{"number":"{{Network.Setup.TrunkNumber}}","recording":{"mode":"tracks"} },""",
            StringComparison.Ordinal),
        [SettingNames.RecordingAzureAccount] = "simulated",
        [SettingNames.RecordingAzureKey] = Convert.ToBase64String(new byte[64]),
        [SettingNames.RecordingAzureContainer] = "recordings",
    };

    private void Hear(int host, string line)
    {
        diary.Tell(host, line);
        Ends.Take(host, line);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
