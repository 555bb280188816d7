using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.OpenApi;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Twilio.Documents;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Http;

/// <summary>The whole gateway in memory, before a Twilio and a LiveKit that sign.</summary>
internal sealed class GatewayBench
{
    public const string PublicUrl = "https://voice.example.com";
    public const string DiagnosticsKey = "diagnostics-key-hunter2";
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "twilio-auth-token-hunter2";
    public const string CallSid = "CA0123456789abcdef0123456789abcdef";
    public const string DialSid = "CAfedcba9876543210fedcba9876543210";
    public const string From = "+15550100001";
    public const string To = "+15550100123";

    public static readonly LiveKitKey Key = new("devkey", "livekit-secret-hunter2-livekit-secret");
    public static readonly DispatchFence Fence = new(new LiveKitKeyring(Key), DateTimeOffset.MinValue);
    public static readonly CallId Call = CallId.ForTwilio(CallSid);
    public static readonly string RoomName = new RoomNaming("call").NameOf(Call);

    /// <param name="diagnosticsKey">The operator's key; <c>null</c> where none is set.</param>
    /// <param name="changes">What is set otherwise.</param>
    public GatewayBench(string? diagnosticsKey = DiagnosticsKey, params (string Name, string? Value)[] changes)
        : this(null, [], diagnosticsKey, changes)
    {
    }

