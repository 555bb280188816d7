using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Sweeping;
using VoiceFunctions.Functions.Tests.Durable;
using VoiceFunctions.Functions.Tests.Http;
using VoiceFunctions.Knowledge.Lexical;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>
/// The function app from its doors to its activities, on a hub, a journal and a LiveKit of this process and on a clock that the test moves.
/// </summary>
internal sealed class FunctionApp : ILifecycleEventSink
{
    private readonly LiveKitFunctions liveKitDoor;
    private readonly SweepFunctions sweeping;

    /// <param name="journal">The journal; one in memory where none is given.</param>
    /// <param name="changes">What is set otherwise than <see cref="World.Settings.Complete"/>.</param>
    public FunctionApp(ICallJournal? journal = null, params (string Name, string? Value)[] changes)
    {
        var settings = World.Settings.Read(changes);
        Journal = new FragileJournal(journal ?? new InMemoryCallJournal(Clock));
        LiveKit = new InMemoryLiveKit(Clock) { Webhook = body => Webhooks.Enqueue(Encoding.UTF8.GetString(body)) };
        Api = new TroubledLiveKit(LiveKit, Clock);
        Gateway = new VoiceGateway(
            settings,
            new GatewayPorts(Journal, Api, this, Clock, NullLoggerFactory.Instance)
            {
                TwilioCalls = Desk,
                Tools = new EagerBackends(),
                Knowledge = LexicalKnowledge.InMemory(),
            },
            _ => new DurableCallWorkflows(Slot, Clock, NullLogger<DurableCallWorkflows>.Instance));
        var activities = new CallActivities(Gateway, Clock);
        Hub = new ReplayingTaskHub(Clock, CallOrchestration.RunAsync, (name, input) => HubActivities.RunAsync(activities, name, input));
        Client = new HubClient(Hub);
        Front = new FunctionsHttpAdapter(Gateway, Slot);
        liveKitDoor = new LiveKitFunctions(Front);
        sweeping = new SweepFunctions(Gateway, settings, Slot, Clock, NullLogger<SweepFunctions>.Instance);
    }

    public ManualClock Clock { get; } = new();

    public DurableClientSlot Slot { get; } = new();

    public FragileJournal Journal { get; }

    /// <summary>What happens in LiveKit's rooms.</summary>
    public InMemoryLiveKit LiveKit { get; }

    /// <summary>The gateway's way to it.</summary>
    public TroubledLiveKit Api { get; }

    /// <summary>The webhooks that wait for their delivery.</summary>
    public Queue<string> Webhooks { get; } = [];

    public PhoneDesk Desk { get; } = new();

    public VoiceGateway Gateway { get; }

    public ReplayingTaskHub Hub { get; }

    public HubClient Client { get; }

    public FunctionsHttpAdapter Front { get; }

    /// <summary>What subscribers were told, in order.</summary>
    public List<LifecycleEvent> Told { get; } = [];

    /// <summary>How many webhooks were delivered.</summary>
    public int Delivered { get; private set; }

