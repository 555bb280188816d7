using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>Two tenants with a number each: whoever calls one of them makes a call of that tenant, over Twilio and over a trunk.</summary>
public sealed class PhoneTenancyTests
{
    private const string Golf = "golf";
    private const string Phone = "phone";
    private const string GolfNumber = GatewayBench.To;
    private const string PhoneNumber = "+15550100124";
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string Job = "AJ_1";

    private readonly TellingDestination golfHook = new("golf-hook", Golf);
    private readonly TellingDestination phoneHook = new("phone-hook", Phone);
    private readonly GatewayBench bench;

    public PhoneTenancyTests() => bench = GatewayBench.Telling(
        [golfHook, phoneHook],
        (SettingNames.RoutesJson, $$"""
            {"routes":[{"number":"{{GolfNumber}}","tenant":"golf","agent":{"name":"golf-agent"} },
                       {"number":"{{PhoneNumber}}","tenant":"phone","agent":{"name":"phone-agent"} },
                       {"number":"+15550100125","agent":{"name":"everybodys-agent"} }],
             "queues":{"caddies":{"tenant":"golf","members":["+15550100181"]},"all":{"members":["+15550100182"]} } }
            """),
        (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2-hunter2","phone":"phone-key-hunter2-hunter2"}"""),
        (SettingNames.ApiTokenSecret, Secret),
        (SettingNames.TenantLimits, """{"golf":{"concurrentCalls":1}}"""),
        (SettingNames.LiveKitSipOutboundTrunkId, "ST_out"),
        (SettingNames.ToolsJson, """
            {"backends":[{"tenant":"golf","url":"https://golf.example/","tools":[{"name":"book"}]},
                         {"tenant":"phone","url":"https://phone.example/","tools":[{"name":"book"}]}]}
            """));

