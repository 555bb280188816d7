using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Requests;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Core.Sessions;

/// <summary>How a call without a phone begins, and how it stands.</summary>
public sealed class CallStartRouteTests
{
    private const string Asked = """
        {"tenant_id": "golf", "user_id": "user_456", "language": "ar", "voice_id": "amber", "metadata": {"order_id": "O67890"}}
        """;

    private readonly SessionBench bench = new();

    [Fact]
    public async Task The_answer_says_where_and_with_what_the_caller_joins_and_the_room_is_there()
    {
        var answer = await bench.PostAsync("/call/start", Asked);

        var callId = SessionBench.TextIn(answer, "call_id");
        var claims = bench.Claims(SessionBench.TextIn(answer, "session_token"));
        Assert.Equal(("ready", "wss://livekit.example.com"), (
            SessionBench.TextIn(answer, "status"), SessionBench.TextIn(answer, "ws_url")));
        Assert.Equal(($"driver_{callId}", $"call_{callId}"), (claims.Subject, claims.Grants.Room));
        Assert.Equal($"call_{callId}", Assert.Single(bench.Gateway.LiveKit.Rooms).Name);
    }

    [Fact]
    public async Task The_agent_is_sent_when_the_caller_comes_and_gets_what_the_asker_said()
    {
        var callId = await bench.StartAsync(Asked);
        Assert.Empty(Dispatches(callId));

        await bench.DriverJoinsAsync(callId);

        var sent = DispatchMetadata.TryParse(Assert.Single(Dispatches(callId)).Metadata)!;
        Assert.Equal(("user_456", "ar", "amber"), (sent.User, sent.Language, sent.Agent!.Voice));
        Assert.Equal("O67890", sent.Metadata!.Value.GetProperty("order_id").GetString());
    }

