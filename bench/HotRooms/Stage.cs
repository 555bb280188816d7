using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Bench.HotRooms;

/// <summary>A simulated phone network, Azurite, and a gateway process between them.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string Table = "calls";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly AzuriteServer azurite = new();
    private readonly RealTime time = new(failure => Console.Error.WriteLine($"network: {failure.Message}"));
    private GatewayProcess gateway = null!;
    private PhoneNetwork network = null!;

    public WebhookFlood Flood { get; private set; } = null!;

    private TableCallJournal Journal =>
        TableCallJournal.Create(new StorageSettings(azurite.ConnectionString, null, null, Table), time.Clock);

    /// <summary>Starts all of it.</summary>
    /// <param name="program">The gateway's assembly, of this build or of another.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Stage> StartAsync(string program, CancellationToken cancellationToken)
    {
        var stage = new Stage();
        await stage.azurite.InitializeAsync();
        stage.network = await PhoneNetwork.StartAsync(
            stage.time, new PhoneNetworkSetup { Twilio = new() { VoiceOverride = TwilioReplies.AskAgain } }, cancellationToken);
        Dictionary<string, string> settings = new(stage.network.GatewaySettings)
        {
            ["PORT"] = "0",
            [SettingNames.PublicUrl] = "http://127.0.0.1",
            [SettingNames.StorageConnection] = stage.azurite.ConnectionString,
            [SettingNames.CallsTable] = Table,
            [SettingNames.RoomGraceSeconds] = "1",
        };
        stage.gateway = new GatewayProcess(program, settings);
        var address = new Uri((await stage.gateway.LineWithAsync("VoiceFunctions on", cancellationToken)).Split(' ')[^1]);
        await stage.gateway.LineWithAsync("Ctrl-C stops", cancellationToken);
        stage.network.Connect(address);
        stage.Flood = new WebhookFlood(address, stage.network.LiveKit.Key);
        return stage;
    }

    /// <summary>Places a trunk call, and waits until its agent is heard.</summary>
    public async Task<(RoomTruth Room, Task<CallerExperience> Call)> CallAsync(TimeSpan stays, CancellationToken cancellationToken)
    {
        var rooms = network.LiveKit.Rooms.Count;
        var call = network.CallOverTrunkAsync(new Caller("+15550101234", network.Setup.TrunkNumber) { Stays = stays });
        while (network.LiveKit.Rooms.Count == rooms || network.LiveKit.Rooms[rooms].AgentAudioAt is null)
        {
            await time.Delay(Look, cancellationToken);
        }

        return (network.LiveKit.Rooms[rooms], call);
    }

    /// <summary>How long a room lived on after its caller had left.</summary>
    public async Task<TimeSpan> GoneAfterAsync(RoomTruth room, CancellationToken cancellationToken)
    {
        while (room.FinishedAt is null)
        {
            await time.Delay(Look, cancellationToken);
        }

        return room.FinishedAt.Value - room.CallerLeftAt!.Value;
    }

    /// <summary>How many rows a call has, and how many characters they hold.</summary>
    public async Task<(int Rows, long Characters)> StoredAsync(RoomTruth room, CancellationToken cancellationToken)
    {
        var callId = new RoomNaming(network.Setup.RoomPrefix).CallOf(room.Name, room.Sid);
        var rows = await Journal.ReadRowsAsync(callId, cancellationToken);
        return (rows.Count, rows.Sum(row => row.Columns.Sum(column => (long)column.Value.Length)));
    }

    public async ValueTask DisposeAsync()
    {
        Flood.Dispose();
        gateway.Dispose();
        await network.DisposeAsync();
        await azurite.DisposeAsync();
    }
}
