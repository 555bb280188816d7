using System.Text.Json.Nodes;
using System.Xml.Linq;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Http;

/// <summary>Numbers, addresses and directions as people reported them (tests/fixtures/field/requests), and more of their kinds.</summary>
public sealed class FieldNumberTests
{
    private const string Routes = """
        {"default":{"agent":{"name":"reception"}},
         "routes":[{"number":"+15550100123","agent":{"name":"exact"}},{"prefix":"+1","agent":{"name":"us"}},
                   {"prefix":"+33","agent":{"name":"france"}},{"prefix":"+850","agent":{"name":"other"}},
                   {"address":"1002","agent":{"name":"extension"}},{"address":"support","agent":{"name":"support"}},
                   {"trunk":"ST_pbx","agent":{"name":"pbx"}},{"rule":"SDR_night","from":"+49","agent":{"name":"night"}}]}
        """;

    public static TheoryData<string, string> CalledForms { get; } =
    [
        .. Field("trunk-called-number-forms")["called"]!.AsObject()
            .Select(form => (form.Key, form.Value!["right"]!.GetValue<string>().Split(' ')[0])),
    ];

    [Theory]
    [MemberData(nameof(CalledForms))]
    public async Task A_trunks_called_number_chooses_its_own_route_or_the_default_and_no_other_countrys(string called, string agent) =>
        Assert.Equal(agent, await AgentAsync(called, Field("trunk-called-number-forms")["settings"]!["ROUTES_JSON"]!.ToJsonString()));

    [Theory]
    [InlineData("+15550100123", "exact")]
    [InlineData("15550100123", "exact")]
    [InlineData("0015550100123", "exact")]
    [InlineData("tel:+15550100123", "exact")]
    [InlineData("+15550100123;user=phone", "exact")]
    [InlineData("sip:+15550100123;npdi=yes@pbx.example.com;user=phone", "exact")]
    [InlineData("+33155501234", "france")]
    [InlineData("0033155501234", "france")]
    [InlineData("33155501234", "reception")]
    [InlineData("0155501234", "reception")]
    [InlineData("14155550123", "reception")]
    [InlineData("8501", "reception")]
    [InlineData("911", "reception")]
    [InlineData("+911", "reception")]
    [InlineData("1002", "extension")]
    [InlineData("sip:1002@pbx.example.com", "extension")]
    [InlineData("support", "support")]
    [InlineData("sip:support@pbx.example.com:5080", "support")]
    [InlineData("sip:sales@pbx.example.com", "reception")]
    [InlineData("anonymous", "reception")]
    [InlineData("", "reception")]
    public async Task So_do_others_of_the_kind(string called, string agent) => Assert.Equal(agent, await AgentAsync(called, Routes));

    [Theory]
    [InlineData("DE", "030123456", "berlin")]
    [InlineData("DE", "004930123456", "berlin")]
    [InlineData("DE", "4930123456", "berlin")]
    [InlineData("DE", "0331555012", "german")]
    [InlineData("DE", "1001", "reception")]
    [InlineData("US", "5550100123", "exact")]
    [InlineData("US", "01149301234567", "berlin")]
    [InlineData("US", "030123456", "reception")]
    [InlineData("DE", "15550100123", "exact")]
    [InlineData("AT", "4930123456", "reception")]
    [InlineData("us", "15550100123", "exact")]
    public async Task National_numbers_are_read_under_the_region_that_is_set(string region, string called, string agent)
    {
        const string OfRegions = """
            {"default":{"agent":{"name":"reception"}},
             "routes":[{"number":"+15550100123","agent":{"name":"exact"}},{"prefix":"+49","agent":{"name":"german"}},
                       {"prefix":"+4930","agent":{"name":"berlin"}}]}
            """;

        Assert.Equal(agent, await AgentAsync(called, OfRegions, (SettingNames.DefaultRegion, region)));
    }

    [Theory]
    [InlineData("ST_pbx", "SDR_1", "+15550100001", "pbx")]
    [InlineData("ST_other", "SDR_night", "+4930123456", "night")]
    [InlineData("ST_other", "SDR_night", "+15550100001", "reception")]
    [InlineData("ST_other", "SDR_1", "+4930123456", "reception")]
    public async Task Trunk_rule_and_caller_choose_a_route_too(string trunk, string rule, string caller, string agent) =>
        Assert.Equal(agent, await AgentAsync("100", Routes, caller: caller, trunk: trunk, rule: rule));

