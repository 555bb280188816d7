using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Requests;

/// <summary>POST /calls and POST /telephony/calls: what begins a call, and what is refused in words.</summary>
public sealed class OutboundCallTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string To = "+493012345678";

    private const string Routes = """
        {"default": {"callingHours": {"open": [{"days": ["mon-sat"], "from": "09:00", "to": "20:00"}]}},
         "routes": [{"number": "+15550100199", "agent": {"name": "support"}, "helpers": ["scribe"]}]}
        """;

    private readonly GatewayBench bench = Bench();

    [Theory]
    [InlineData("/calls")]
    [InlineData("/telephony/calls")]
    public async Task A_request_begins_a_call_and_says_where_it_is_seen(string path)
    {
        var answer = await AskAsync($$"""{"to": "{{To}}", "from": "+15550100188"}""", path: path);

        var (callId, status, room) = Read(answer);
        Assert.Equal((202, "created", $"call_{callId}", $"/calls/{callId}"), (answer.Status, status, room, answer.Location));
        var state = await StateAsync(callId);
        Assert.Equal(
            ("golf", To, "+15550100188", CallDirection.Outbound),
            (state.Requests.Tenant, state.CalledNumber, state.From, state.Direction));
    }

    [Fact]
    public async Task The_same_key_in_the_header_or_the_body_gives_the_same_call()
    {
        var first = await AskAsync($$"""{"to": "{{To}}", "idempotencyKey": "order-7"}""");
        var again = await AskAsync($$"""{"to": "{{To}}"}""", ("Idempotency-Key", "order-7"));

        Assert.Equal((202, 200), (first.Status, again.Status));
        Assert.Equal(Read(first), Read(again));
        Assert.Equal(
            "idempotency-key-reused",
            GatewayBench.ProblemOf(await AskAsync("""{"to": "+493012345679", "idempotencyKey": "order-7"}""")));
        Assert.Contains(
            "not the same",
            GatewayBench.Text(await AskAsync($$"""{"to": "{{To}}", "idempotencyKey": "a"}""", ("Idempotency-Key", "b"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_id_comes_from_the_settings_where_none_is_asked_for() => Assert.Equal(
        "+15550100177", (await StateAsync(Read(await AskAsync($$"""{"to": "{{To}}"}""")).CallId)).From);

    [Fact]
    public async Task A_national_number_is_read_in_the_region_of_the_settings() => Assert.Equal(
        To, (await StateAsync(Read(await AskAsync("""{"to": "030 12345678"}""")).CallId)).CalledNumber);

    [Theory]
    [InlineData("""{}""", "to is missing")]
    [InlineData("""{"to": "help"}""", "to must be a number")]
    [InlineData("""{"to": "112"}""", "to is an emergency or short number")]
    [InlineData("""{"to": "116117"}""", "to is an emergency or short number")]
    [InlineData("""{"to": "+15550100199"}""", "a number of our own")]
    [InlineData("""{"to": "+15550100177"}""", "the number that we call from")]
    [InlineData("""{"to": "+493012345678", "from": "us"}""", "from must be a number")]
    [InlineData("""{"to": "+493012345678", "agent": " "}""", "agent must not be empty")]
    [InlineData("""{"to": "+493012345678", "from": "+15550100199", "agent": "scribe"}""", "a helper of the route")]
    [InlineData("""{"to": "+493012345678", "metadata": [1]}""", "metadata must be a JSON object")]
    [InlineData("""{"to": "+493012345678", "notBefore": "soon"}""", "notBefore must be a time")]
    [InlineData("""{"to": "+493012345678", "notBefore": "2031-01-01T00:00:00Z"}""", "30 days")]
    [InlineData("""{"to": "+493012345678", "agentConfig": {"promt": "Hi"}}""", "agentConfig has the fields")]
    [InlineData("""{"to": 7}""", "$.to has the wrong type")]
    [InlineData("""[]""", "no JSON object")]
    public async Task What_is_wrong_is_named_by_its_field_and_begins_nothing(string body, string named)
    {
        var answer = await AskAsync(body);

        Assert.Equal((400, "bad-parameter"), (answer.Status, GatewayBench.ProblemOf(answer)));
        Assert.Contains(named, GatewayBench.Text(answer), StringComparison.Ordinal);
        Assert.Empty(bench.Workflows.Started);
    }

    [Fact]
    public async Task Metadata_beyond_16_KiB_is_refused()
    {
        var answer = await AskAsync($$"""{"to": "{{To}}", "metadata": {"a": "{{new string('x', 16 * 1024)}}"} }""");

        Assert.Contains("metadata must not have more than 16384 bytes", GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SettingNames.TelephonyEnabled, "false", "telephony-disabled")]
    [InlineData(SettingNames.LiveKitSipOutboundTrunkId, null, "no-outbound-trunk")]
    public async Task Where_nobody_can_be_called_it_says_so(string setting, string? value, string problem)
    {
        var other = Bench((setting, value));

        var answer = await AskAsync($$"""{"to": "{{To}}"}""", other);

        Assert.Equal((503, problem), (answer.Status, GatewayBench.ProblemOf(answer)));
    }

    [Fact]
    public async Task A_request_without_an_access_token_is_refused() => Assert.Equal(
        401, (await bench.SendAsync("POST", "/calls", Encoding.UTF8.GetBytes($$"""{"to": "{{To}}"}"""))).Status);

    [Fact]
    public async Task Outside_of_the_callees_calling_hours_it_says_when_they_open()
    {
        // It is noon in London, and seven in the morning in New York.
        var answer = await AskAsync("""{"to": "+12125550123"}""");

        Assert.Equal((422, "outside-calling-hours"), (answer.Status, GatewayBench.ProblemOf(answer)));
        Assert.Contains("2026-11-21T14:00:00Z", GatewayBench.Text(answer), StringComparison.Ordinal);
        Assert.Equal(202, (await AskAsync("""{"to": "+12125550123", "notBefore": "2026-11-21T14:00:00Z"}""")).Status);
    }

    [Fact]
    public async Task A_key_that_began_a_call_is_answered_for_outside_of_the_hours_too()
    {
        const string Body = $$"""{"to": "{{To}}", "idempotencyKey": "late"}""";
        var first = await AskAsync(Body);
        bench.Clock.Advance(TimeSpan.FromHours(10));

        Assert.Equal((202, 200), (first.Status, (await AskAsync(Body)).Status));
    }

    [Fact]
    public async Task The_agent_and_what_it_is_told_are_the_askers_where_they_say_so()
    {
        var answer = await AskAsync($$"""
            {"to": "{{To}}", "agent": "sales", "agentConfig": {"greeting": "Hello!"}, "metadata": {"order": 7, "call_id": "mine"} }
            """);
        var callId = Read(answer).CallId;
        await AdvanceAsync(callId, nameof(CallEffect.OpenRoom));
        await AdvanceAsync(callId, nameof(CallEffect.DispatchAgent));

        var room = Assert.Single((await bench.LiveKit.ListRoomsAsync([], TestContext.Current.CancellationToken)
            as LiveKit.Api.LiveKitOutcome<IReadOnlyList<LiveKit.LiveKitRoom>>.Ok)!.Value);
        Assert.Equal($$"""{"order":7,"call_id":"{{callId}}"}""", room.Metadata);
        var (sent, _) = Assert.Single(bench.LiveKit.Made);
        using var metadata = JsonDocument.Parse(sent.Metadata);
        var agent = metadata.RootElement.GetProperty("agent");
        Assert.Equal("sales", sent.AgentName);
        Assert.Equal(("sales", "Hello!"), (agent.GetProperty("name").GetString(), agent.GetProperty("greeting").GetString()));
        Assert.Equal(7, metadata.RootElement.GetProperty("metadata").GetProperty("order").GetInt32());
        Assert.Equal("outbound", metadata.RootElement.GetProperty("direction").GetString());
    }

    private static GatewayBench Bench(params (string Name, string? Value)[] changes) => new(
        changes:
        [
            (SettingNames.ApiKeys, """{"golf": "golf-key-hunter2"}"""),
            (SettingNames.ApiTokenSecret, Secret),
            (SettingNames.LiveKitSipOutboundTrunkId, "ST_out"),
            (SettingNames.DefaultFromNumber, "+15550100177"),
            (SettingNames.DefaultRegion, "DE"),
            (SettingNames.RoutesJson, Routes),
            .. changes,
        ]);

    private static (string CallId, string Status, string Room) Read(GatewayResponse answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return (
            json.RootElement.GetProperty("callId").GetString()!,
            json.RootElement.GetProperty("status").GetString()!,
            json.RootElement.GetProperty("room").GetString()!);
    }

    private Task<GatewayResponse> AskAsync(string body, params (string Name, string? Value)[] headers) =>
        AskAsync(body, bench, headers: headers);

    private Task<GatewayResponse> AskAsync(string body, string path) => AskAsync(body, bench, path);

    private static Task<GatewayResponse> AskAsync(
        string body, GatewayBench bench, string path = "/calls", params (string Name, string? Value)[] headers) => bench.SendAsync(
        "POST",
        path,
        Encoding.UTF8.GetBytes(body),
        [("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue("golf")}"), .. headers]);

    private Task<CallState> StateAsync(string callId) => bench.StateAsync(Parse(callId));

    private async Task AdvanceAsync(string callId, string effect) => await bench.Gateway.Calls.Advancer.AdvanceAsync(
        Parse(callId), effect, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    private static CallId Parse(string callId) => CallId.TryParse(callId, out var parsed) ? parsed : throw new FormatException();
}
