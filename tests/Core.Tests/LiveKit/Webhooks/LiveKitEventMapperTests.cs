using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

public sealed class LiveKitEventMapperTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    private const string RoomJson = """{"sid":"RM_1","name":"call_support","turnPassword":"hunter2"}""";

    private static readonly LiveKitEventMapper Mapper = new(new RoomScope(Naming), new ParticipantMapper("bot-"));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void No_webhook_of_a_real_server_is_unplaced_and_none_keeps_a_secret(string recording)
    {
        foreach (var webhook in LiveKitFixture.Load(recording).Webhooks)
        {
            var (callId, callEvent, _) = Mapper.Map(webhook.BodyInOurRoom, Noon)!;

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
                .Select(webhook => Mapper.Map(webhook.BodyInOurRoom, Noon)!.Event.Fact)
                .Count(fact => fact is CallFact.LegJoined { Leg.Role: LegRole.Caller }));

    [Fact]
    public void A_callers_leg_is_kept_with_what_is_known_of_it()
    {
        var callEvent = LiveKitFixture.Load("sip-inbound-callee-rule").Webhooks
            .Select(webhook => Mapper.Map(webhook.BodyInOurRoom, Noon)!.Event)
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
    [InlineData("INGRESS", "music", LegRole.Recorder)]
    [InlineData("BRIDGE", "conference", LegRole.Guest)]
    [InlineData("SIP", "human_aaaaaaaaaaaaaaaaaaaaaaaaaa", LegRole.Human)]
    [InlineData("SIP", "human_aaaaaaaaaaaaaaaaaaaaaaaaaa_2", LegRole.Human)]
    [InlineData("SIP", "human_aaaaaaaaaaaaaaaaaaaaaaaaaa_1_2", LegRole.Human)]
    [InlineData("SIP", "human_aaaaaaaaaaaaaaaaaaaaaaaaaab", LegRole.DialledOut)]
    [InlineData("SIP", "human_abc", LegRole.DialledOut)]
    [InlineData("SIP", "human_agent_of_the_front_desk_7", LegRole.DialledOut)]
    [InlineData("STANDARD", "human_abc", LegRole.Guest)]
    [InlineData("AGENT", "human_abc", LegRole.Agent)]
    [InlineData("A_KIND_OF_TOMORROW", "bot-7", LegRole.Guest)]
    public void A_role_follows_from_kind_rule_and_prefix(string kind, string identity, LegRole role) => Assert.Equal(
        role,
        Assert.IsType<CallFact.LegJoined>(Read($$"""{"event":"participant_joined","room":{{RoomJson}},"participant":"""
            + $$"""{"sid":"PA_1","identity":"{{identity}}","kind":"{{kind}}"},"id":"EV_1"}""").Event.Fact).Leg.Role);

    [Theory]
    [InlineData("STANDARD", "driver_{0}", "", LegRole.Caller)]
    [InlineData("STANDARD", "human_{0}", "", LegRole.Human)]
    [InlineData("STANDARD", "bot_{0}", "", LegRole.Agent)]
    [InlineData("STANDARD", "x", "caller", LegRole.Caller)]
    [InlineData("STANDARD", "x", "human", LegRole.Human)]
    [InlineData("STANDARD", "x", "agent", LegRole.Agent)]
    [InlineData("AGENT", "bot_{0}", "agent", LegRole.Agent)]
    [InlineData("STANDARD", "driver_{0}", "human", LegRole.Human)]
    [InlineData("STANDARD", "listener_{0}_1", "listener", LegRole.Guest)]
    [InlineData("STANDARD", "driver_{0}", "listener", LegRole.Guest)]
    [InlineData("STANDARD", "driver_7", "", LegRole.Guest)]
    public void Who_comes_with_a_token_has_the_role_of_its_attribute_or_of_the_identity(
        string kind, string identity, string attribute, LegRole role)
    {
        var name = string.Format(System.Globalization.CultureInfo.InvariantCulture, identity, Call);
        var leg = Assert.IsType<CallFact.LegJoined>(Read($$"""{"event":"participant_joined","room":{{RoomJson}},"participant":"""
            + $$"""{"sid":"PA_1","identity":"{{name}}","kind":"{{kind}}","attributes":{"voicefunctions.role":"{{attribute}}"} },"""
            + "\"id\":\"EV_1\"}").Event.Fact).Leg;

        Assert.Equal((role, role != LegRole.Guest, role == LegRole.Agent), (leg.Role, leg.IsByToken, leg.HasAgentPrefix));
        Assert.False(leg.IsDialled);
    }

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
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"call_anything"}}""")]
    [InlineData("""{"event":"an_event_of_tomorrow","room":{"sid":"RM_1","name":"call_"}}""")]
    [InlineData(
        """{"event":"track_published","room":{"sid":"RM_1","name":"call_x"},"participant":{"sid":"PA_1"},"track":{"sid":"TR_1"}}""")]
    public void Everything_in_a_room_of_ours_is_followed(string body) => Assert.Equal(Tracking.Follow, Read(body).Tracking);

    [Theory]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"caller"}}""")]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"call"}}""")]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"Call_x"}}""")]
    [InlineData("""{"event":"room_started","room":{"sid":"RM_1","name":"staging_call_x"}}""")]
    [InlineData("""{"event":"agent_job_ended","job":{"id":"AJ_1","room":{"sid":"RM_1","name":"call_x"}}}""")]
    [InlineData("""{"event":"ingress_started","ingressInfo":{"roomName":"call_x"}}""")]
    [InlineData("""{"event":"participant_joined","room":{"sid":"RM_1","name":"weekly"},"participant":PHONE}""")]
    public void Somebody_elses_room_is_left_alone(string body) => Assert.Null(
        Mapper.Map(Encoding.UTF8.GetBytes(body.Replace("PHONE", Phone("SDR_1", "ST_1"), StringComparison.Ordinal)), Noon));

    [Theory]
    [InlineData("SDR_ours", "ST_1", Tracking.Follow)]
    [InlineData("SDR_1", "ST_ours", Tracking.Follow)]
    [InlineData("SDR_1", "ST_1", Tracking.FollowIfKnown)]
    [InlineData("", "ST_ours", Tracking.FollowIfKnown)]
    public void A_phone_that_came_by_a_listed_trunk_or_rule_makes_its_room_ours(string rule, string trunk, Tracking tracking)
    {
        var scope = new RoomScope(Naming, new HashSet<string> { "ST_ours" }, new HashSet<string> { "SDR_ours" });
        var body = $$"""{"event":"participant_joined","room":{"sid":"RM_1","name":"front-desk"},"participant":{{Phone(rule, trunk)}}}""";

        var received = new LiveKitEventMapper(scope, new ParticipantMapper(null)).Map(Encoding.UTF8.GetBytes(body), Noon)!;

        Assert.Equal((CallId.ForTrunk("front-desk", "RM_1"), tracking), (received.CallId, received.Tracking));
    }

    [Theory]
    [InlineData(-500, null)]
    [InlineData(900, null)]
    [InlineData(1_000, 1_000)]
    [InlineData(47_000, 47_000)]
    [InlineData(120_000, 120_000)]
    [InlineData(121_000, null)]
    public void A_word_that_came_late_says_when_it_happened_unless_the_clocks_cannot_be_right(int lateMs, int? kept)
    {
        var joined = Noon.AddMilliseconds(-lateMs);
        var participant = $$"""{"sid":"PA_1","joinedAtMs":"{{joined.ToUnixTimeMilliseconds()}}"}""";

        var callEvent = Read($$"""{"event":"participant_joined","room":{{RoomJson}},"participant":{{participant}} }""").Event;

        Assert.Equal(kept is { } ms ? Noon.AddMilliseconds(-ms) : null, callEvent.HappenedAt);
        Assert.Equal((Noon, callEvent.HappenedAt ?? Noon), (callEvent.At, callEvent.Happened));
    }

    [Fact]
    public void A_leaving_is_told_in_whole_seconds_of_which_the_last_moment_is_meant()
    {
        var left = Noon.AddSeconds(-10);
        var body = $$"""{"event":"participant_left","room":{{RoomJson}},"participant":{"sid":"PA_1"},"createdAt":"AT"}""";
        var at = $"{left.ToUnixTimeSeconds()}";

        Assert.Equal(left.AddMilliseconds(999), Read(body.Replace("AT", at, StringComparison.Ordinal)).Event.HappenedAt);
    }

    [Fact]
    public void A_track_that_is_published_no_longer_is_a_fact_of_its_own() => Assert.Equal(
        new CallFact.AudioUnpublished("PA_1", "x", "TR_1"),
        Read($$"""{"event":"track_unpublished","room":{{RoomJson}},"track":{"sid":"TR_1"},"participant":{"sid":"PA_1","identity":"x"} }""")
            .Event.Fact);

    [Theory]
    [InlineData("\"lk.agent_name\":\"acme\"")]
    [InlineData("\"lk.agent.name\":\"acme\"")]
    [InlineData("\"lk.agent_name\":\"acme\",\"lk.agent.name\":\"acme\"")]
    public void A_worker_writes_its_name_in_one_of_two_attributes(string attributes) => Assert.Equal(
        "acme",
        Assert.IsType<CallFact.LegJoined>(Read(
            """{"event":"participant_joined","room":ROOM,"participant":{"sid":"PA_1","kind":"AGENT","attributes":{ATTR}}}"""
                .Replace("ROOM", RoomJson, StringComparison.Ordinal)
                .Replace("ATTR", attributes, StringComparison.Ordinal)).Event.Fact).Leg.AgentName);

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public void A_track_that_is_muted_from_the_beginning_is_not_heard(string muted, bool heard) => Assert.Equal(
        heard,
        Read("""{"event":"track_published","room":ROOM,"participant":{"sid":"PA_1"},"track":{"sid":"TR_1","muted":MUTED}}"""
            .Replace("ROOM", RoomJson, StringComparison.Ordinal)
            .Replace("MUTED", muted, StringComparison.Ordinal)).Event.Fact is CallFact.AudioPublished);

    [Theory]
    [InlineData("CONNECTOR", "whatsapp-1", "", LegRole.Caller)]
    [InlineData("STANDARD", "browser", "\"voicefunctions.role\":\"caller\"", LegRole.Caller)]
    [InlineData("SIP", "callee_aaaaaaaaaaaaaaaaaaaaaaaaaa", "", LegRole.Caller)]
    [InlineData("SIP", "callee_x", "", LegRole.DialledOut)]
    [InlineData("STANDARD", "avatar-worker", "\"lk.publish_on_behalf\":\"agent-AJ_1\"", LegRole.Agent)]
    public void Callers_come_by_other_ways_too(string kind, string identity, string attributes, LegRole role) => Assert.Equal(
        role,
        Assert.IsType<CallFact.LegJoined>(Read(
            """{"event":"participant_joined","room":ROOM,"participant":{"sid":"PA_1","identity":"ID","kind":"KIND","attributes":{ATTR}}}"""
                .Replace("ROOM", RoomJson, StringComparison.Ordinal)
                .Replace("ID", identity, StringComparison.Ordinal)
                .Replace("KIND", kind, StringComparison.Ordinal)
                .Replace("ATTR", attributes, StringComparison.Ordinal)).Event.Fact).Leg.Role);

    [Theory]
    [InlineData("""{"event":"participant_joined","room":ROOM,"participant":{"identity":"no sid"}}""", "participant_joined")]
    [InlineData("""{"event":"participant_joined","room":ROOM}""", "participant_joined")]
    [InlineData("""{"event":"an_event_of_tomorrow","room":ROOM,"participant":{"sid":"PA_1"}}""", "an_event_of_tomorrow")]
    [InlineData("""{"event":"track_published","room":ROOM,"participant":{"sid":"PA_1"},"track":{"type":"VIDEO"}}""", "track_published")]
    [InlineData("""{"event":"egress_ended","egressInfo":{"roomId":"RM_1","roomName":"call_support","egressId":"EG_1"}}""", "egress_ended")]
    public void What_is_not_understood_is_noted_with_its_own_words(string body, string name)
    {
        var (callId, callEvent, tracking) = Read(body.Replace("ROOM", RoomJson, StringComparison.Ordinal));

        Assert.Equal(new CallFact.Unhandled(name), callEvent.Fact);
        Assert.Equal((CallId.ForTrunk("call_support", "RM_1"), Tracking.Follow), (callId, tracking));
        Assert.Contains(name, callEvent.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Stored(callEvent), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_belongs_to_the_call_that_its_file_is_named_after_whatever_its_room_is_called()
    {
        var call = CallId.ForTwilio("CA1");
        var path = $"keep-30d/{call}/2-caller-TR_1.ogg";

        var (callId, callEvent, tracking) = Read($$"""
            {"event":"egress_ended","egressInfo":{"egressId":"EG_1","roomId":"RM_7","roomName":"front-desk","status":"EGRESS_FAILED",
             "error":"no","errorCode":403,"track":{"roomName":"front-desk","trackId":"TR_1","file":{"filepath":"{{path}}"} } },"id":"EV_1"}
            """);

        Assert.Equal((call, Tracking.FollowIfKnown), (callId, tracking));
        var ended = Assert.IsType<CallFact.RecordingEnded>(callEvent.Fact);
        Assert.Equal(new RecordingFile(call.Value, 2, "caller") { Track = "TR_1", KeepDays = 30 }, ended.File);
        Assert.Equal(("EG_1", "EGRESS_FAILED", "403 no"), (ended.EgressId, ended.Status, ended.Error));
        Assert.Null(callEvent.Raw);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("EGRESS_STARTING", false)]
    [InlineData("EGRESS_ACTIVE", true)]
    [InlineData("EGRESS_ENDING", true)]
    public void A_recording_that_goes_on_was_taken_or_records(string status, bool isActive)
    {
        var path = $"x/keep/{CallId.ForTwilio("CA1")}/1-room.mp3";
        var field = status.Length > 0 ? $"\"status\":\"{status}\"," : "";

        var read = Read($$"""
            {"event":"egress_updated","egressInfo":{"egressId":"EG_1",{{field}}
             "roomComposite":{"fileOutputs":[{"filepath":"{{path}}"}]} },"id":"EV_1"}
            """);

        Assert.Equal(isActive, Assert.IsType<CallFact.RecordingStarted>(read.Event.Fact).IsActive);
    }

    [Theory]
    [InlineData("https://a.blob.core.windows.net/c/f.ogg?sig=hunter2&se=1", "https://a.blob.core.windows.net/c/f.ogg")]
    [InlineData("https://user:hunter2@store/f.ogg", null)]
    [InlineData("", null)]
    public void An_address_of_a_file_is_kept_without_what_opens_it(string location, string? kept)
    {
        var path = $"keep/{CallId.ForTwilio("CA1")}/1-room.ogg";

        var read = Read($$"""
            {"event":"egress_ended","egressInfo":{"egressId":"EG_1","status":"EGRESS_COMPLETE",
             "error":"PUT https://store/f.ogg?sig=hunter2 failed",
             "fileResults":[{"filename":"{{path}}","location":"{{location}}"}]},"id":"EV_1"}
            """);

        var ended = Assert.IsType<CallFact.RecordingEnded>(read.Event.Fact);
        Assert.Equal((kept, "withheld: it could hold a secret"), (ended.Location, ended.Error));
        Assert.DoesNotContain("hunter2", Stored(read.Event), StringComparison.Ordinal);
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
    [InlineData("""{"event":"x","room":ROOM,"list":[{"deep":{"turnPassword":"hunter2"}}]}""")]
    [InlineData("""{"event":"x","room":ROOM,"room":ROOM}""")]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"call_n","turn_password":"hunter2"}}""")]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"call_n","turnPassw\u006frd":"hunter2"}}""")]
    [InlineData("""[{"room":ROOM}]""")]
    [InlineData("""{"room":ROOM} trailing""")]
    [InlineData("""{"room":ROOM""")]
    [InlineData("\"{\\\"turnPassword\\\":\\\"hunter2\\\"}\"")]
    public void The_TURN_password_is_never_kept_wherever_it_stands(string body) =>
        Assert.DoesNotContain(
            "hunter2", Stored(Read(body.Replace("ROOM", RoomJson, StringComparison.Ordinal)).Event), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"call_support"},"note":"half a pair \ud83d"}""")]
    [InlineData("""{"event":"x","room":{"sid":"RM_1","name":"call_support"},"half \ud83d":1}""")]
    [InlineData("""{"event":"participant_joined","room":{"sid":"RM_1","name":"call_support"},"participant":"""
        + """{"sid":"PA_1","kind":"SIP","name":"\ud83d","attributes":{"sip.ruleID":"S"}}}""")]
    public void Text_that_is_no_text_is_no_reason_to_fail(string body) => Assert.NotNull(Stored(Read(body).Event));

    [Fact]
    public void Bytes_that_are_no_text_are_no_reason_to_fail()
    {
        var body = Encoding.UTF8.GetBytes("""{"event":"x","room":{"sid":"RM_1","name":"call_support"},"note":"?"}""");
        body[Array.LastIndexOf(body, (byte)'?')] = 0xFF;

        Assert.NotNull(Stored(Mapper.Map(body, Noon)!.Event));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xy")]
    public void A_long_excerpt_is_cut_and_can_still_be_stored_and_read(string beginning)
    {
        var name = $"{beginning}{string.Concat(Enumerable.Repeat("é😀", 400))}";
        var raw = Read($$$"""{"event":"x","room":{"sid":"RM_1","name":"call_{{{name}}}"}}""").Event;

        Assert.InRange(raw.Raw!.Length, CallEvent.MaxRawLength - 1, CallEvent.MaxRawLength);
        Assert.Equal(raw, JsonSerializer.Deserialize(Stored(raw), JournalJson.Default.CallEvent));
    }

    [Fact]
    public void A_webhook_without_an_id_gets_the_same_one_each_time()
    {
        const string Body = """{"event":"room_started","room":{"sid":"RM_1","name":"call_support"}}""";

        Assert.StartsWith("body:", Read(Body).Event.Id, StringComparison.Ordinal);
        Assert.Equal(Read(Body).Event.Id, Read(Body).Event.Id);
    }

    private static ReceivedEvent Read(string body) => Mapper.Map(Encoding.UTF8.GetBytes(body), Noon)!;

    private static string Stored(CallEvent callEvent) => JsonSerializer.Serialize(callEvent, JournalJson.Default.CallEvent);

    private static string Phone(string rule, string trunk) =>
        $$$"""{"sid":"PA_1","identity":"sip_1","kind":"SIP","attributes":{"sip.ruleID":"{{{rule}}}","sip.trunkID":"{{{trunk}}}"} }""";
}
