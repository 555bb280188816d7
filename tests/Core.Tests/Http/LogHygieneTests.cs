using System.Text;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

public sealed class LogHygieneTests
{
    private static readonly string[] Private =
    [
        "5550100001", "5550100123", "5550109999", "hunter2", "eyJ", "sip_", "RM_", "SDR_", "hello from the body", "client:bob",
        GatewayBench.RoomName,
    ];

    [Fact]
    public async Task No_line_about_a_call_holds_a_number_a_body_or_a_secret()
    {
        var bench = new GatewayBench();
        await WholeCallAsync(bench);
        await TroubleAsync(bench);

        Assert.True(bench.Loggers.Lines.Count > 25, $"{bench.Loggers.Lines.Count} lines");
        Assert.All(bench.Loggers.Lines, line =>
            Assert.All(Private, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(bench.Loggers.Lines, line => line.Contains("+1•••0001", StringComparison.Ordinal));
        Assert.Contains(bench.Loggers.Lines, line => line.Contains(GatewayBench.Call.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_is_told_or_kept_in_claims_holds_a_number()
    {
        var bench = new GatewayBench();
        await WholeCallAsync(bench);

        var told = string.Join('\n', bench.Sink.Told);
        var claims = string.Join('\n', (await bench.StateAsync()).Claims.Values);
        Assert.Contains("CALL_ENDED", told, StringComparison.Ordinal);
        Assert.All(Private.Take(3), number => Assert.DoesNotContain(number, told + claims, StringComparison.Ordinal));
    }

    private static async Task WholeCallAsync(GatewayBench bench)
    {
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        await StepAsync(bench);
        await bench.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined", "EV_agent", """{"sid":"PA_agent","identity":"agent-1","kind":"AGENT","state":"ACTIVE"}"""));
        await bench.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined", "EV_agent2", """{"sid":"PA_agent2","identity":"agent-2","kind":"AGENT","state":"ACTIVE"}"""));
        await bench.LiveKitAsync(GatewayBench.Webhook("a_new_event", "EV_new", """{"sid":"PA_agent","metadata":"hello from the body"}"""));
        var grants = LiveKitGrants.AdministerRoom(GatewayBench.RoomName);
        var token = LiveKitToken.Mint(GatewayBench.Key, grants, bench.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        await LeaseAsync(bench, "AJ_1", $"Bearer {token}");
        await StepAsync(bench);
        await bench.TwilioAsync(
            "/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "in-progress"), ("From", GatewayBench.From));
        await bench.LiveKitAsync(
            GatewayBench.Webhook("participant_left", "EV_left", GatewayBench.Caller(",\"disconnectReason\":\"CLIENT_INITIATED\"")));
        await bench.TwilioAsync(
            "/twilio/dial-result",
            ("CallSid", GatewayBench.CallSid),
            ("DialCallStatus", "completed"),
            ("CallStatus", "completed"),
            ("To", GatewayBench.To));
        await StepAsync(bench);
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        await StepAsync(bench);
    }

    private static async Task TroubleAsync(GatewayBench bench)
    {
        await bench.VoiceAsync(from: "client:bob");
        await bench.SendAsync(
            "POST",
            "/twilio/voice",
            GatewayBench.Encode(("From", GatewayBench.From)),
            (TwilioSignature.HeaderName, "hunter2hunter2hunter2hunter2"));
        await bench.SendAsync("POST", "/livekit/webhook", "{}"u8.ToArray(), ("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ9.x"));
        await LeaseAsync(bench, "AJ_hunter2", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ9.x");
        await bench.TwilioAsync("/twilio/voice", ("From", GatewayBench.From));
        await bench.TwilioAsync("/twilio/dial-result", ("From", GatewayBench.From));
        await bench.TwilioAsync("/twilio/status", ("From", GatewayBench.From));
        bench.Workflows.Failure = new InvalidOperationException("The engine is away.");
        await bench.LiveKitAsync(GatewayBench.Webhook("room_started", "EV_asleep"));
        bench.Journal.IsDown = true;
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        await bench.TwilioAsync(
            "/twilio/dial-result", ("CallSid", GatewayBench.CallSid), ("DialCallStatus", "busy"), ("To", GatewayBench.To));
        await bench.TwilioAsync("/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"));
        bench.Journal.IsDown = false;
        bench.Journal.Before = _ => throw new InvalidOperationException("unexpected");
        await bench.CallerJoinsAsync();
    }

    private static Task<GatewayResponse> LeaseAsync(GatewayBench bench, string job, string authorization) => bench.SendAsync(
        "POST",
        "/agents/lease",
        Encoding.UTF8.GetBytes(
            $$"""{"callId":"{{GatewayBench.Call}}","fence":"{{DispatchMetadata.FenceOf(GatewayBench.Call, 1)}}","epoch":1"""
                + $$""","job":"{{job}}"}"""),
        ("Authorization", authorization));

    private static async Task StepAsync(GatewayBench bench)
    {
        while (await bench.Gateway.Calls.Advancer.EvaluateAsync(
            GatewayBench.Call, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken) is { Decision: CallDecision.Do } look)
        {
            await bench.Gateway.Calls.Advancer.ExecuteAsync(look, TestContext.Current.CancellationToken);
        }
    }
}