    [Theory]
    [InlineData("266696687")]
    [InlineData("+266696687")]
    [InlineData("anonymous@anonymous.invalid")]
    [InlineData("sip:anonymous@anonymous.invalid")]
    [InlineData("Restricted")]
    [InlineData("unavailable")]
    [InlineData("2562533")]
    public async Task A_trunks_withheld_caller_is_nobody(string caller)
    {
        var bench = Trunk(Routes);

        await JoinAsync(bench, "+15550100123", caller);

        var record = CallDetailRecord.Of(await TrunkStateAsync(bench), new RoomNaming("call"));
        Assert.Equal((null, "+15550100123"), (record.From, record.To));
    }

    [Fact]
    public async Task The_reported_withheld_form_is_among_them() => await A_trunks_withheld_caller_is_nobody(
        Field("trunk-withheld-without-plus")["attributes"]!["sip.phoneNumber"]!.GetValue<string>());

    [Theory]
    [InlineData("+15550100001;npdi=yes", "+15550100001")]
    [InlineData("tel:+1-555-010-0001", "+15550100001")]
    [InlineData("sip:+15550100001@carrier.example", "+15550100001")]
    [InlineData("1001", "1001")]
    [InlineData("sip:desk@acme.example", "sip:desk@acme.example")]
    public async Task A_trunks_caller_is_recorded_in_E164_where_it_is_a_number(string caller, string recorded)
    {
        var bench = Trunk(Routes);

        await JoinAsync(bench, "+15550100123", caller);

        Assert.Equal(recorded, (await TrunkStateAsync(bench)).From);
    }

