using System.Security.Cryptography;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>The parts of a gateway that serves: each is real where the environment names a real one, and simulated otherwise.</summary>
internal sealed class ServedParts : IAsyncDisposable
{
    private const int MadeKeyLength = 32;

    private ServedParts(GatewaySettings settings, bool hasMadeKey, PhoneNetwork? network, ICallJournal journal)
    {
        Settings = settings;
        HasMadeKey = hasMadeKey;
        Network = network;
        Journal = journal;
    }

    /// <summary>The settings, always with a diagnostics key.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>Whether nobody set a diagnostics key, so that this run made one, which whoever started it has to be told.</summary>
    public bool HasMadeKey { get; }

    /// <summary>The simulated network; <c>null</c> where LiveKit is real.</summary>
    public PhoneNetwork? Network { get; }

    /// <summary>The journal.</summary>
    public ICallJournal Journal { get; }

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
                : Settings.Twilio is null ? "Twilio    off, SIP trunks alone" : "Twilio    real; its webhooks must reach PUBLIC_URL";
            yield return Settings.Storage is { } storage
                ? $"Journal   Azure Table Storage, {storage}"
                : "Journal   in memory, gone when this process ends";
            var key = HasMadeKey ? "a key of this run" : SettingNames.DiagnosticsKey;
            yield return $"Calls     open with {key} in the header {DiagnosticsAccess.HeaderName}";
        }
    }

    /// <summary>Puts the parts together from the environment.</summary>
    /// <exception cref="SettingsException">Settings are missing or wrong.</exception>
    public static async Task<ServedParts> FromAsync(
        Func<string, string?> environment,
        Uri address,
        Action<NetworkEvent> told,
        Action<Exception> failed,
        CancellationToken cancellationToken)
    {
        PhoneNetwork? network = null;
        var given = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(environment(SettingNames.LiveKitHost)))
        {
            network = await PhoneNetwork.StartAsync(new RealTime(failed), new PhoneNetworkSetup { Observer = told }, cancellationToken);
            network.Connect(address);
            given = SimulatedSettings.Of(network, address);
        }

        var makesKey = string.IsNullOrWhiteSpace(environment(SettingNames.DiagnosticsKey));
        if (makesKey)
        {
            given[SettingNames.DiagnosticsKey] = RandomNumberGenerator.GetHexString(MadeKeyLength, lowercase: true);
        }

        var settings = LocalSettings.Read(given, environment);
        return new ServedParts(settings, makesKey, network, await JournalAsync(settings.Storage, cancellationToken));
    }

    public ValueTask DisposeAsync() => Network?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<ICallJournal> JournalAsync(StorageSettings? storage, CancellationToken cancellationToken)
    {
        if (storage is null)
        {
            return new InMemoryCallJournal(TimeProvider.System);
        }

        var table = TableCallJournal.Create(storage, TimeProvider.System);
        await table.EnsureTableAsync(cancellationToken);
        return table;
    }
}
