using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

public sealed class LiveKitEventMapperTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    private const string RoomJson = """{"sid":"RM_1","name":"support","turnPassword":"hunter2"}""";

    private static readonly LiveKitEventMapper Mapper = new(Naming, new ParticipantMapper("bot-"));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void No_webhook_of_a_real_server_is_unplaced_and_none_keeps_a_secret(string recording)
    {
        foreach (var webhook in LiveKitFixture.Load(recording).Webhooks)
        {
            var (callId, callEvent, _) = Mapper.Map(webhook.Body, Noon);

            Assert.NotNull(callEvent.Room);
            Assert.Equal(Naming.CallOf(callEvent.Room.Name, callEvent.Room.Sid), callId);
            Assert.StartsWith("EV_", callEvent.Id, StringComparison.Ordinal);
            Assert.DoesNotContain("turnPassword", Stored(callEvent), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sip-inbound-callee-rule", 3)]
    [InlineData("sip-inbound-anonymous", 1)]
    [InlineData("sip-outbound-answered-wait", 0)]
    [InlineData("dispatch-with-worker", 0)]
    public void Callers_are_the_SIP_legs_that_a_rule_admitted(string recording, int callers) =>
        Assert.Equal(
            callers,
            LiveKitFixture.Load(recording).Webhooks
                .Select(webhook => Mapper.Map(webhook.Body, Noon).Event.Fact)
                .Count(fact => fact is CallFact.LegJoined { Leg.Role: LegRole.Caller }));

    [Fact]
    public void A_callers_leg_is_kept_with_what_is_known_of_it()
    {
        var callEvent = LiveKitFixture.Load("sip-inbound-callee-rule").Webhooks
            .Select(webhook => Mapper.Map(webhook.Body, Noon).Event)
            .First(callEvent => callEvent.Fact is CallFact.LegJoined);

        var leg = Assert.IsType<CallFact.LegJoined>(callEvent.Fact).Leg;
        Assert.Equal(
            new Leg("PA_HdpCMWYqEV97", "sip_+4915112345678", LegRole.Caller)
            {
                JoinedAtMs = 1795241213280,
                SipCallId = "SCL_qyJyKnuTJTaP",
                PhoneNumber = "+4915112345678",
                CalledNumber = "+15550100",
                TrunkId = "ST_PiDkCgQqmEYf",
                RuleId = "SDR_s65v5eLXsjX9",
                SipCallStatus = "ringing",
            },
            leg);
        Assert.Contains("sip.trunkID", callEvent.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AGENT", "x", LegRole.Agent)]
    [InlineData("EGRESS", "x", LegRole.Recorder)]
    [InlineData("SIP", "sip_1", LegRole.DialledOut)]
    [InlineData("STANDARD", "bot-7", LegRole.Agent)]
    [InlineData("STANDARD", "browser", LegRole.Guest)]
    [InlineData("SIP", "bot-7", LegRole.DialledOut)]
    [InlineData("SIP", "human_abc", LegRole.Human)]
    [InlineData("STANDARD", "human_abc", LegRole.Guest)]
    [InlineData("AGENT", "human_abc", LegRole.Agent)]
    [InlineData("A_KIND_OF_TOMORROW", "bot-7", LegRole.Guest)]
    public void A_role_follows_from_kind_rule_and_prefix(string kind, string identity, LegRole role) => Assert.Equal(
        role,
        Assert.IsType<CallFact.LegJoined>(Read($$"""{"event":"participant_joined","room":{{RoomJson}},"participant":"""
            + $$"""{"sid":"PA_1","identity":"{{identity}}","kind":"{{kind}}"},"id":"EV_1"}""").Event.Fact).Leg.Role);

    [Fact]
    public void Who_came_in_by_a_rule_is_a_caller_whatever_the_identity() => Assert.Equal(
        LegRole.Caller,
        Assert.IsType<CallFact.LegJoined>(Read($$"""{"event":"participant_joined","room":{{RoomJson}},"id":"EV_1","participant":"""
            + $$"""{"sid":"PA_1","identity":"human_abc","kind":"SIP","attributes":{"sip.ruleID":"SDR_1"} } }""").Event.Fact).Leg.Role);

    [Fact]
    public void The_called_number_is_our_own_header_before_the_trunks_and_never_a_call_id()
    {
        Assert.Equal("+15550100123", CalledNumber("\"sip.trunkPhoneNumber\":\"+1999\",\"sip.h.x-called-number\":\"+15550100123\""));
        Assert.Equal("+1999", CalledNumber("\"sip.trunkPhoneNumber\":\"+1999\",\"sip.h.x-called-number\":\"\""));
        Assert.Null(CalledNumber($"\"sip.trunkPhoneNumber\":\"{Call}\""));
        Assert.Null(CalledNumber("\"sip.hostname\":\"h\""));

        static string? CalledNumber(string attributes) => Assert.IsType<CallFact.LegJoined>(Read(
            $$$"""{"event":"participant_joined","room":{{{RoomJson}}},"participant":{"sid":"PA_1","kind":"SIP","attributes":"""
            + $$$"""{"sip.ruleID":"SDR_1",{{{attributes}}}}},"id":"EV_1"}""").Event.Fact).Leg.CalledNumber;
    }

    [Theory]
    [InlineData(
        """{"event":"participant_joined","room":ROOM,"participant":{"sid":"PA_1","kind":"SIP","attributes":{"sip.ruleID":"S"}}}""",
        Tracking.Follow)]
    [InlineData(
        """{"event":"participant_left","room":ROOM,"participant":{"sid":"PA_1","kind":"SIP","attributes":{"sip.ruleID":"S"}}}""",
        Tracking.Follow)]
    [InlineData(
        """{"event":"track_published","room":ROOM,"participant":{"sid":"PA_1","identity":"sip_x"},"track":{"sid":"TR_1"}}""",
        Tracking.Follow)]
    [InlineData(
        """{"event":"track_published","room":ROOM,"participant":{"sid":"PA_1","identity":"browser"},"track":{"sid":"TR_1"}}""",
        Tracking.RecordOnly)]
    [InlineData("""{"event":"participant_joined","room":ROOM,"participant":{"sid":"PA_1","kind":"SIP"}}""", Tracking.RecordOnly)]
    [InlineData("""{"event":"room_started","room":ROOM}""", Tracking.RecordOnly)]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"call_anything"}}""", Tracking.Follow)]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"caller"}}""", Tracking.RecordOnly)]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"call"}}""", Tracking.RecordOnly)]
    public void What_may_be_a_call_is_followed(string body, Tracking tracking) =>
        Assert.Equal(tracking, Read(body.Replace("ROOM", RoomJson, StringComparison.Ordinal)).Tracking);

    [Theory]
    [InlineData("""{"event":"participant_joined","room":ROOM,"participant":{"identity":"no sid"}}""", "participant_joined")]
    [InlineData("""{"event":"participant_joined","room":ROOM}""", "participant_joined")]
    [InlineData("""{"event":"an_event_of_tomorrow","room":ROOM,"participant":{"sid":"PA_1"}}""", "an_event_of_tomorrow")]
    [InlineData("""{"event":"track_published","room":ROOM,"participant":{"sid":"PA_1"},"track":{"type":"VIDEO"}}""", "track_published")]
    [InlineData("""{"event":"egress_ended","egressInfo":{"roomId":"RM_1","roomName":"support","egressId":"EG_1"}}""", "egress_ended")]
    public void What_is_not_understood_is_noted_with_its_own_words(string body, string name)
    {
        var (callId, callEvent, tracking) = Read(body.Replace("ROOM", RoomJson, StringComparison.Ordinal));

        Assert.Equal(new CallFact.Unhandled(name), callEvent.Fact);
        Assert.Equal((CallId.ForTrunk("support", "RM_1"), Tracking.RecordOnly), (callId, tracking));
        Assert.Contains(name, callEvent.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Stored(callEvent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("")]
    [InlineData("[1,2,3]")]
    [InlineData("\"text\"")]
    [InlineData("{\"event\":\"room_started\"")]
    [InlineData("{\"event\":\"room_started\"} trailing")]
    public void Of_what_cannot_be_read_the_hash_alone_is_kept(string body)
    {
        var (callId, callEvent, tracking) = Read(body);

        Assert.Equal((null, null, Tracking.RecordOnly), (callEvent.Raw, callEvent.Room, tracking));
        Assert.StartsWith("body:", callEvent.Id, StringComparison.Ordinal);
        Assert.Equal(CallId.ForTrunk("", callEvent.Id), callId);
        Assert.Equal(callEvent.Id, Read(body).Event.Id);
    }

    [Theory]
    [InlineData("""{"event":"agent_job_started","job":{"id":"AJ_1","room":ROOM},"room":ROOM}""")]
    [InlineData("""{"event":"agent_job_ended","job":{"id":"AJ_1","room":ROOM}}""")]
    [InlineData("""{"event":"x","room":ROOM,"list":[{"deep":{"turnPassword":"hunter2"}}]}""")]
    [InlineData("""{"event":"x","room":ROOM,"room":ROOM}""")]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"n","turn_password":"hunter2"}}""")]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"n","turnPassw\u006frd":"hunter2"}}""")]
    [InlineData("""[{"room":ROOM}]""")]
    [InlineData("""{"room":ROOM} trailing""")]
    [InlineData("""{"room":ROOM""")]
    [InlineData("\"{\\\"turnPassword\\\":\\\"hunter2\\\"}\"")]
    public void The_TURN_password_is_never_kept_wherever_it_stands(string body) =>
        Assert.DoesNotContain(
            "hunter2", Stored(Read(body.Replace("ROOM", RoomJson, StringComparison.Ordinal)).Event), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"support"},"note":"half a pair \ud83d"}""")]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"support"},"half \ud83d":1}""")]
    [InlineData("""{"event":"participant_joined","room":{"sid":"RM_1","name":"support"},"participant":"""
        + """{"sid":"PA_1","kind":"SIP","name":"\ud83d","attributes":{"sip.ruleID":"S"}}}""")]
    public void Text_that_is_no_text_is_no_reason_to_fail(string body) => Assert.NotNull(Stored(Read(body).Event));

    [Fact]
    public void Bytes_that_are_no_text_are_no_reason_to_fail()
    {
        var body = Encoding.UTF8.GetBytes("""{"event":"x","room":{"sid":"RM_1","name":"support"},"note":"?"}""");
        body[Array.LastIndexOf(body, (byte)'?')] = 0xFF;

        Assert.NotNull(Stored(Mapper.Map(body, Noon).Event));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xy")]
    public void A_long_excerpt_is_cut_and_can_still_be_stored_and_read(string beginning)
    {
        var name = $"{beginning}{string.Concat(Enumerable.Repeat("é😀", 400))}";
        var raw = Read($$$"""{"event":"x","room":{"sid":"RM_1","name":"{{{name}}}"}}""").Event;

        Assert.InRange(raw.Raw!.Length, CallEvent.MaxRawLength - 1, CallEvent.MaxRawLength);
        Assert.Equal(raw, JsonSerializer.Deserialize(Stored(raw), JournalJson.Default.CallEvent));
    }

    [Fact]
    public void A_webhook_without_an_id_gets_the_same_one_each_time()
    {
        const string Body = """{"event":"room_started","room":{"sid":"RM_1","name":"support"}}""";

        Assert.StartsWith("body:", Read(Body).Event.Id, StringComparison.Ordinal);
        Assert.Equal(Read(Body).Event.Id, Read(Body).Event.Id);
    }

    private static ReceivedEvent Read(string body) => Mapper.Map(Encoding.UTF8.GetBytes(body), Noon);

    private static string Stored(CallEvent callEvent) => JsonSerializer.Serialize(callEvent, JournalJson.Default.CallEvent);
}