    [Fact]
    public async Task A_call_to_a_SIP_domain_has_the_route_of_the_number_in_its_address()
    {
        var field = Field("voice-to-sip-domain");

        var drained = await SendAsync(field, "false");
        var served = await SendAsync(field, "true");

        Assert.Equal("EXACT", XDocument.Parse(GatewayBench.Text(drained)).Root!.Element("Say")!.Value);
        Assert.Contains("X-Called-Number=%2B15550100123", GatewayBench.Text(served), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sip:support@acme.sip.example.com", "SUPPORT", "X-Called-Number=sip%3Asupport%40acme.sip.example.com")]
    [InlineData("sip:1001@acme.sip.example.com;transport=udp", "DESK", "X-Called-Number=sip%3A1001%40acme.sip.example.com")]
    [InlineData("sip:nobody@acme.sip.example.com", "Nobody is here.", "X-Called-Number=sip%3Anobody%40acme.sip.example.com")]
    [InlineData("sip:private@acme.sip.example.com", "PRIVATE", "X-Called-Number=sip%3Aprivate%40acme.sip.example.com")]
    [InlineData("client:support", "Nobody is here.", "X-Called-Number=client%3Asupport")]
    [InlineData("", "Nobody is here.", null)]
    public async Task A_route_can_name_a_SIP_user_an_extension_or_a_whole_address(string to, string message, string? header)
    {
        const string Addresses = """
            {"routes":[{"address":"sip:support@ACME.sip.example.com","fallback":{"message":"SUPPORT"}},
                       {"address":"1001","fallback":{"message":"DESK"}},{"address":"private","fallback":{"message":"PRIVATE"}}]}
            """;
        var drained = new GatewayBench(null, (SettingNames.RoutesJson, Addresses), (SettingNames.TelephonyEnabled, "false"));

        Assert.Equal(message, XDocument.Parse(GatewayBench.Text(await drained.VoiceAsync(to: to))).Root!.Element("Say")!.Value);
        var served = GatewayBench.Text(await new GatewayBench().VoiceAsync(to: to));
        Assert.True(served.Contains(header ?? "<Sip", StringComparison.Ordinal), served);
        Assert.Equal(header is not null, served.Contains("X-Called-Number", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_we_made_has_the_route_of_our_own_number() => Assert.Equal(
        "OURS", XDocument.Parse(GatewayBench.Text(await SendAsync(Field("voice-outbound-api"), "false"))).Root!.Element("Say")!.Value);

    [Theory]
    [InlineData("outbound-api", CallDirection.Outbound, "ours")]
    [InlineData("outbound-dial", CallDirection.Outbound, "ours")]
    [InlineData("inbound", CallDirection.Inbound, "berlin")]
    [InlineData("", CallDirection.Inbound, "berlin")]
    [InlineData("sideways", CallDirection.Inbound, "berlin")]
    public async Task A_call_is_recorded_and_routed_in_its_direction(string direction, CallDirection recorded, string agent)
    {
        var bench = new GatewayBench(GatewayBench.DiagnosticsKey, (
            SettingNames.RoutesJson,
            """{"routes":[{"number":"+15550100123","agent":{"name":"ours"}},{"prefix":"+4930","agent":{"name":"berlin"}}]}"""));
        await bench.TwilioAsync(
            "/twilio/voice",
            ("CallSid", GatewayBench.CallSid), ("From", "+15550100123"), ("To", "+49305550123"), ("CallStatus", "ringing"),
            ("Direction", direction));
        await bench.CallerJoinsAsync();
        var state = await bench.StateAsync();

        var record = CallDetailRecord.Of(state, new RoomNaming("call"));
        Assert.Equal((recorded, "+15550100123", "+49305550123"), (record.Direction, record.From, record.To));
        Assert.Equal(agent, Assert.Single(bench.LiveKit.Made).Request.AgentName);
        Assert.Equal(
            recorded,
            Assert.Single(Calls.Publishing.LifecycleEvents.Of(state), told => told.Name == LifecycleEventName.CallStarted).Direction);
        Assert.Equal(recorded, Assert.IsType<CallFact.CallAnnounced>(state.Twilio.Announced!.Fact).Direction);
    }

    private static async Task<string> AgentAsync(
        string called,
        string routes,
        (string Name, string? Value)? setting = null,
        string caller = "+15550100001",
        string trunk = "ST_1",
        string rule = "SDR_1")
    {
        var bench = Trunk(routes, setting);
        await JoinAsync(bench, called, caller, trunk, rule);
        return Assert.Single(bench.LiveKit.Made).Request.AgentName;
    }

    private static GatewayBench Trunk(string routes, (string Name, string? Value)? setting = null) => new(
        null, (SettingNames.TwilioEnabled, "false"), (SettingNames.RoutesJson, routes), setting ?? (SettingNames.LogLevel, null));

    private static async Task JoinAsync(
        GatewayBench bench, string called, string caller, string trunk = "ST_1", string rule = "SDR_1")
    {
        bench.LiveKit.Open("call_room", "RM_1");
        var attributes = new JsonObject
        {
            ["sip.ruleID"] = rule,
            ["sip.trunkID"] = trunk,
            ["sip.phoneNumber"] = caller,
            ["sip.trunkPhoneNumber"] = called,
        };
        var participant = new JsonObject
        {
            ["sid"] = "PA_caller", ["identity"] = "sip_caller", ["kind"] = "SIP", ["state"] = "ACTIVE", ["attributes"] = attributes,
        };
        await bench.LiveKitAsync(GatewayBench.Webhook("participant_joined", "EV_1", participant.ToJsonString(), "call_room"));
    }

    private static Task<CallState> TrunkStateAsync(GatewayBench bench) => bench.StateAsync(CallId.ForTrunk("call_room", "RM_1"));

    /// <summary>The reported request, signed as Twilio signs it.</summary>
    private static Task<GatewayResponse> SendAsync(JsonNode field, string telephonyEnabled)
    {
        var form = field["form"]!.AsObject().Select(pair => (pair.Key, pair.Value!.GetValue<string>())).ToArray();
        var bench = new GatewayBench(
            null,
            (SettingNames.TwilioAccountSid, field["form"]!["AccountSid"]!.GetValue<string>()),
            (SettingNames.TelephonyEnabled, telephonyEnabled),
            (SettingNames.RoutesJson, field["settings"]!["ROUTES_JSON"]!.ToJsonString()));
        return bench.TwilioAsync(field["path"]!.GetValue<string>(), form);
    }

    private static JsonNode Field(string name) =>
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "fixtures", "field", "requests", $"{name}.json")))!;
}
