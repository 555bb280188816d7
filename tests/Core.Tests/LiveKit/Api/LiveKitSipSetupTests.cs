using VoiceFunctions.Core.LiveKit.Api.Sip;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.LiveKit.Api.ScriptedHttp;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>Trunks and rules as a real server answers them, and as they are asked for.</summary>
public sealed class LiveKitSipSetupTests
{
    private const string Recording = "sip-trunks-and-rules-api";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trunk_that_a_real_server_lists_is_read()
    {
        var (setup, http) = Of(200, Recorded("ListSIPInboundTrunk"));

        var listed = await setup.ListInboundTrunksAsync(Token);

        var trunk = Assert.Single(Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitInboundTrunk>>.Ok>(listed).Value);
        Assert.Equal(("ST_wzyhwhao9nwG", "+15550100", "SIP_NO_HEADERS"), (trunk.Id, Assert.Single(trunk.Numbers), trunk.IncludeHeaders));
        Assert.Equal((false, "", "", 0), (trunk.TakesEveryUser, trunk.Username, trunk.Password, trunk.AllowedNumbers.Count));
        Assert.True(LiveKitToken.TryVerify(
            LiveKitApiHarness.Keyring, Assert.Single(http.Sent).Authorization, new ManualClock().GetUtcNow(), out var claims));
        Assert.Equal(LiveKitGrants.SetUpSip, claims.Grants);
    }

    [Fact]
    public async Task A_rule_that_a_real_server_lists_is_read()
    {
        var (setup, _) = Of(200, Recorded("ListSIPDispatchRule"));

        var listed = await setup.ListDispatchRulesAsync(Token);

        var rule = Assert.Single(Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitDispatchRule>>.Ok>(listed).Value);
        Assert.Equal(
            ("SDR_YRXg8VwyaW6a", LiveKitRuleKind.Callee, "c-", true, false),
            (rule.Id, rule.Kind, rule.Room, rule.Randomizes, rule.HasPin));
        Assert.True(rule.Takes("ST_any"));
        Assert.Empty(rule.Agents);
    }

    [Theory]
    [InlineData("""{"dispatch_rule_direct":{"room_name":"desk","pin":"12"}}""", LiveKitRuleKind.Direct, "desk", true)]
    [InlineData("""{"dispatchRuleIndividual":{"roomPrefix":"call","pin":""}}""", LiveKitRuleKind.Individual, "call", false)]
    [InlineData("""{"dispatch_rule_of_tomorrow":{"room_prefix":"call"}}""", LiveKitRuleKind.Other, "", false)]
    public async Task Rules_of_every_kind_are_read(string kind, LiveKitRuleKind expected, string room, bool hasPin)
    {
        var (setup, _) = Of(
            200,
            $$$"""{"items":[{"sip_dispatch_rule_id":"SDR_1","rule":{{{kind}}},"trunk_ids":["ST_1"],"""
                + """ "room_config":{"agents":[{"agent_name":"a"},{"agent_name":"b"}]}}]}""");

        var listed = await setup.ListDispatchRulesAsync(Token);

        var rule = Assert.Single(Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitDispatchRule>>.Ok>(listed).Value);
        Assert.Equal((expected, room, hasPin), (rule.Kind, rule.Room, rule.HasPin));
        Assert.Equal(["a", "b"], rule.Agents);
        Assert.Equal((true, false), (rule.Takes("ST_1"), rule.Takes("ST_2")));
    }

    [Fact]
    public async Task A_trunk_and_its_rule_are_asked_for_as_LiveKit_reads_them()
    {
        var (setup, http) = Of(200, """{"sip_trunk_id":"ST_1"}""", """{"sip_dispatch_rule_id":"SDR_1"}""");

        var trunk = await setup.CreateInboundTrunkAsync("twilio", new SipCredentials("voice", "secret"), Token);
        var rule = await setup.CreateCalleeRuleAsync("twilio", "ST_1", "call", Token);

        Assert.Equal("ST_1", Assert.IsType<LiveKitOutcome<LiveKitInboundTrunk>.Ok>(trunk).Value.Id);
        Assert.Equal("SDR_1", Assert.IsType<LiveKitOutcome<LiveKitDispatchRule>.Ok>(rule).Value.Id);
        Assert.Equal(
            [
                """{"trunk":{"name":"twilio","auth_username":"voice","auth_password":"secret","include_headers":"SIP_X_HEADERS"}}""",
                "{\"dispatch_rule\":{\"name\":\"twilio\",\"rule\":{\"dispatch_rule_callee\":"
                    + "{\"room_prefix\":\"call\",\"randomize\":false}},\"trunk_ids\":[\"ST_1\"]}}",
            ],
            http.Sent.Select(sent => sent.Body));
    }

    [Fact]
    public async Task A_second_trunk_for_everybody_is_refused_and_not_asked_for_again()
    {
        var (setup, http) = Of(400, """{"code":"invalid_argument","msg":"Conflicting inbound SIP Trunks"}""");

        var trunk = await setup.CreateInboundTrunkAsync("twilio", new SipCredentials("voice", "secret"), Token);

        Assert.Equal("invalid_argument", Assert.IsType<LiveKitOutcome<LiveKitInboundTrunk>.Refused>(trunk).Error.Code);
        Assert.Single(http.Sent);
    }

    [Fact]
    public void A_trunk_is_printed_without_its_password() =>
        Assert.Equal("ST_1", $"{new LiveKitInboundTrunk { Id = "ST_1", Username = "voice", Password = "secret" }}");

    private static (LiveKitSipSetup Setup, ScriptedHttp Http) Of(int status, params string[] answers)
    {
        var http = new ScriptedHttp(answers.Select(answer => Answer(status, answer)));
        Assert.True(LiveKitHost.TryParse("wss://livekit.example", out var host));
        return (
            new LiveKitSipSetup(new HttpMessageInvoker(http), host, LiveKitApiHarness.Keyring, new ManualClock(), new LiveKitApiOptions()),
            http);
    }

    private static string Recorded(string method) =>
        LiveKitFixture.Load(Recording).Calls.First(call => call.Method == $"SIP/{method}").Answer;
}
