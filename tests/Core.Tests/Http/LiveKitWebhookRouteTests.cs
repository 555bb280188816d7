using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Http;

public sealed class LiveKitWebhookRouteTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    private readonly GatewayBench bench = new();

    [Fact]
    public async Task A_callers_joining_has_its_agent_on_the_way_when_it_is_answered()
    {
        var response = await bench.CallerJoinsAsync();

        Assert.Equal((200, 0), (response.Status, response.Body.Length));
        Assert.Equal(GatewayBench.RoomName, Assert.Single(bench.LiveKit.Made).Request.Room);
        Assert.Equal([GatewayBench.Call], bench.Workflows.Started);
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["dispatch:1"].Status);
    }

    [Fact]
    public async Task A_second_delivery_does_not_send_a_second_agent()
    {
        await bench.CallerJoinsAsync();

        Assert.Equal(200, (await bench.CallerJoinsAsync()).Status);

        Assert.Single(bench.LiveKit.Made);
        Assert.Single((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
    }

    [Fact]
    public async Task The_called_number_in_our_own_header_chooses_the_agent()
    {
        var routed =
            new GatewayBench(null, (SettingNames.RoutesJson, """{"routes":[{"number":"+15550100123","agent":{"name":"special"}}]}"""));

        await routed.CallerJoinsAsync();

        Assert.Equal("special", Assert.Single(routed.LiveKit.Made).Request.AgentName);
    }

    [Fact]
    public async Task An_event_that_cannot_be_recorded_is_LiveKits_to_repeat()
    {
        bench.Journal.IsDown = true;

        var response = await bench.CallerJoinsAsync();

        Assert.Equal((503, 1, "not-recorded"), (response.Status, response.RetryAfterSeconds, GatewayBench.ProblemOf(response)));
        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task What_LiveKit_did_not_sign_is_refused_and_leaves_no_trace()
    {
        var body = Encoding.UTF8.GetBytes(GatewayBench.Webhook("participant_joined", "EV_1", GatewayBench.Caller()));
        var now = bench.Clock.GetUtcNow();
        var token = LiveKitWebhookSigner.Sign(GatewayBench.Key, body, now);

        GatewayResponse[] refused =
        [
            await SendAsync(body, null),
            await SendAsync(body, ""),
            await SendAsync(body, "Bearer nonsense"),
            await SendAsync(
                body,
                LiveKitWebhookSigner.Sign(GatewayBench.Key with { Secret = "another-secret-another-secret-another" }, body, now)),
            await SendAsync(body, LiveKitWebhookSigner.Sign(new LiveKitKey("unknown", GatewayBench.Key.Secret), body, now)),
            await SendAsync(body, LiveKitWebhookSigner.Sign(GatewayBench.Key, body, now.AddMinutes(-10))),
            await SendAsync(body[..^1], token),
            await SendAsync([], token),
            await SendAsync([.. body, (byte)' '], token),
        ];

        Assert.All(refused, response => Assert.Equal((401, "bad-signature"), (response.Status, GatewayBench.ProblemOf(response))));
        Assert.Empty((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
        Assert.Empty(bench.LiveKit.Asked);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/webhook+json")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task An_authentic_event_is_taken_whatever_its_type_is_called(string? contentType)
    {
        var body = Encoding.UTF8.GetBytes(GatewayBench.Webhook("room_started", "EV_1"));

        var response = await bench.SendAsync(
            "POST",
            "/livekit/webhook",
            body,
            ("Content-Type", contentType),
            ("Authorization", $"Bearer {LiveKitWebhookSigner.Sign(GatewayBench.Key, body, bench.Clock.GetUtcNow())}"));

        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("this is no JSON", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData(
        "{\"event\":\"participant_joined\",\"room\":{\"sid\":\"RM_1\",\"name\":\"call_x\"},\"participant\":[]}",
        "{\"event\":\"participant_joined\",\"room\":{\"sid\":\"RM_1\",\"name\":\"call_x\"},\"participant\":[]}")]
    public async Task An_authentic_event_that_cannot_be_read_is_noted_and_never_refused(string body, string? kept)
    {
        var callId = new LiveKitEventMapper(new RoomScope(new RoomNaming("call")), new ParticipantMapper(null))
            .Map(Encoding.UTF8.GetBytes(body), bench.Clock.GetUtcNow())!.CallId;

        Assert.Equal(200, (await bench.LiveKitAsync(body)).Status);

        Assert.Equal(kept, Assert.Single((await bench.Journal.ReadAsync(callId, TestContext.Current.CancellationToken)).Events).Raw);
    }

    [Theory]
    [InlineData("{\"event\":\"room_started\",\"room\":{\"sid\":\"RM_1\",\"name\":\"weekly\"}}")]
    [InlineData("{\"event\":\"participant_joined\",\"room\":{\"sid\":1},\"participant\":[]}")]
    public async Task An_event_of_somebody_elses_room_is_acknowledged_and_nothing_of_it_is_kept(string body)
    {
        Assert.Equal(200, (await bench.LiveKitAsync(body)).Status);

        await foreach (var callId in bench.Journal.ListNewestAsync(TestContext.Current.CancellationToken))
        {
            Assert.Fail($"{callId} is kept");
        }

        Assert.Empty(bench.LiveKit.Asked);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Every_recorded_webhook_is_taken_and_no_TURN_password_is_kept(string recording)
    {
        foreach (var webhook in LiveKitFixture.Load(recording).Webhooks)
        {
            Assert.Equal(200, (await bench.LiveKitAsync(webhook.BodyInOurRoom)).Status);

            var callId = new LiveKitEventMapper(new RoomScope(new RoomNaming("call")), new ParticipantMapper(null))
                .Map(webhook.BodyInOurRoom, bench.Clock.GetUtcNow())!.CallId;
            var history = await bench.Journal.ReadAsync(callId, TestContext.Current.CancellationToken);
            Assert.NotEmpty(history.Events);
            Assert.DoesNotContain(
                "turnPassword",
                string.Concat(history.Events.Select(stored => JsonSerializer.Serialize(stored, JournalJson.Default.CallEvent))),
                StringComparison.OrdinalIgnoreCase);
        }
    }

    private Task<GatewayResponse> SendAsync(byte[] body, string? token) =>
        bench.SendAsync("POST", "/livekit/webhook", body, ("Authorization", token));
}
