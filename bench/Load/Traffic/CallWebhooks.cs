using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Bench.Load.Traffic;

/// <summary>The webhooks of the calls of one workload, signed as Twilio and LiveKit sign them.</summary>
/// <param name="series">Keeps the calls of one workload apart from those of another.</param>
/// <param name="now">When they are signed; they stay valid for two hours.</param>
internal sealed class CallWebhooks(string series, DateTimeOffset now)
{
    private const string WrongToken = "fedcba9876543210fedcba9876543210";
    private static readonly TimeSpan Validity = TimeSpan.FromHours(2);

    private readonly byte[] liveKitSecret = Encoding.UTF8.GetBytes(Secrets.LiveKit.Secret);

    /// <summary>The room of a call, as LiveKit's callee rule names it from what the gateway lets Twilio dial.</summary>
    public string RoomOf(int call) => $"call_{CallId.ForTwilio(CallSidOf(call)).Value}";

    /// <summary>What the ids in a call's webhooks end with.</summary>
    public string KeyOf(int call) => $"{series}{call}";

    /// <summary>The request of a step.</summary>
    public ReadOnlyMemory<byte> Of(int call, Step step, bool isForged = false) =>
        step == Step.Voice ? Voice(call, isForged) : LiveKit(call, step, isForged, "");

    /// <summary>One more webhook of a call's agent that has no consequences, with an id of its own.</summary>
    public ReadOnlyMemory<byte> Chatter(int call, int number) =>
        LiveKit(call, Step.AgentSpeaks, false, number.ToString("_0", CultureInfo.InvariantCulture));

    private string CallSidOf(int call) =>
        $"CA{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{series}:{call}")))[..32]}";

    private byte[] Voice(int call, bool isForged)
    {
        var caller = $"+1555{call % 10_000_000:D7}";
        (string Name, string Value)[] fields =
        [
            ("Called", "+15550100123"), ("ToState", ""), ("CallerCountry", "US"), ("Direction", "inbound"), ("CallerState", "CA"),
            ("ToZip", ""), ("CallSid", CallSidOf(call)), ("To", "+15550100123"), ("CallerZip", "94105"), ("ToCountry", "US"),
            ("StirVerstat", "TN-Validation-Passed-A"), ("CallToken", "{\"parentCallInfoToken\":\"eyJhbGciOiJFUzI1NiJ9\"}"),
            ("CalledZip", ""), ("ApiVersion", "2010-04-01"), ("CalledCity", ""), ("CallStatus", "ringing"), ("From", caller),
            ("AccountSid", Secrets.TwilioAccount), ("CalledCountry", "US"), ("CallerCity", "SAN FRANCISCO"), ("ToCity", ""),
            ("FromCountry", "US"), ("Caller", caller), ("FromCity", "SAN FRANCISCO"),
        ];
        var form = TwilioForm.Encode(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var signature = TwilioSignature.Sign(
            $"{Secrets.PublicUrl}/twilio/voice", TwilioForm.Parse(form), isForged ? WrongToken : Secrets.TwilioToken);
        return Request(
            "/twilio/voice",
            $"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n{TwilioSignature.HeaderName}: {signature}",
            form);
    }

    private byte[] LiveKit(int call, Step step, bool isForged, string suffix)
    {
        var seconds = now.ToUnixTimeSeconds();
        var room = $$"""
            "room":{"sid":"RM_{{KeyOf(call)}}","name":"{{RoomOf(call)}}","emptyTimeout":300,"departureTimeout":20,
            "creationTime":"{{seconds}}","turnPassword":"x",
            "enabledCodecs":[{"mime":"audio/PCMU"},{"mime":"audio/opus"},{"mime":"audio/red"}]}
            """;
        var body = Encoding.UTF8.GetBytes(
            $$"""
            {"event":"{{NameOf(step)}}",{{room}},{{Who(call, step, seconds)}}
            "id":"EV_{{KeyOf(call)}}_{{(int)step}}{{suffix}}","createdAt":"{{seconds}}"}
            """);
        return Request("/livekit/webhook", $"Content-Type: application/webhook+json\r\nAuthorization: {Token(body, isForged)}", body);
    }

    private string Who(int call, Step step, long seconds) => step switch
    {
        Step.CallerJoined or Step.CallerLeft => $$$"""
            "participant":{"sid":"PA_c{{{KeyOf(call)}}}","identity":"sip_{{{KeyOf(call)}}}",{{{CallerState(step)}}},
            "joinedAt":"{{{seconds}}}","version":3,
            "permission":{"canSubscribe":true,"canPublish":true,"canPublishData":true},"kind":"SIP",
            "attributes":{"sip.callID":"SCL_{{{KeyOf(call)}}}",
            "sip.callStatus":"active","sip.phoneNumber":"+1555{{{call % 10_000_000:D7}}}","sip.trunkPhoneNumber":"+15550100123",
            "sip.trunkID":"ST_bench",
            "sip.ruleID":"SDR_bench","sip.twilio.callSid":"{{{CallSidOf(call)}}}"}},
            """,
        Step.AgentJoined or Step.AgentSpeaks => $$$"""
            "participant":{"sid":"PA_a{{{KeyOf(call)}}}","identity":"agent-{{{KeyOf(call)}}}","state":"ACTIVE",
            "joinedAt":"{{{seconds}}}","version":2,
            "permission":{"canSubscribe":true,"canPublish":true,"canPublishData":true,"agent":true},"kind":"AGENT",
            "attributes":{"lk.agent_name":"voice-agent"}},{{{Track(call, step)}}}
            """,
        _ => "",
    };

    private static string CallerState(Step step) =>
        step == Step.CallerLeft ? "\"state\":\"DISCONNECTED\",\"disconnectReason\":\"CLIENT_INITIATED\"" : "\"state\":\"ACTIVE\"";

    private string Track(int call, Step step) =>
        step == Step.AgentSpeaks
            ? $$"""
              "track":{"sid":"TR_{{KeyOf(call)}}","type":"AUDIO","name":"roomio_audio","source":"MICROPHONE",
              "mimeType":"audio/red","stream":"camera"},
              """
            : "";

    private static string NameOf(Step step) => step switch
    {
        Step.RoomStarted => "room_started",
        Step.CallerJoined or Step.AgentJoined => "participant_joined",
        Step.AgentSpeaks => "track_published",
        Step.CallerLeft => "participant_left",
        Step.RoomFinished => "room_finished",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private string Token(byte[] body, bool isForged)
    {
        var seconds = now.ToUnixTimeSeconds();
        var hash = Convert.ToBase64String(SHA256.HashData(body));
        var claims = Encoding.UTF8.GetBytes(
            $$"""{"iss":"{{Secrets.LiveKit.Id}}","exp":{{seconds + (long)Validity.TotalSeconds}},"nbf":{{seconds}},"sha256":"{{hash}}"}""");
        var signed = $"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{Base64Url.EncodeToString(claims)}";
        var key = isForged ? Encoding.UTF8.GetBytes(WrongToken) : liveKitSecret;
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}";
    }

    private static byte[] Request(string path, string headers, byte[] body) =>
    [
        .. Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: voice.example.com\r\n{headers}\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];
}
