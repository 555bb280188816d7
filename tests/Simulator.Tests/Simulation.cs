using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Tests;

/// <summary>A network, a scripted gateway and a virtual time for one test.</summary>
public sealed class Simulation : IAsyncDisposable
{
    private readonly HttpMessageInvoker http;

    private Simulation(VirtualTime time, PhoneNetwork network, ScriptedGateway gateway, IReadOnlyList<NetworkEvent> history)
    {
        Time = time;
        Network = network;
        Gateway = gateway;
        History = history;
        http = time.CreateClient();
    }

    public VirtualTime Time { get; }

    public PhoneNetwork Network { get; }

    public ScriptedGateway Gateway { get; }

    public IReadOnlyList<NetworkEvent> History { get; }

    public TimeSpan Now => Time.Clock.GetUtcNow() - new VirtualTime().Clock.GetUtcNow();

    public static async Task<Simulation> StartAsync(PhoneNetworkSetup? setup = null)
    {
        var time = new VirtualTime();
        var history = new List<NetworkEvent>();
        var stop = TestContext.Current.CancellationToken;
        var gateway = await ScriptedGateway.StartAsync(time, stop);
        var network = await PhoneNetwork.StartAsync(time, (setup ?? new()) with { Observer = history.Add }, stop);
        network.Connect(gateway.Url);
        return new Simulation(time, network, gateway, history);
    }

    public Task RunAsync(Func<Task> main) => Time.RunAsync(main);

    public Task DelayAsync(double seconds) => Time.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None);

    /// <summary>Calls the API with a token that is good for it.</summary>
    public Task<ApiAnswer> ApiAsync(string method, JsonObject message, string? room = null) =>
        ApiAsync(
            method,
            message.ToJsonString(),
            LiveKitToken.Mint(Network.LiveKit.Key, Grants(room), Time.Clock.GetUtcNow(), TimeSpan.FromMinutes(5)));

    public async Task<ApiAnswer> ApiAsync(
        string method,
        string body,
        string? token,
        string contentType = "application/json",
        string verb = "POST",
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(Network.LiveKit.Url, $"twirp/livekit.{method}"));
        if (verb != "GET")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var response = await http.SendAsync(request, cancellationToken);
        return new ApiAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString() ?? "",
            await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Network.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    private static LiveKitGrants Grants(string? room) =>
        new() { RoomCreate = true, RoomList = true, RoomAdmin = true, RoomRecord = true, Room = room ?? "" };
}

public sealed record ApiAnswer(int Status, string ContentType, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