    /// <summary>Whose number is called, and whether over Twilio.</summary>
    public static TheoryData<string, bool> Calls => new() { { Golf, true }, { Golf, false }, { Phone, true }, { Phone, false } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_to_a_tenants_number_is_that_tenants_from_its_first_fact_and_nobody_elses(string tenant, bool overTwilio)
    {
        var (callId, room) = await RingAsync(tenant, overTwilio);
        var foreign = tenant == Golf ? Phone : Golf;

        var first = (await bench.Journal.ReadAsync(callId, Stop)).Events.MinBy(callEvent => callEvent.At)!;
        Assert.Equal((tenant, true), (first.Tenant, first.Fact.MakesCall));
        Assert.Equal([callId.Value], await ListAsync(tenant));
        Assert.Empty(await ListAsync(foreign));
        Assert.Equal((200, 404), (await StatusAsync($"/calls/{callId}", tenant), await StatusAsync($"/calls/{callId}", foreign)));
        Assert.Equal((200, 404), (await StatusAsync($"/calls?room={room}", tenant), await StatusAsync($"/calls?room={room}", foreign)));
        var record = JsonNode.Parse((await bench.GetAsync($"/calls/{callId}")).Body.Span)!;
        Assert.Equal(tenant, (string?)record["tenant"]);
        Assert.Equal(200, (await bench.GetAsync($"/calls/{callId}/proof")).Status);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Its_events_go_to_that_tenants_endpoint_alone(string tenant, bool overTwilio)
    {
        var (callId, _) = await RingAsync(tenant, overTwilio);

        await bench.DriveAsync(callId);

        var (own, foreign) = tenant == Golf ? (golfHook, phoneHook) : (phoneHook, golfHook);
        Assert.NotEmpty(own.Taken);
        Assert.Equal(0, foreign.Offers);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Its_agent_gets_that_tenants_documents_and_tools(string tenant, bool overTwilio)
    {
        await KeepAsync(Golf, "Golf is open daily.");
        await KeepAsync(Phone, "Phones are open daily.");
        var (callId, room) = await RingAsync(tenant, overTwilio);
        Assert.Equal(200, (await AgentAsync(callId, room, "/agents/lease", "{}")).Status);

        var found = await AgentAsync(callId, room, "/rag/query", """{"query":"open daily"}""");
        var used = await AgentAsync(callId, room, "/tools/book", """{"toolCallId":"t1","arguments":{} }""");

        var results = JsonNode.Parse(found.Body.Span)!["results"]!.AsArray();
        Assert.Equal(tenant == Golf ? "Golf is open daily." : "Phones are open daily.", (string?)results.Single()!["text"]);
        Assert.Equal(200, used.Status);
        Assert.Equal($"https://{tenant}.example/book", Assert.Single(bench.Tools.Asked).Tool.Url.AbsoluteUri);
        Assert.Contains($"{tenant}-agent", bench.LiveKit.Rooms.SelectMany(one => one.Dispatches).Select(one => one.AgentName));
    }

    [Fact]
    public async Task It_counts_among_that_tenants_calls_at_one_time()
    {
        await RingAsync(Golf, overTwilio: true);

        var second = await VoiceAsync(2, GolfNumber);
        var other = await VoiceAsync(3, PhoneNumber);

        Assert.Equal("<Response><Say>Nobody is here.</Say><Hangup/></Response>", GatewayBench.TwimlOf(second));
        Assert.Contains("<Sip", GatewayBench.TwimlOf(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_calls_from_its_own_numbers_and_nobodys_only()
    {
        string[] numbers = [GolfNumber, PhoneNumber, "+15550100125"];
        var answers = new List<GatewayResponse>();
        foreach (var from in numbers)
        {
            answers.Add(await ApiAsync("POST", "/calls", $$"""{"to":"+493012345678","from":"{{from}}"}""", Phone));
        }

        Assert.Equal([400, 202, 202], answers.Select(answer => answer.Status));
        Assert.Contains("from is not a number of yours", GatewayBench.Text(answers[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_goes_to_its_own_tenants_queues_and_nobodys_only()
    {
        var (callId, _) = await RingAsync(Phone, overTwilio: false);

        var foreign = await ApiAsync("POST", $"/calls/{callId}/handoff", """{"queue":"caddies"}""", Phone);
        var shared = await ApiAsync("POST", $"/calls/{callId}/handoff", """{"queue":"all"}""", Phone);

        Assert.Equal(("unknown-queue", 200), (GatewayBench.ProblemOf(foreign), shared.Status));
        var (golfCall, _) = await RingAsync(Golf, overTwilio: false);
        Assert.Equal(200, (await ApiAsync("POST", $"/calls/{golfCall}/handoff", """{"queue":"caddies"}""", Golf)).Status);
    }

    [Fact]
    public async Task A_caller_of_whom_no_webhook_told_is_that_tenants_too()
    {
        const string Room = "call_+15550100001_lost";
        bench.LiveKit.Open(Room, "RM_lost");
        await bench.LiveKitAsync($$"""{"event":"room_started","room":{"sid":"RM_lost","name":"{{Room}}"},"id":"EV_lost"}""");
        bench.LiveKit.Join(Room, new Leg("PA_lost", "sip_1", LegRole.Caller) { CalledNumber = PhoneNumber });
        var callId = new RoomNaming("call").CallOf(Room, "RM_lost")!;

        for (var i = 0; i < 5; i++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(2));
            await bench.DriveAsync(callId);
        }

        Assert.Equal([callId.Value], await ListAsync(Phone));
        Assert.Empty(await ListAsync(Golf));
    }

    /// <summary>Somebody calls the tenant's number, and their leg is in the room.</summary>
    private async Task<(CallId CallId, string Room)> RingAsync(string tenant, bool overTwilio)
    {
        var called = tenant == Golf ? GolfNumber : PhoneNumber;
        if (overTwilio)
        {
            Assert.Equal(200, (await bench.VoiceAsync(to: called)).Status);
            await bench.CallerJoinsAsync();
            return (GatewayBench.Call, GatewayBench.RoomName);
        }

        var (room, sid) = ($"call_15550100001_{tenant}", $"RM_{tenant}");
        bench.LiveKit.Open(room, sid);
        var caller = $$"""
            {"sid":"PA_{{tenant}}","identity":"sip_1","kind":"SIP","state":"ACTIVE","attributes":{"sip.ruleID":"SDR_1",
             "sip.phoneNumber":"{{GatewayBench.From}}","sip.trunkPhoneNumber":"{{called}}"} }
            """;
        await bench.LiveKitAsync(
            $$"""{"event":"participant_joined","room":{"sid":"{{sid}}","name":"{{room}}"},"id":"EV_{{tenant}}","""
            + $$""" "participant":{{caller}}}""");
        return (new RoomNaming("call").CallOf(room, sid)!, room);
    }

    private Task<GatewayResponse> VoiceAsync(int number, string to) => bench.TwilioAsync(
        "/twilio/voice",
        ("CallSid", $"CA{number:D32}"),
        ("From", GatewayBench.From),
        ("To", to),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"));

    private Task<GatewayResponse> ApiAsync(string method, string path, string body, string tenant) => bench.SendAsync(
        method, path, Encoding.UTF8.GetBytes(body), ("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue(tenant)}"));

    private async Task<int> StatusAsync(string path, string tenant) => (await ApiAsync("GET", path, "", tenant)).Status;

    private async Task<IEnumerable<string>> ListAsync(string tenant)
    {
        using var json = JsonDocument.Parse((await ApiAsync("GET", "/calls", "", tenant)).Body);
        return [.. json.RootElement.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("callId").GetString()!)];
    }

    private Task<PutOutcome> KeepAsync(string tenant, string text) =>
        bench.Knowledge.PutAsync(tenant, new KnowledgeDocument(DocumentId.Of("Rules", text), "Rules", [text]), Stop);

    private Task<GatewayResponse> AgentAsync(CallId callId, string room, string path, string body)
    {
        var asked = JsonNode.Parse(body)!.AsObject();
        (asked["callId"], asked["epoch"], asked["job"]) = (callId.Value, 1, Job);
        asked["fence"] = GatewayBench.Fence.Of(callId, 1);
        var token = LiveKitToken.MintFor(
            GatewayBench.Key,
            $"agent-{Job}",
            LiveKitGrants.JoinAsAgent(room),
            bench.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        return bench.SendAsync("POST", path, Encoding.UTF8.GetBytes(asked.ToJsonString()), ("Authorization", $"Bearer {token}"));
    }
}
