using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Testing;
using VoiceFunctions.Tools;

namespace VoiceFunctions.Samples;

/// <summary>
/// The gateway of the local host over HTTP, the simulator's LiveKit, and a backend with the tools of samples/golf-tools.json.
/// </summary>
internal sealed class SampleGateway : IAsyncDisposable
{
    /// <summary>The key of the LiveKit project.</summary>
    public static readonly LiveKitKey Key = new("devkey", "a-secret-of-the-sample-agents-0123456789");

    private const string OutboundTrunk = "ST_out";
    private const string Routes = """{"default":{},"queues":{"support":{"members":["+15550100181"],"ringSeconds":15}}}""";

    private static readonly CallId Call = CallId.ForTwilio("CA1");

    private readonly InMemoryLiveKit liveKit = new(TimeProvider.System) { OutboundTrunkId = OutboundTrunk };
    private readonly InMemoryCallJournal journal = new(TimeProvider.System);
    private readonly HttpClient http = new();
    private KestrelHttpAdapter front = null!;
    private LoopbackServer backend = null!;
    private HttpToolBackends tools = null!;
    private LocalGateway gateway = null!;

    private SampleGateway()
    {
    }

    /// <summary>The room of the call.</summary>
    public static string Room { get; } = new RoomNaming("call").NameOf(Call);

    /// <summary>Where the gateway answers.</summary>
    public string Url => front.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>LiveKit lists one of its own too, without a name.</summary>
    private IEnumerable<LiveKitDispatch> Dispatched => liveKit.DispatchesIn(Room).Where(dispatch => dispatch.AgentName == "voice-agent");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SampleGateway> StartAsync()
    {
        var started = new SampleGateway
        {
            backend = await LoopbackServer.StartAsync(new RealTime(_ => { }), FindTeeTimesAsync, Stop),
        };
        started.front = await KestrelHttpAdapter.StartAsync(
            0, (request, body, length, aborted) => started.gateway.Front.HandleAsync(request, body, length, aborted), next => next, Stop);
        var settings = started.Settings();
        started.tools = new HttpToolBackends(settings.Tools.All, HttpToolBackends.Connections(), TimeProvider.System);
        var ports = new GatewayPorts(
            started.journal,
            started.liveKit,
            new MemoryEventSink(null),
            TimeProvider.System,
            NullLoggerFactory.Instance)
        {
            Tools = started.tools,
        };
        started.gateway = new LocalGateway(settings, ports, TaskScheduler.Default);
        return started;
    }

    /// <summary>A caller comes, and the gateway sends an agent: what LiveKit gives a worker that takes it.</summary>
    public async Task<string> JobAsync(string id)
    {
        if (!Dispatched.Any())
        {
            await CallerJoinsAsync();
        }

        var metadata = Assert.Single(Dispatched).Metadata;
        return new JsonObject { ["id"] = id, ["metadata"] = metadata, ["room"] = new JsonObject { ["name"] = Room } }.ToJsonString();
    }

    /// <summary>What the gateway knows of the call.</summary>
    public async Task<CallState> StateAsync() => CallState.Of(await journal.ReadAsync(Call, Stop));

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        gateway.Dispose();
        tools.Dispose();
        await backend.DisposeAsync();
        http.Dispose();
    }

    private static async Task FindTeeTimesAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            """{"teeTimes":[{"id":"T-0900","time":"2026-05-01T09:00:00Z","freePlaces":2}]}""", context.RequestAborted);
    }

    private GatewaySettings Settings()
    {
        var golf = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", "golf-tools.json")))!;
        golf["backends"]![0]!["url"] = backend.Url.ToString();
        return LocalSettings.Read(
            new Dictionary<string, string>
            {
                [SettingNames.PublicUrl] = Url,
                [SettingNames.LiveKitHost] = "http://127.0.0.1",
                [SettingNames.LiveKitApiKey] = Key.Id,
                [SettingNames.LiveKitApiSecret] = Key.Secret,
                [SettingNames.LiveKitSipOutboundTrunkId] = OutboundTrunk,
                [SettingNames.TwilioEnabled] = "false",
                [SettingNames.SilenceRedispatchSeconds] = "300", // The worker of a busy machine takes its time, and stays the first one.
                [SettingNames.SilenceReserveSeconds] = "400",
                [SettingNames.SilenceHandoverSeconds] = "500",
                [SettingNames.RoutesJson] = Routes,
                [SettingNames.ToolsJson] = golf.ToJsonString(),
            },
            _ => null);
    }

    private async Task CallerJoinsAsync()
    {
        liveKit.Webhook = body => _ = TellAsync(body);
        liveKit.Join(Room, new LiveKitParticipant
        {
            Identity = "sip_1",
            Kind = LiveKitParticipantKind.Sip,
            Attributes = new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1" },
        });
        for (var waited = 0; !Dispatched.Any() && waited < 200; waited++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }
    }

    private async Task TellAsync(byte[] body)
    {
        using var webhook = new HttpRequestMessage(HttpMethod.Post, new Uri(front.Address, GatewayRoutes.LiveKitWebhook.Template))
        {
            Content = new ByteArrayContent(body),
        };
        webhook.Headers.TryAddWithoutValidation("Authorization", LiveKitWebhookSigner.Sign(Key, body, TimeProvider.System.GetUtcNow()));
        using var answer = await http.SendAsync(webhook);
    }
}
