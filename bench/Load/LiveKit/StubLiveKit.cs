using System.Text.Json;
using VoiceFunctions.Bench.Load.Wire;

namespace VoiceFunctions.Bench.Load.LiveKit;

/// <summary>How often the stub fails.</summary>
/// <param name="Unavailable">The part of the requests that get 503 and do nothing.</param>
/// <param name="Hanging">The part that are carried out and answered late.</param>
/// <param name="Seed">Where its chance begins.</param>
internal sealed record StubFaults(double Unavailable, double Hanging, int Seed);

/// <summary>LiveKit's server API as far as a gateway for calls uses it, in protobuf's JSON. It keeps a book of its rooms.</summary>
internal sealed class StubLiveKit : IDisposable
{
    private const string Json = "application/json";
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(3);
    private static readonly byte[] Empty = TinyServer.Response("200 OK", Json, "{}");
    private static readonly byte[] Unavailable =
        TinyServer.Response("503 Service Unavailable", Json, """{"code":"unavailable","msg":"no response from servers"}""");

    private readonly TinyServer server;
    private readonly Lock gate = new();
    private readonly StubFaults? faults;
    private readonly Random chance;
    private int requests;

    public StubLiveKit(StubFaults? faults = null)
    {
        this.faults = faults;
        chance = new Random(faults?.Seed ?? 0);
        server = new TinyServer(AnswerAsync);
    }

    public RoomBook Rooms { get; } = new();

    public string Url => $"http://127.0.0.1:{server.Port}";

    public int Requests => requests;

    /// <summary>Called with the name of each room that is deleted, as LiveKit then sends <c>room_finished</c>.</summary>
    public Action<string> Finished { get; set; } = _ => { };

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    private async ValueTask<byte[]> AnswerAsync(string path, ReadOnlyMemory<byte> body)
    {
        Interlocked.Increment(ref requests);
        var lot = 1.0;
        if (faults is not null)
        {
            lock (gate)
            {
                lot = chance.NextDouble();
            }
        }

        if (lot < faults?.Unavailable)
        {
            return Unavailable;
        }

        var answer = Do(path[(path.LastIndexOf('/') + 1)..], body);
        if (faults is not null && lot < faults.Unavailable + faults.Hanging)
        {
            await Task.Delay(Hang, TimeProvider.System);
        }

        return answer;
    }

    private byte[] Do(string method, ReadOnlyMemory<byte> body)
    {
        using var request = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
        var name = request.RootElement.TryGetProperty("room", out var room) ? room.GetString() ?? "" : "";
        switch (method)
        {
            case "CreateDispatch":
                var number = Rooms.With(name, fate => ++fate.Dispatches);
                return Ok(DispatchOf(name, number));
            case "DeleteRoom":
                if (Rooms.With(name, fate => fate.IsOpen && (fate.IsDeleted = true)))
                {
                    Finished(name);
                    return Empty;
                }

                return TinyServer.Response("404 Not Found", Json, """{"code":"not_found","msg":"requested room does not exist"}""");
            case "ListDispatch":
                var count = Rooms.With(name, fate => fate.Dispatches);
                var dispatches = Enumerable.Range(1, count).Select(each => DispatchOf(name, each));
                return Ok($$"""{"agent_dispatches":[{{string.Join(',', dispatches)}}]}""");
            case "ListRooms":
                return Ok($$"""{"rooms":[{{string.Join(',', Rooms.Open(NamesOf(request.RootElement)).Select(RoomOf))}}]}""");
            case "ListParticipants":
                return Ok($$"""{"participants":[{{string.Join(',', Rooms.With(name, ParticipantsOf))}}]}""");
            default:
                return Empty;
        }
    }

    private static byte[] Ok(string json) => TinyServer.Response("200 OK", Json, json);

    private static string[] NamesOf(JsonElement request) =>
        request.TryGetProperty("names", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString() ?? "")] : [];

    private static string RoomOf(RoomFate fate) =>
        $$"""{"sid":"RM_{{fate.Key}}","name":"{{fate.Name}}","empty_timeout":300,"departure_timeout":20,"num_participants":1}""";

    private static string DispatchOf(string room, int number) =>
        $$$"""{"id":"AD_{{{room}}}_{{{number}}}","agent_name":"voice-agent","room":"{{{room}}}","state":{"jobs":[]}}""";

    private static List<string> ParticipantsOf(RoomFate fate)
    {
        var participants = new List<string>();
        if (fate.HasCaller && !fate.IsDeleted)
        {
            participants.Add(
                $$$"""
                {"sid":"PA_c{{{fate.Key}}}","identity":"sip_{{{fate.Key}}}","state":"ACTIVE","kind":"SIP",
                "attributes":{"sip.ruleID":"SDR_bench","sip.trunkID":"ST_bench","sip.callID":"SCL_{{{fate.Key}}}"}}
                """);
        }

        if (fate.HasAgent && !fate.IsDeleted)
        {
            participants.Add(
                $$$"""
                {"sid":"PA_a{{{fate.Key}}}","identity":"agent-{{{fate.Key}}}","state":"ACTIVE","kind":"AGENT",
                "attributes":{"lk.agent_name":"voice-agent"},"tracks":[{"sid":"TR_{{{fate.Key}}}","type":"AUDIO","source":"MICROPHONE"}]}
                """);
        }

        return participants;
    }
}