    private GatewayBench(
        IForeignTokens? foreign,
        IReadOnlyList<IEventDestination> destinations,
        string? diagnosticsKey,
        (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>
        {
            [SettingNames.PublicUrl] = PublicUrl,
            [SettingNames.LiveKitHost] = "https://livekit.example.com",
            [SettingNames.LiveKitApiKey] = Key.Id,
            [SettingNames.LiveKitApiSecret] = Key.Secret,
            [SettingNames.TwilioAccountSid] = AccountSid,
            [SettingNames.DiagnosticsKey] = diagnosticsKey,
            [SettingNames.TwilioAuthToken] = AuthToken,
            [SettingNames.LiveKitSipUri] = "sip:project.sip.livekit.cloud",
            [SettingNames.FallbackMessage] = "Nobody is here.",
        };
        Array.ForEach(changes, change => values[change.Name] = change.Value);
        Settings = SettingsReader.Read(values.GetValueOrDefault, _ => throw new FileNotFoundException());
        Journal = new HookedJournal(Clock);
        LiveKit = new BenchLiveKit(Clock);
        var ports = new GatewayPorts(Journal, LiveKit, Sink, Clock, Loggers)
        {
            ApiKeys = ApiKeys,
            ForeignTokens = foreign,
            Tools = Tools,
            Knowledge = Knowledge,
            Outbox = new EventOutbox(destinations, DeadLetters, EventOutbox.DefaultGiveUpAfter),
        };
        Gateway = new VoiceGateway(Settings, ports, _ => Workflows);
    }

    /// <summary>One that takes another issuer's tokens too.</summary>
    public static GatewayBench With(IForeignTokens foreign, params (string Name, string? Value)[] changes) =>
        new(foreign, [], DiagnosticsKey, changes);

    /// <summary>One whose events go to destinations.</summary>
    public static GatewayBench Telling(IReadOnlyList<IEventDestination> destinations, params (string Name, string? Value)[] changes) =>
        new(null, destinations, DiagnosticsKey, changes);

    public ManualClock Clock { get; } = new();

    public GatewaySettings Settings { get; }

    public InMemoryApiKeyStore ApiKeys { get; } = new();

    public HookedJournal Journal { get; }

    public BenchBackends Tools { get; } = new();

    public InMemoryDeadLetters DeadLetters { get; } = new();

    public BenchLiveKit LiveKit { get; }

    public TellingSink Sink { get; } = new();

    public HookedKnowledge Knowledge { get; } = new();

    public AskedWorkflows Workflows { get; } = new();

    public CollectingLoggers Loggers { get; } = new();

    public VoiceGateway Gateway { get; }

    /// <summary>Every answer, in order.</summary>
    public ConcurrentQueue<GatewayResponse> Answers { get; } = [];

    public async Task<GatewayResponse> SendAsync(
        string method, string target, byte[] body, params (string Name, string? Value)[] headers)
    {
        var request = new GatewayRequest(
            method,
            target,
            name => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
            body);
        var answer = await Gateway.Front.HandleAsync(request, TestContext.Current.CancellationToken);
        DeclaredAnswers.AssertDeclared(request, answer);
        Answers.Enqueue(answer);
        return answer;
    }

    public Task<GatewayResponse> GetAsync(string target, string? key = DiagnosticsKey) =>
        SendAsync("GET", target, [], (DiagnosticsAccess.HeaderName, key));

    /// <summary>A request as Twilio signs it.</summary>
    public Task<GatewayResponse> TwilioAsync(string path, params (string Name, string Value)[] fields)
    {
        var body = Encode(fields);
        return SendAsync(
            "POST",
            path,
            body,
            ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
            (TwilioSignature.HeaderName, Sign(path, body)));
    }

    public static byte[] Encode(params (string Name, string Value)[] fields) =>
        TwilioForm.Encode(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static string Sign(string path, byte[] body) => TwilioSignature.Sign(PublicUrl + path, TwilioForm.Parse(body), AuthToken);

    public Task<GatewayResponse> VoiceAsync(string from = From, string to = To) =>
        TwilioAsync("/twilio/voice", ("CallSid", CallSid), ("From", from), ("To", to), ("CallStatus", "ringing"), ("Direction", "inbound"));

    /// <summary>A webhook as LiveKit signs it.</summary>
    public Task<GatewayResponse> LiveKitAsync(string body) => LiveKitAsync(Encoding.UTF8.GetBytes(body));

    public Task<GatewayResponse> LiveKitAsync(byte[] body) =>
        SendAsync(
            "POST",
            "/livekit/webhook",
            body,
            ("Content-Type", "application/webhook+json"),
            ("Authorization", LiveKitWebhookSigner.Sign(Key, body, Clock.GetUtcNow())));

    public static string Webhook(string name, string id, string participant = "", string? room = null) =>
        $$"""{"event":"{{name}}","room":{"sid":"RM_1","name":"{{room ?? RoomName}}","turnPassword":"turn-hunter2"},"""
        + $$"""{{(participant.Length == 0 ? "" : $"\"participant\":{participant},")}}"id":"{{id}}"}""";

    public static string Caller(string reason = "") =>
        $$"""
        {"sid":"PA_caller","identity":"sip_{{From}}","kind":"SIP","state":"ACTIVE"{{reason}},
         "attributes":{"sip.ruleID":"SDR_1","sip.phoneNumber":"{{From}}","sip.trunkPhoneNumber":"{{Call}}",
          "sip.h.x-called-number":"{{To}}" } }
        """;

    /// <summary>The caller's leg is in the room, and LiveKit says so.</summary>
    public Task<GatewayResponse> CallerJoinsAsync(string id = "EV_joined")
    {
        LiveKit.Open(RoomName, "RM_1");
        return LiveKitAsync(Webhook("participant_joined", id, Caller()));
    }

    /// <summary>Does what is due for a call, until something must happen or time must pass.</summary>
    public async Task DriveAsync(CallId callId)
    {
        for (var i = 0; i < 40; i++)
        {
            var evaluation = await Gateway.Calls.Advancer.EvaluateAsync(callId, Clock.GetUtcNow(), TestContext.Current.CancellationToken);
            if (evaluation.Decision is not CallDecision.Do)
            {
                return;
            }

            await Gateway.Calls.Advancer.ExecuteAsync(evaluation, TestContext.Current.CancellationToken);
        }
    }

    public async Task<CallState> StateAsync(CallId? callId = null) =>
        CallState.Of(await Journal.ReadAsync(callId ?? Call, TestContext.Current.CancellationToken));

    public static string Text(GatewayResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    /// <summary>The TwiML without its XML declaration.</summary>
    public static string TwimlOf(GatewayResponse response)
    {
        const string Declaration = """<?xml version="1.0" encoding="UTF-8"?>""";
        Assert.Equal(Twiml.ContentType, response.ContentType);
        Assert.StartsWith(Declaration, Text(response), StringComparison.Ordinal);
        return Text(response)[Declaration.Length..];
    }

    public static string ProblemOf(GatewayResponse response)
    {
        Assert.Equal(Problem.ContentType, response.ContentType);
        using var json = JsonDocument.Parse(response.Body);
        Assert.Equal(response.Status, json.RootElement.GetProperty("status").GetInt32());
        return json.RootElement.GetProperty("type").GetString()!.Split(':')[^1];
    }
}