    [Fact]
    public async Task A_bot_that_joins_first_does_not_start_it_and_is_the_agent_when_the_caller_comes()
    {
        var callId = await bench.StartAsync(Asked);
        await bench.Gateway.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined",
            "EV_bot",
            $$"""
            {"sid":"PA_bot","identity":"bot_{{callId}}","kind":"AGENT","state":"ACTIVE","attributes":{"voicefunctions.role":"agent"} }
            """,
            $"call_{callId}"));
        Assert.Equal("ready", SessionBench.TextIn(await bench.GetAsync($"/call/{callId}"), "status"));
        Assert.Empty(Dispatches(callId));

        await bench.DriverJoinsAsync(callId);

        Assert.Empty(Dispatches(callId));
        Assert.Equal("adopted:PA_bot", (await bench.Gateway.StateAsync(callId)).Claims["dispatch:1"].Result);
    }

    [Fact]
    public async Task What_the_asker_left_out_is_left_out_for_the_agent()
    {
        var callId = await bench.StartAsync("""{"tenant_id": "golf", "language": "auto", "metadata": {}}""");
        await bench.DriverJoinsAsync(callId);

        var json = Assert.Single(Dispatches(callId)).Metadata;
        Assert.DoesNotContain("language", json, StringComparison.Ordinal);
        Assert.DoesNotContain("metadata", json, StringComparison.Ordinal);
        Assert.DoesNotContain("user", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_says_how_it_stands_also_by_an_id_with_a_prefix()
    {
        var callId = await bench.StartAsync(Asked);
        Assert.Equal("ready", SessionBench.TextIn(await bench.GetAsync($"/call/{callId}"), "status"));
        await bench.DriverJoinsAsync(callId);

        var shown = SessionBench.Json(await bench.GetAsync($"/call/call_{callId}"));

        Assert.Equal(("active", "golf", "user_456", "ar"), (Text("status"), Text("tenant_id"), Text("user_id"), Text("language")));
        Assert.Equal("O67890", shown.GetProperty("metadata").GetProperty("order_id").GetString());

        string Text(string name) => shown.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task Another_tenant_can_neither_begin_it_nor_see_it()
    {
        var callId = await bench.StartAsync(Asked);

        var refused = await bench.PostAsync("/call/start", Asked, SessionBench.Other);
        Assert.Equal((403, "other-tenant"), (refused.Status, GatewayBench.ProblemOf(refused)));
        Assert.Equal(404, (await bench.GetAsync($"/call/{callId}", SessionBench.Other)).Status);
        Assert.Equal(404, (await bench.PostAsync($"/calls/{callId}/tokens", """{"role":"human"}""", SessionBench.Other)).Status);
        Assert.Equal(200, (await bench.Gateway.GetAsync($"/call/{callId}")).Status);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"tenant_id\": 7}")]
    [InlineData("{\"metadata\": \"order 7\"}")]
    [InlineData("{\"metadata\": [1]}")]
    public async Task What_is_no_request_is_refused(string body) =>
        Assert.Equal(400, (await bench.PostAsync("/call/start", body)).Status);

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        var metadata = new string('x', RequestFields.MaxObjectBytes);
        var word = new string('x', RequestFields.MaxWordLength + 1);

        Assert.Equal(400, (await bench.PostAsync("/call/start", $$"""{"metadata": {"a": "{{metadata}}"} }""")).Status);
        Assert.Equal(400, (await bench.PostAsync("/call/start", $$"""{"user_id": "{{word}}"}""")).Status);
    }

    [Fact]
    public async Task Under_one_key_there_is_one_call()
    {
        Assert.Equal(await bench.StartAsync(Asked, "k-1"), await bench.StartAsync(Asked, "k-1"));
        Assert.NotEqual(await bench.StartAsync(Asked), await bench.StartAsync(Asked));
        Assert.Equal(422, (await bench.PostAsync("/call/start", "{}", key: "k-1")).Status);
    }

    [Fact]
    public async Task A_gateway_that_is_drained_begins_none()
    {
        var drained = new SessionBench((SettingNames.TelephonyEnabled, "false"));

        var refused = await drained.PostAsync("/call/start", Asked);

        Assert.Equal((503, "telephony-disabled"), (refused.Status, GatewayBench.ProblemOf(refused)));
    }

    [Fact]
    public async Task Where_LiveKit_is_away_the_answer_does_not_say_ready()
    {
        bench.Gateway.LiveKit.Script("CreateRoom", Trouble.Unavailable);

        Assert.Equal("opening", SessionBench.TextIn(await bench.PostAsync("/call/start", Asked), "status"));
    }

    [Fact]
    public async Task A_session_is_one_call_by_its_name()
    {
        const string Session = """{"roomName": "table 7", "agentConfig": {"name": "waiter", "prompt": "Be kind."}}""";
        var first = await bench.PostAsync("/session", Session);
        var again = await bench.PostAsync("/session", Session);

        Assert.Equal(SessionBench.TextIn(first, "callId"), SessionBench.TextIn(again, "callId"));
        Assert.Equal($"call_{SessionBench.TextIn(first, "callId")}", SessionBench.TextIn(first, "roomName"));
        Assert.Equal("wss://livekit.example.com", SessionBench.TextIn(first, "url"));
        Assert.Equal(SessionBench.TextIn(first, "roomName"), bench.Claims(SessionBench.TextIn(first, "token")).Grants.Room);
        var state = await bench.Gateway.StateAsync(IdOf(first));
        Assert.Equal("""{"name":"waiter","prompt":"Be kind."}""", state.Requests.Request!.AgentConfig);
    }

    [Theory]
    [InlineData("""{"agentConfig": {"promt": "Be kind."}}""", "agentConfig has the fields")]
    [InlineData("""{"agentConfig": "waiter"}""", "agentConfig must be a JSON object")]
    [InlineData("""{"agentConfig": {"name": "scribe"}}""", "the name of a helper")]
    [InlineData("""{"roomName": ""}""", "roomName must not be empty")]
    public async Task A_session_whose_agent_cannot_be_is_refused(string body, string named)
    {
        var helped = new SessionBench((SettingNames.RoutesJson, """{"default": {"helpers": ["scribe"]} }"""));

        var refused = await helped.PostAsync("/session", body);

        Assert.Equal((400, "bad-parameter"), (refused.Status, GatewayBench.ProblemOf(refused)));
        Assert.Contains(named, GatewayBench.Text(refused), StringComparison.Ordinal);
        Assert.Empty(helped.Gateway.Workflows.Started);
    }

    [Fact]
    public async Task An_empty_key_is_no_key() =>
        Assert.NotEqual(await bench.StartAsync(Asked, " "), await bench.StartAsync(Asked, " "));

    [Fact]
    public async Task A_session_without_a_name_gets_one() => Assert.NotEqual(
        SessionBench.TextIn(await bench.PostAsync("/session", "{}"), "roomName"),
        SessionBench.TextIn(await bench.PostAsync("/session", "{}"), "roomName"));

    private static CallId IdOf(GatewayResponse answer) =>
        CallId.TryParse(SessionBench.TextIn(answer, "callId"), out var callId) ? callId : throw new InvalidOperationException();

    private IEnumerable<LiveKit.LiveKitDispatch> Dispatches(CallId callId) =>
        bench.Gateway.LiveKit.Rooms.Single(room => room.Name == $"call_{callId}").Dispatches
            .Where(dispatch => dispatch.AgentName.Length > 0);
}
