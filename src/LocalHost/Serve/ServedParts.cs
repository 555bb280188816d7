using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Clock;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Knowledge;
using VoiceFunctions.Knowledge.Lexical;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Clients;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>The parts of a gateway that serves: each is real where the environment names a real one, and simulated otherwise.</summary>
internal sealed class ServedParts : IAsyncDisposable
{
    private const int MadeKeyLength = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private ServedParts(
        GatewaySettings settings, bool hasMadeKey, ApiTenant? made, PhoneNetwork? network, ILoggerFactory loggers, TimeProvider system)
    {
        Settings = settings;
        HasMadeKey = hasMadeKey;
        MadeTenant = made;
        Network = network;
        Loggers = loggers;
        Clock = new SteadyClock(system, loggers.CreateLogger<SteadyClock>());
        Table = settings.Storage is { } storage ? TableCallJournal.Create(storage, Clock, Clock.Follow) : null;
        DeadLetters = settings.Storage is { } place ? TableDeadLetters.Create(place) : new InMemoryDeadLetters();
        Queue = settings.Storage is { } table ? TableQueuedEvents.Create(table) : new InMemoryQueuedEvents();
        Journal = Table ?? (ICallJournal)new InMemoryCallJournal(Clock);
        Limits = Table?.Limits ?? new InMemoryLimitStore();
        Knowledge = KnowledgeStores.Of(settings.Knowledge, loggers) ?? LexicalKnowledge.InMemory();
    }

    /// <summary>The settings, always with a diagnostics key.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>Whether nobody set a diagnostics key, so that this run made one, which whoever started it has to be told.</summary>
    public bool HasMadeKey { get; }

    /// <summary>The tenant that this run made, because nobody set any; <c>null</c> where the environment has tenants.</summary>
    public ApiTenant? MadeTenant { get; }

    /// <summary>The simulated network; <c>null</c> where LiveKit is real.</summary>
    public PhoneNetwork? Network { get; }

    /// <summary>The journal.</summary>
    public ICallJournal Journal { get; }

    /// <summary>What limits count.</summary>
    public ILimitStore Limits { get; }

    /// <summary>The tenants' documents.</summary>
    public IKnowledgeStore Knowledge { get; }

    /// <summary>Keeps the lifecycle events that nobody took.</summary>
    public IDeadLetters DeadLetters { get; }

    /// <summary>Keeps events that no call's journal holds.</summary>
    public IQueuedEvents Queue { get; }

    /// <summary>Where log lines go.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>The time by which calls are decided.</summary>
    public SteadyClock Clock { get; }

    /// <summary>What is real and what is not, for people.</summary>
    public IEnumerable<string> Description
    {
        get
        {
            yield return Network is { } network
                ? $"LiveKit   simulated, at {network.LiveKit.Url.GetLeftPart(UriPartial.Authority)}"
                : $"LiveKit   {Settings.LiveKitHost.BaseUri.GetLeftPart(UriPartial.Authority)}";
            yield return Network is not null
                ? "Twilio    simulated"
                : Settings.Twilio is null ? "Twilio    off, SIP trunks only" : "Twilio    real; its webhooks must reach PUBLIC_URL";
            yield return Settings.Storage is { } storage
                ? $"Journal   Azure Table Storage, {storage}"
                : "Journal   in memory, lost when this process ends";
            yield return Settings.Knowledge switch
            {
                KnowledgeSettings.Folder => $"Knowledge in the folder of {KnowledgeSettingNames.KnowledgePath}",
                { } service => $"Knowledge {service}",
                null => "Knowledge in memory, lost when this process ends",
            };
            var key = HasMadeKey ? "a key of this run" : SettingNames.DiagnosticsKey;
            yield return $"Calls     open with {key} in the header {DiagnosticsAccess.HeaderName}";
            yield return MadeTenant is { Name: var tenant }
                ? $"API       open to the tenant {tenant} of this run"
                : $"API       open to the tenants of {SettingNames.ApiKeys} and of ./run.sh tenants";
        }
    }

    private TableCallJournal? Table { get; }