    /// <summary>How often each webhook is delivered.</summary>
    public int Deliveries { get; set; } = 1;

    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        Told.Add(lifecycleEvent);
        return ValueTask.CompletedTask;
    }

    /// <summary>Delivers webhooks and runs orchestrations until nothing is left that needs no time.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (Webhooks.TryDequeue(out var body))
            {
                for (var delivery = 0; delivery < Deliveries; delivery++)
                {
                    Assert.Equal(200, await DeliverAsync(body, cancellationToken));
                }
            }
        }
        while (await Hub.SettleAsync() || Webhooks.Count > 0);
    }

    /// <summary>Lets time pass, with everything that happens in it.</summary>
    public async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var end = Clock.GetUtcNow() + time;
        await SettleAsync(cancellationToken);
        while (Hub.FireNext(end))
        {
            await SettleAsync(cancellationToken);
        }

        Clock.Advance(end - Clock.GetUtcNow());
    }

    /// <summary>Runs the timer function that looks for what fell through.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => sweeping.SweepAsync(new(), Client, cancellationToken);

    /// <summary>Delivers one webhook of LiveKit's as it would sign it. Returns the status.</summary>
    public Task<int> DeliverAsync(string webhook, CancellationToken cancellationToken)
    {
        var key =
            new LiveKitKey(World.Settings.Complete[SettingNames.LiveKitApiKey], World.Settings.Complete[SettingNames.LiveKitApiSecret]);
        return DeliverAsync(webhook, LiveKitWebhookSigner.Sign(key, Encoding.UTF8.GetBytes(webhook), Clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Asks for the lease of a call that does not exist, with a good token for its room.</summary>
    public async Task AskForNoLeaseAsync(CancellationToken cancellationToken)
    {
        var call = CallId.ForTwilio("CA1");
        var token = LiveKitToken.MintFor(
            new LiveKitKey(World.Settings.Complete[SettingNames.LiveKitApiKey], World.Settings.Complete[SettingNames.LiveKitApiSecret]),
            "agent-AJ_1",
            LiveKitGrants.JoinAsAgent($"call_{call}"),
            Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        var body = Encoding.UTF8.GetBytes($$"""{"callId":"{{call}}","fence":"x","epoch":1,"job":"AJ_1"}""");
        var request = new GatewayRequest(
            "POST", "/agents/lease", name => name == "Authorization" ? $"Bearer {token}" : null, body);
        Assert.Equal(404, (await Gateway.Front.HandleAsync(request, cancellationToken)).Status);
    }

    /// <summary>The job of a call's first dispatch takes its lease and uses a tool, through the door of agents.</summary>
    public async Task<TestResponse> UseToolAsync(PhoneCall call, string tool, CancellationToken cancellationToken)
    {
        var key =
            new LiveKitKey(World.Settings.Complete[SettingNames.LiveKitApiKey], World.Settings.Complete[SettingNames.LiveKitApiSecret]);
        var token = LiveKitToken.MintFor(
            key, "agent-AJ_1", LiveKitGrants.JoinAsAgent(call.Room), Clock.GetUtcNow(), LiveKitToken.DefaultLifetime);
        var fence = new DispatchFence(new LiveKitKeyring(key), DateTimeOffset.MinValue).Of(call.Id, 1);
        var body = Encoding.UTF8.GetBytes(
            $$"""{"callId":"{{call.Id}}","fence":"{{fence}}","epoch":1,"job":"AJ_1","toolCallId":"call_1","arguments":{} }""");
        var door = new AgentFunctions(Front);
        TestRequest Request(string path) =>
            new("POST", $"https://voice.example.com/{path}", body, ("Authorization", $"Bearer {token}"));
        Assert.Equal(200, (int)(await door.LeaseAsync(Request("agents/lease"), cancellationToken)).StatusCode);
        return (TestResponse)await door.ToolAsync(Request($"tools/{tool}"), cancellationToken);
    }

    /// <summary>An agent reports half a minute of what it measures of a call's caller, with a spike at its end.</summary>
    public async Task ReportQualityAsync(PhoneCall call, CancellationToken cancellationToken)
    {
        var token = LiveKitToken.MintFor(
            new LiveKitKey(World.Settings.Complete[SettingNames.LiveKitApiKey], World.Settings.Complete[SettingNames.LiveKitApiSecret]),
            "agent-AJ_1",
            LiveKitGrants.JoinAsAgent(call.Room),
            Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        var samples = Enumerable.Range(1, 30).Select(second =>
            $$"""
            {"type":"inbound-rtp","ssrc":1,"timestamp":{{second}}000,"packetsReceived":{{second * 50}},"packetsLost":0,
             "jitter":{{(second > 27 ? "0.2" : "0.004")}} }
            """);
        var body = $$"""{"participant":"{{PhoneCall.Caller.Identity}}","samples":[{{string.Join(',', samples)}}]}""";
        var request = new TestRequest(
            "POST",
            $"https://voice.example.com/calls/{call.Id}/quality",
            Encoding.UTF8.GetBytes(body),
            ("Authorization", $"Bearer {token}"));
        var answer = await new OperationFunctions(Front).CallQualityAsync(request, Client, cancellationToken);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    /// <summary>A tenant asks its documents, of which it has none, through the function's door. Returns the status.</summary>
    public async Task<int> AskKnowledgeAsync(string tokenSecret, CancellationToken cancellationToken)
    {
        var token = new ApiTokens(tokenSecret, Clock).Issue("golf");
        var request = new TestRequest(
            "POST", "https://voice.example.com/rag/query", """{"query":"dogs"}"""u8.ToArray(), ("Authorization", $"Bearer {token}"));
        return (int)(await new KnowledgeFunctions(Front).RagQueryAsync(request, cancellationToken)).StatusCode;
    }

    /// <summary>Delivers one webhook with that signature. Returns the status.</summary>
    public async Task<int> DeliverAsync(string webhook, string signature, CancellationToken cancellationToken)
    {
        var request = new TestRequest(
            "POST", "https://voice.example.com/livekit/webhook", Encoding.UTF8.GetBytes(webhook), ("Authorization", signature));
        Delivered++;
        return (int)(await liveKitDoor.WebhookAsync(request, Client, cancellationToken)).StatusCode;
    }
}
