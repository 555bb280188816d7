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
    private ServedParts(GatewaySettings settings, PhoneNetwork? network, ICallJournal journal)
    {
        Settings = settings;
        Network = network;
        Journal = journal;
    }

    /// <summary>The settings.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>The simulated network; <c>null</c> where LiveKit is real.</summary>
    public PhoneNetwork? Network { get; }

    /// <summary>The journal.</summary>
    public ICallJournal Journal { get; }

    /// <summary>Whether anybody on this machine may read calls: no key is set, and there is no real call to be read.</summary>
    public bool IsOpen => Settings.DiagnosticsKey is null && Network is not null && Settings.Storage is null;

    /// <summary>Who may read calls.</summary>
    public DiagnosticsAccess Diagnostics => IsOpen ? DiagnosticsAccess.Open : DiagnosticsAccess.With(Settings.DiagnosticsKey);

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
            yield return IsOpen ? "Calls     open to this machine: all of them are simulated"
                : Settings.DiagnosticsKey is null ? $"Calls     closed: set {SettingNames.DiagnosticsKey} to read them"
                : $"Calls     open with {SettingNames.DiagnosticsKey} in the header {DiagnosticsAccess.HeaderName}";
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

        var settings = LocalSettings.Read(given, environment);
        return new ServedParts(settings, network, await JournalAsync(settings.Storage, cancellationToken));
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