    /// <summary>Puts the parts together from the environment; nothing is asked of a real part yet.</summary>
    /// <exception cref="SettingsException">Settings are missing or wrong, or what they put together would end real calls.</exception>
    public static async Task<ServedParts> FromAsync(
        Func<string, string?> environment,
        Uri address,
        Action<NetworkEvent> told,
        Action<Exception> failed,
        CancellationToken cancellationToken)
    {
        var tenant = new ApiTenant { Name = "local", Key = NewKey(), TokenSecret = NewKey() };
        if (PastedValue.TextOf(environment(SettingNames.LiveKitHost)) is not null)
        {
            return Of(new Dictionary<string, string>(tenant.GatewaySettings), environment, tenant, null);
        }

        var setup = new PhoneNetworkSetup { Observer = told, Tenant = tenant };
        var network = await PhoneNetwork.StartAsync(new RealTime(failed), setup, cancellationToken);
        try
        {
            network.Connect(address);
            return Of(SimulatedSettings.Of(network, address), environment, tenant, network);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the journal; where its store does not answer it is waited for, and <paramref name="away"/> hears of it.</summary>
    /// <exception cref="SettingsException">The store turns this gateway away.</exception>
    public async Task OpenJournalAsync(Action<string> away, CancellationToken cancellationToken)
    {
        for (var said = ""; Table is not null; await Task.Delay(Pause, Clock, cancellationToken))
        {
            switch (await Table.OpenAsync(cancellationToken))
            {
                case JournalOpening.Opened:
                    return;
                case JournalOpening.Away { Reason: var reason } when reason != said:
                    away($"{reason} Nothing is served before it does; asking again every {Pause.TotalSeconds} s.");
                    said = reason;
                    break;
                case JournalOpening.Refused { Reason: var reason }:
                    throw new SettingsException(
                        $"{reason} Check {SettingNames.StorageConnection} or {SettingNames.StorageTableUri}, and what its key or identity "
                            + "may do.");
                default:
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        (Knowledge as IDisposable)?.Dispose();
        Loggers.Dispose();
        if (Network is not null)
        {
            await Network.DisposeAsync();
        }
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(MadeKeyLength, lowercase: true);

    private static ServedParts Of(
        Dictionary<string, string> given, Func<string, string?> environment, ApiTenant tenant, PhoneNetwork? network)
    {
        string[] opensApi = [SettingNames.ApiKeys, SettingNames.ApiTokenSecret, AccessSettingNames.ApiTokenPrivateKey];
        var hasTenants = opensApi.Any(name => PastedValue.TextOf(environment(name)) is not null);
        foreach (var name in hasTenants ? tenant.GatewaySettings.Keys : [])
        {
            given.Remove(name);
        }

        var makesKey = PastedValue.TextOf(environment(SettingNames.DiagnosticsKey)) is null;
        if (makesKey)
        {
            given[SettingNames.DiagnosticsKey] = NewKey();
        }

        var read = LocalSettings.Read(given, environment, isSimulated: network is not null);
        var settings = network is null ? read : Harmless(read);
        if (network is not null)
        {
            network.Operator.Key = settings.DiagnosticsKey!;
        }

        var loggers = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(Enum.Parse<LogLevel>(settings.LogLevel, ignoreCase: true)));
        return new ServedParts(settings, makesKey, hasTenants ? null : tenant, network, loggers, TimeProvider.System);
    }

    /// <summary>
    /// Refuses a simulated LiveKit beside a stored journal: it knows none of the rooms, so every call there would soon count as over.
    /// </summary>
    private static GatewaySettings Harmless(GatewaySettings settings) =>
        settings.Storage is not { Table: var table } || settings.SimulatedTable == table
            ? settings
            : throw new SettingsException(
                $"{SettingNames.LiveKitHost} is not set, and a simulated LiveKit would end every call in the journal's table '{table}': "
                    + $"set {SettingNames.LiveKitHost}, or {SettingNames.SimulateWithRealJournal}={table} if all calls in that table are "
                    + "simulated.");
}
