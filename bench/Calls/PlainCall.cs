using System.Globalization;
using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Bench.Calls;

/// <summary>The signed webhooks of a call that a caller begins over Twilio, and an agent takes.</summary>
internal sealed class PlainCall
{
    public const string Account = "AC0123456789abcdef0123456789abcdef";
    public const string Token = "a-token-of-the-benchmark";
    public const string PublicUrl = "https://voice.example.com";

    private readonly string room;
    private readonly int number;

    public PlainCall(int number)
    {
        this.number = number;
        CallSid = string.Create(CultureInfo.InvariantCulture, $"CA{number:x32}");
        room = $"call_{CallId.ForTwilio(CallSid)}";
    }

    public static LiveKitKey Key { get; } = new("APIBenchmark", "a-secret-of-the-benchmark-0123456789");

    /// <summary>The settings of a gateway that accepts it.</summary>
    public static GatewaySettings Settings { get; } = SettingsReader.Read(new Dictionary<string, string>
    {
        [SettingNames.PublicUrl] = PublicUrl,
        [SettingNames.LiveKitHost] = "http://127.0.0.1",
        [SettingNames.LiveKitApiKey] = Key.Id,
        [SettingNames.LiveKitApiSecret] = Key.Secret,
        [SettingNames.TwilioAccountSid] = Account,
        [SettingNames.TwilioAuthToken] = Token,
        [SettingNames.LiveKitSipUri] = "sip:example.com",
    }.GetValueOrDefault, _ => "");

    public string CallSid { get; }

    /// <summary>Twilio asks what to do with the caller.</summary>
    public GatewayRequest Voice() => Form("voice", ("CallStatus", "ringing"), ("Direction", "inbound"));

    /// <summary>The caller comes, and then the agent.</summary>
    public IReadOnlyList<Func<DateTimeOffset, GatewayRequest>> Answered() =>
    [
        now => Webhook("room_started", now, null, null),
        now => Webhook("participant_joined", now, Caller, null),
        now => Webhook("track_published", now, Caller, Track("TR_C")),
        now => Webhook("participant_joined", now, Agent, null),
        now => Webhook("track_published", now, Agent, Track("TR_A")),
    ];

    /// <summary>The caller hangs up.</summary>
    public IReadOnlyList<Func<DateTimeOffset, GatewayRequest>> HungUp() =>
    [
        now => Webhook("participant_left", now, Gone(Caller, "CLIENT_INITIATED"), null),
        now => Webhook("participant_left", now, Gone(Agent, "ROOM_DELETED"), null),
        now => Webhook("room_finished", now, null, null),
        _ => Form(
            "status",
            ("CallStatus", "completed"), ("CallDuration", "12"), ("SequenceNumber", "2"), ("CallbackSource", "call-progress-events")),
    ];

    private string Caller => $$"""
        {"sid":"PA_C{{number}}", "identity":"sip_+15550101234", "state":"ACTIVE", "kind":"SIP",
         "permission":{"canSubscribe":true, "canPublish":true, "canPublishData":true},
         "attributes":{"sip.callID":"SCL_{{number}}", "sip.callStatus":"active", "sip.phoneNumber":"+15550101234", "sip.ruleID":"SDR_1",
         "sip.trunkID":"ST_1", "sip.trunkPhoneNumber":"+15550100123", "sip.twilio.callSid":"{{CallSid}}"} }
        """;

    private string Agent => $$"""
        {"sid":"PA_A{{number}}", "identity":"agent-AJ_{{number}}", "state":"ACTIVE", "kind":"AGENT",
         "permission":{"canSubscribe":true, "canPublish":true, "canPublishData":true, "canUpdateMetadata":true, "agent":true},
         "attributes":{"lk.agent_name":"voice-agent"} }
        """;

    private static string Gone(string participant, string reason) => participant.Replace(
        "\"state\":\"ACTIVE\"", $"\"state\":\"DISCONNECTED\", \"disconnectReason\":\"{reason}\"", StringComparison.Ordinal);

    private static string Track(string sid) => $$"""{"sid":"{{sid}}", "type":"AUDIO", "source":"MICROPHONE", "mimeType":"audio/opus"}""";

    private GatewayRequest Webhook(string name, DateTimeOffset now, string? participant, string? track)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var of = participant is null ? "" : $", \"participant\":{participant}";
        var with = track is null ? "" : $", \"track\":{track}";
        var json = $$"""
            {"event":"{{name}}", "id":"EV_{{name}}_{{number}}_{{milliseconds}}", "createdAt":"{{milliseconds / 1000}}",
             "room":{"sid":"RM_{{number}}", "name":"{{room}}", "emptyTimeout":300, "departureTimeout":20,
             "creationTime":"{{milliseconds / 1000}}", "turnPassword":"x",
             "enabledCodecs":[{"mime":"audio/PCMU"}, {"mime":"audio/PCMA"}, {"mime":"audio/opus"}, {"mime":"audio/red"}] }
             {{of}} {{with}} }
            """;
        var body = Encoding.UTF8.GetBytes(json);
        var token = LiveKitWebhookSigner.Sign(Key, body, now);
        return new GatewayRequest("POST", "/livekit/webhook", header => header == "Authorization" ? token : null, body);
    }

    private GatewayRequest Form(string route, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] fields =
            [("AccountSid", Account), ("CallSid", CallSid), ("From", "+15550101234"), ("To", "+15550100123"), .. more];
        var body = TwilioForm.Encode(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var signed = TwilioSignature.Sign($"{PublicUrl}/twilio/{route}", TwilioForm.Parse(body), Token);
        return new GatewayRequest(
            "POST",
            $"/twilio/{route}",
            header => header == TwilioSignature.HeaderName
                ? signed
                : header == "Content-Type" ? "application/x-www-form-urlencoded; charset=UTF-8" : null,
            body);
    }
}
