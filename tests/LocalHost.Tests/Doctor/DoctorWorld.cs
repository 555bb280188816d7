using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Doctor.Checks.Twilio;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>Twilio, LiveKit, a gateway and the settings of doctor, all over real HTTP, and all as they should be.</summary>
internal sealed class DoctorWorld : IAsyncDisposable
{
    /// <summary>The number that reaches the gateway.</summary>
    public const string Number = "+15550100";

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly WebhookCounts counts = new();
    private KestrelHttpAdapter? front;
    private LocalGateway? gateway;

    private DoctorWorld(PhoneNetwork network, TwilioRestApi twilio) => (Network, Twilio) = (network, twilio);

    public PhoneNetwork Network { get; }

    public TwilioRestApi Twilio { get; }

    /// <summary>The settings of doctor.</summary>
    public Dictionary<string, string> Settings { get; private set; } = [];

    /// <summary>Where the gateway listens.</summary>
    public Uri Address => front!.Address;

    /// <summary>What the gateway has stored.</summary>
    public InMemoryCallJournal Journal { get; } = new(TimeProvider.System);

    /// <summary>The options of a test: it waits less than people do.</summary>
    public DoctorOptions Options { get; set; } = new() { Patience = TimeSpan.FromSeconds(3) };

    /// <summary>This machine's clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="otherOfGateway">Settings that the gateway has otherwise than doctor.</param>
    public static async Task<DoctorWorld> StartAsync(params (string Name, string Value)[] otherOfGateway)
    {
        var time = new RealTime(_ => { });
        var network = await PhoneNetwork.StartAsync(time, new PhoneNetworkSetup(), Stop);
        var world = new DoctorWorld(network, await TwilioRestApi.StartAsync(time, network.Setup.Twilio, Stop));
        await world.ServeAsync(otherOfGateway);
        return world;
    }

    /// <summary>Sets the number's URLs as they should be for this base URL.</summary>
    public void PointNumberAt(string url) => Twilio.Numbers =
    [
        new AccountNumber("PN0123456789abcdef0123456789abcdef", Number)
        {
            VoiceUrl = $"{url}/twilio/voice#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000",
            StatusCallback = $"{url}/twilio/status#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000",
            VoiceFallbackUrl = "https://handler.twilio.com/twiml/EH0123456789abcdef0123456789abcdef",
        },
    ];

    /// <summary>Runs doctor, and gives its exit status, its findings by name, and what it said.</summary>
    /// <param name="answers">What whoever is asked says.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task<(int Status, IReadOnlyDictionary<string, JsonNode> Findings, string Text)> ExamineAsync(
        string answers = "", CancellationToken? stop = null)
    {
        using var output = new StringWriter();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(answers));
        var status = await DoctorCommand.CheckAsync(
            Options with { IsJson = true },
            new CommandConsole(Settings.GetValueOrDefault, input, output, output),
            Clock,
            stop ?? Stop);
        var text = output.ToString();
        var findings = text.IndexOf('{', StringComparison.Ordinal) is var begin and >= 0
            ? JsonNode.Parse(text[begin..])!["checks"]!.AsArray().ToDictionary(check => (string)check!["id"]!, check => check!)
            : [];
        return (status, findings, text);
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await front!.DisposeAsync();
        gateway?.Dispose();
        await Twilio.DisposeAsync();
        http.Dispose();
    }

    private async Task ServeAsync((string Name, string Value)[] other)
    {
        front = await KestrelHttpAdapter.StartAsync(0, AnswerAsync, next => next, Stop);
        var url = front.Address.GetLeftPart(UriPartial.Authority);
        Network.Connect(front.Address);
        Network.LiveKit.Agents = new AgentScript(AgentBehaviour.Good with { JoinsAfter = TimeSpan.FromMilliseconds(20) });
        PointNumberAt(url);
        Settings = new Dictionary<string, string>(Network.GatewaySettings)
        {
            [SettingNames.PublicUrl] = url,
            [SettingNames.DiagnosticsKey] = "a-key-of-diagnostics-hunter2",
            [Doctor.Checks.Twilio.TwilioRest.TestUrl] = Twilio.Url.GetLeftPart(UriPartial.Authority),
        };
        var own = new Dictionary<string, string>(Settings);
        foreach (var (name, value) in other)
        {
            own[name] = value;
        }

        var settings = LocalSettings.Read(own, _ => null, isSimulated: true);
        gateway = new LocalGateway(
            settings,
            new GatewayPorts(
                Journal,
                new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, TimeProvider.System, new LiveKitApiOptions()),
                new MemoryEventSink(null),
                TimeProvider.System,
                NullLoggerFactory.Instance)
            {
                Metrics = counts,
            },
            TaskScheduler.Default);
    }

    private async ValueTask<GatewayResponse> AnswerAsync(GatewayRequest request, Stream body, long? length, CancellationToken aborted)
    {
        var answer = await gateway!.Front.HandleAsync(request, body, length, aborted);
        counts.Count(request, answer);
        return answer;
    }

    /// <summary>The metrics of this gateway alone: the real ones are of the whole process, with other tests' gateways in it.</summary>
    private sealed class WebhookCounts : IMetricsText
    {
        private int taken;
        private int refused;

        public void Count(GatewayRequest request, GatewayResponse answer)
        {
            if (request.RawTarget == "/livekit/webhook")
            {
                _ = answer.Status < 400 ? Interlocked.Increment(ref taken) : Interlocked.Increment(ref refused);
            }
        }

        public ValueTask<(string ContentType, ReadOnlyMemory<byte> Text)> ReadAsync(string? accept, CancellationToken cancellationToken) =>
            ValueTask.FromResult<(string, ReadOnlyMemory<byte>)>((
                "text/plain; charset=utf-8",
                Encoding.UTF8.GetBytes(
                    $$"""
                    # TYPE voicefunctions_webhook_received_total counter
                    voicefunctions_webhook_received_total{source="LiveKitWebhook",outcome="ok"} {{taken}} 1796000000000
                    voicefunctions_webhook_received_total{source="LiveKitWebhook",outcome="refused"} {{refused}} 1796000000000
                    voicefunctions_webhook_received_total{source="TwilioVoice",outcome="ok"} 99 1796000000000

                    """)));
    }
}
