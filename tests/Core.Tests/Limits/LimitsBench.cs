using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Limits;

/// <summary>A gateway with limits, a tenant, and callers of Twilio's and of a trunk; its calls go on when a test says so.</summary>
internal sealed class LimitsBench(string line, string? tenants = null)
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    public GatewayBench Gateway { get; } = new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.RoutesJson, $$"""{"routes":[{"number":"{{GatewayBench.To}}","name":"line",{{line}}}]}"""),
        (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2-hunter2"}"""),
        (SettingNames.ApiTokenSecret, Secret),
        (SettingNames.LiveKitSipOutboundTrunkId, "ST_out"),
        (SettingNames.TenantLimits, tenants));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static CallId CallOf(int number) => CallId.ForTwilio(SidOf(number));

    /// <summary>Twilio's voice webhook of the caller with this number.</summary>
    public Task<GatewayResponse> RingAsync(int number, string from = GatewayBench.From, string? verdict = null)
    {
        List<(string Name, string Value)> fields =
        [
            ("CallSid", SidOf(number)), ("From", from), ("To", GatewayBench.To), ("CallStatus", "ringing"), ("Direction", "inbound"),
        ];
        if (verdict is not null)
        {
            fields.Add(("StirVerstat", verdict));
        }

        return Gateway.TwilioAsync("/twilio/voice", [.. fields]);
    }

    /// <summary>Twilio's word that the Dial to LiveKit of the caller with this number is over.</summary>
    public Task<GatewayResponse> DialEndedAsync(int number, string status, bool wasBridged) => Gateway.TwilioAsync(
        "/twilio/dial-result",
        ("CallSid", SidOf(number)),
        ("From", GatewayBench.From),
        ("To", GatewayBench.To),
        ("CallStatus", wasBridged ? "in-progress" : "ringing"),
        ("Direction", "inbound"),
        ("DialCallStatus", status),
        ("DialBridged", wasBridged ? "true" : "false"),
        ("DialCallSid", $"CA{number + 1000:D32}"));

    /// <summary>Twilio's word that the caller's leg is over.</summary>
    public async Task HangUpAsync(int number)
    {
        await Gateway.TwilioAsync(
            "/twilio/status", ("CallSid", SidOf(number)), ("CallStatus", "completed"), ("SequenceNumber", "3"), ("Direction", "inbound"));
        await Gateway.DriveAsync(CallOf(number));
    }

    /// <summary>A caller of a trunk comes into a room of ours.</summary>
    public async Task<CallId> ComeAsync(int number)
    {
        var (room, sid) = ($"call_+1555010000{number}_x{number}", $"RM_{number}");
        Gateway.LiveKit.Open(room, sid);
        var caller = $$"""
            {"sid":"PA_{{number}}","identity":"sip_{{number}}","kind":"SIP","state":"ACTIVE","attributes":{"sip.ruleID":"SDR_1",
             "sip.phoneNumber":"{{GatewayBench.From}}","sip.trunkPhoneNumber":"{{GatewayBench.To}}"} }
            """;
        await Gateway.LiveKitAsync(
            $$"""{"event":"participant_joined","room":{"sid":"{{sid}}","name":"{{room}}"},"""
            + $$""" "participant":{{caller}},"id":"EV_{{number}}"}""");
        var callId = new RoomNaming("call").CallOf(room, sid)!;
        await Gateway.DriveAsync(callId);
        return callId;
    }

    /// <summary>A request of the tenant's.</summary>
    public Task<GatewayResponse> AskAsync(string path, string body = "{}", string? key = null, string method = "POST") => Gateway.SendAsync(
        method,
        path,
        Encoding.UTF8.GetBytes(body),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", key),
        ("Authorization", $"Bearer {new ApiTokens(Secret, Gateway.Clock).Issue("golf")}"));

    public static CallId CallIn(GatewayResponse answer, string field)
    {
        using var json = JsonDocument.Parse(answer.Body);
        Assert.True(CallId.TryParse(json.RootElement.GetProperty(field).GetString(), out var callId));
        return callId!;
    }

    public async Task<CallDetailRecord> RecordAsync(CallId callId) =>
        CallDetailRecord.Of(await Gateway.StateAsync(callId), new RoomNaming("call"));

    private static string SidOf(int number) => $"CA{number:D32}";
}
