using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The API client on a clock that stands still, before a server with a script.</summary>
internal sealed class LiveKitApiHarness
{
    /// <summary>Far more than a request takes that is under way.</summary>
    private const int MostTurns = 500_000;

    public static readonly LiveKitKeyring Keyring =
        new(new LiveKitKey("devkey", "secretsecretsecretsecretsecretsecret"), new LiveKitKey("old", "old-secret"));

    private static readonly LiveKitFileTarget Azure = new LiveKitFileTarget.Azure("acc", "key", "con");
    private static readonly LiveKitFileTarget S3 =
        new LiveKitFileTarget.S3("buc", "ak", "sk") { Region = "eu-1", Endpoint = "https://s3.example", ForcePathStyle = true };

    public LiveKitApiHarness(params IEnumerable<Func<CancellationToken, Task<HttpResponseMessage>>> steps)
    {
        Http = new ScriptedHttp(steps);
        Assert.True(LiveKitHost.TryParse("wss://livekit.example", out var host));
        Api = new LiveKitApi(new HttpMessageInvoker(Http), host, Keyring, Clock, new LiveKitApiOptions());
    }

    public ManualClock Clock { get; } = new();

    public ScriptedHttp Http { get; }

    public LiveKitApi Api { get; }

    /// <summary>Makes the call of that name and lets time pass until it has ended.</summary>
    public async Task<string> FinishAsync(string call, CancellationToken cancellationToken)
    {
        var running = OutcomeAsync(Api, call, cancellationToken);
        while (!running.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await running;
    }

    /// <summary>Waits until so many requests were sent.</summary>
    public async Task UntilSentAsync(int count, CancellationToken cancellationToken)
    {
        for (var turn = 0; Http.Sent.Count < count; turn++)
        {
            Assert.True(turn < MostTurns, $"{Http.Sent.Count} of {count} requests were sent.");
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Makes the call of that name and tells how it ended: the name of the outcome's case.</summary>
    public static async Task<string> OutcomeAsync(LiveKitApi api, string call, CancellationToken cancellationToken) => call switch
    {
        "ListRooms" => Name(await api.ListRoomsAsync(["r"], cancellationToken)),
        "CreateRoom" => Name(await api.CreateRoomAsync(new LiveKitRoomRequest("r"), cancellationToken)),
        "DeleteRoom" => Name(await api.DeleteRoomAsync("r", cancellationToken)),
        "ListParticipants" => Name(await api.ListParticipantsAsync("r", cancellationToken)),
        "MuteTrack" => Name(await api.MuteTrackAsync("r", "i", "TR_1", cancellationToken)),
        "TransferSipParticipant" => Name(await api.TransferSipParticipantAsync(
            new LiveKitTransferRequest("r", "i", "tel:+4930") { RingingTimeout = TimeSpan.FromSeconds(20) }, cancellationToken)),
        "RemoveParticipant" => Name(await api.RemoveParticipantAsync("r", "i", cancellationToken)),
        "CreateDispatch" => Name(await api.CreateDispatchAsync(new LiveKitDispatchRequest("r", "a", "m"), cancellationToken)),
        "ListDispatch" => Name(await api.ListDispatchesAsync("r", cancellationToken)),
        "CreateSipParticipant" =>
            Name(await api.CreateSipParticipantAsync(new LiveKitSipParticipantRequest("ST_1", "+4930", "r", "i"), cancellationToken)),
        "StartTrackEgress" =>
            Name(await api.StartEgressAsync(new LiveKitEgressRequest("r", "a/b.ogg", Azure) { TrackSid = "TR_1" }, cancellationToken)),
        "StartRoomEgress" => Name(await api.StartEgressAsync(new LiveKitEgressRequest("r", "a/b.mp3", S3), cancellationToken)),
        "StopEgress" => Name(await api.StopEgressAsync("EG_1", cancellationToken)),
        "ListEgress" => Name(await api.ListEgressAsync("r", cancellationToken)),
        "DeleteDispatch" => Name(await api.DeleteDispatchAsync("r", "AD_1", cancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "No such call."),
    };

    private static string Name<T>(LiveKitOutcome<T> outcome) => outcome.GetType().Name;
}
