using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

public sealed class LiveKitWebhookParserTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_webhook_of_a_real_server_is_read(string recording)
    {
        foreach (var webhook in LiveKitFixture.Load(recording).Webhooks)
        {
            Assert.True(LiveKitWebhookParser.TryParse(webhook.Body, out var read));

            using var json = JsonDocument.Parse(webhook.Body);
            Assert.Equal(json.RootElement.GetProperty("event").GetString(), read.Event);
            Assert.Equal(json.RootElement.GetProperty("id").GetString(), read.Id);
            Assert.Equal(json.RootElement.GetProperty("room").GetProperty("sid").GetString(), read.Room?.Sid);
            Assert.Equal(json.RootElement.TryGetProperty("participant", out var participant), read.Participant is not null);
            Assert.Equal(
                participant.ValueKind == JsonValueKind.Object ? participant.GetProperty("sid").GetString() : null,
                read.Participant?.Sid);
            Assert.Equal(json.RootElement.TryGetProperty("track", out _), read.Track is not null);
        }
    }

    [Fact]
    public void A_caller_joins_with_everything_that_is_known_of_the_call()
    {
        var joined = Recorded("sip-inbound-twilio-headers")
            .First(read => read is { Event: LiveKitEventName.ParticipantJoined, Participant.Kind: LiveKitParticipantKind.Sip });

        Assert.Equal(LiveKitParticipantState.Active, joined.Participant!.State);
        Assert.Equal(LiveKitSipCallStatus.Ringing, joined.Participant.Attribute(LiveKitAttributes.SipCallStatus));
        Assert.StartsWith("SCL_", joined.Participant.Attribute(LiveKitAttributes.SipCallId), StringComparison.Ordinal);
        Assert.StartsWith("SDR_", joined.Participant.Attribute(LiveKitAttributes.SipRuleId), StringComparison.Ordinal);
        Assert.StartsWith("ST_", joined.Participant.Attribute(LiveKitAttributes.SipTrunkId), StringComparison.Ordinal);
        Assert.StartsWith("CA", joined.Participant.Attribute(LiveKitAttributes.TwilioCallSid), StringComparison.Ordinal);
        Assert.StartsWith("AC", joined.Participant.Attribute(LiveKitAttributes.TwilioAccountSid), StringComparison.Ordinal);
        Assert.NotNull(joined.Participant.Attribute(LiveKitAttributes.SipHeader("X-Twilio-CallSid")));
        Assert.NotNull(joined.Participant.Attribute(LiveKitAttributes.SipPhoneNumber));
        Assert.NotNull(joined.Participant.Attribute(LiveKitAttributes.SipTrunkPhoneNumber));
        Assert.Null(joined.Participant.Attribute(LiveKitAttributes.AgentName));
        Assert.InRange(joined.Participant.JoinedAtMs, joined.Room!.CreationTimeMs, joined.Room.CreationTimeMs + 60_000);
    }

    [Fact]
    public void An_agent_is_known_by_its_kind_and_its_name()
    {
        var events = Recorded("dispatch-with-worker");

        var agent = events.First(read =>
            read is { Event: LiveKitEventName.ParticipantJoined, Participant.Kind: LiveKitParticipantKind.Agent }).Participant!;

        Assert.Equal("acme", agent.Attribute(LiveKitAttributes.AgentName));
        Assert.Contains(events, read => read.Event == LiveKitEventName.TrackPublished
            && read.Participant!.Sid == agent.Sid
            && read.Track!.Type == LiveKitTrackType.Audio);
    }

    [Fact]
    public void What_is_left_out_is_the_default()
    {
        var read = Parsed(
            """{"event":"participant_left","room":{"sid":"RM_1"},"participant":{"sid":"PA_1"},"track":{"sid":"TR_1"},"egressInfo":{}}""");

        Assert.Equal(LiveKitParticipantKind.Standard, read.Participant!.Kind);
        Assert.Equal(LiveKitParticipantState.Joining, read.Participant.State);
        Assert.Equal(LiveKitDisconnectReason.Unknown, read.Participant.DisconnectReason);
        Assert.Empty(read.Participant.Attributes);
        Assert.Equal(LiveKitTrackType.Audio, read.Track!.Type);
        Assert.Equal(new LiveKitRoom { Sid = "RM_1" }, read.Room);
        Assert.Equal(new LiveKitEgress(), read.Egress);
        Assert.Equal("", read.Id);
    }

    [Fact]
    public void A_recording_is_read()
    {
        var egress = Parsed("""{"event":"egress_ended","egressInfo":"""
            + """{"egressId":"EG_1","roomId":"RM_1","roomName":"r","status":"EGRESS_FAILED","error":"disk"}}""");

        Assert.Equal(
            new LiveKitEgress { EgressId = "EG_1", RoomId = "RM_1", RoomName = "r", Status = "EGRESS_FAILED", Error = "disk" },
            egress.Egress);
    }

    [Theory]
    [InlineData("""{"track":{"roomName":"r","file":{"filepath":"a.ogg","azure":{"accountKey":"{account_key}"}}},RESULT}""")]
    [InlineData("""{"roomComposite":{"audioOnly":true,"fileOutputs":[{"filepath":"a.ogg"}]},RESULT}""")]
    [InlineData("""{"roomComposite":{"file":{"filepath":"a.ogg"}},"file":FILE}""")]
    [InlineData("""{"egress":{"outputs":[{"file":{"filepath":"a.ogg"}}]},RESULT}""")]
    [InlineData("""{"fileResults":[FILE],"status":"EGRESS_COMPLETE"}""")]
    public void The_file_of_a_recording_is_found_in_every_kind_of_request_and_result(string egress)
    {
        const string File =
            """{"filename":"a.ogg","startedAt":"1","endedAt":"2","duration":"30500000000","size":"12345","location":"https://x/a.ogg"}""";

        var read = Parsed($$"""
            {"event":"egress_ended","egressInfo":{{egress
                .Replace("RESULT", "\"fileResults\":[FILE],\"file\":FILE", StringComparison.Ordinal)
                .Replace("FILE", File, StringComparison.Ordinal)}}}
            """).Egress!;

        Assert.Equal(("a.ogg", "https://x/a.ogg", 12345, 30_500_000_000), (read.Path, read.Location, read.SizeBytes, read.DurationNs));
    }

    [Fact]
    public void What_is_newer_than_this_code_is_read_past_or_kept_as_text()
    {
        var read = Parsed("""{"event":"room_moved","id":"EV_1","future":{"x":[1,{"y":null}]},"participant":"""
            + """{"sid":"PA_1","kind":"HOLOGRAM","state":7,"tracks":[{"sid":"TR_1"}, 5]}}""");

        Assert.Equal(("room_moved", "EV_1"), (read.Event, read.Id));
        Assert.Equal(("HOLOGRAM", "7"), (read.Participant!.Kind, read.Participant.State));
        Assert.Equal([new LiveKitTrack { Sid = "TR_1" }], read.Participant.Tracks);
    }

    [Theory]
    [InlineData("\"1795240704\"", 1795240704)]
    [InlineData("1795240704", 1795240704)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", 0)]
    [InlineData("1.5", 0)]
    [InlineData("\"soon\"", 0)]
    [InlineData("null", 0)]
    [InlineData("[1]", 0)]
    public void A_whole_number_may_be_text(string json, long expected) =>
        Assert.Equal(expected, Parsed($$"""{"room":{"emptyTimeout":{{json}} } }""").Room!.EmptyTimeoutSeconds);

    [Theory]
    [InlineData("\"creationTime\":\"1795240704\",\"creationTimeMs\":\"1795240704680\"", 1795240704680)]
    [InlineData("\"creationTime\":\"1795240704\"", 1795240704000)]
    [InlineData("\"creationTime\":\"9223372036854775807\"", 0)]
    public void Older_servers_tell_whole_seconds(string fields, long expected) =>
        Assert.Equal(expected, Parsed($$"""{"room":{ {{fields}} } }""").Room!.CreationTimeMs);

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("\"\\ud800\"")]
    public void A_field_of_an_odd_type_does_not_lose_the_event(string odd)
    {
        string[] fields = ["event", "id", "createdAt", "room", "participant", "track", "egressInfo", "job"];
        string[] inner = ["identity", "name", "kind", "state", "metadata", "joinedAtMs", "attributes", "disconnectReason", "tracks"];

        Assert.All(fields, field =>
        {
            var read = Parsed($$"""{"{{field}}":{{odd}},"event2":1}""");
            Assert.True(field == "event" || read.Event.Length == 0);
        });
        Assert.All(inner, field =>
        {
            var read = Parsed($$"""{"event":"participant_joined","id":"EV_1","participant":{"sid":"PA_1","{{field}}":{{odd}} """
                + $$"""},"room":{"sid":"RM_1"} }""");
            Assert.Equal(("participant_joined", "EV_1", "PA_1", "RM_1"), (read.Event, read.Id, read.Participant!.Sid, read.Room!.Sid));
        });
    }

    [Fact]
    public void Attributes_that_are_no_text_are_passed_over()
    {
        var read = Parsed("""{"participant":{"attributes":{"a":"1","b":2,"c":null,"d":{},"\udc00":"e","f":"\udc00","g":"7"}}}""");

        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["g"] = "7" }, read.Participant!.Attributes);
    }

    [Fact]
    public void Of_a_field_that_occurs_twice_the_last_one_counts()
    {
        var read = Parsed("""{"id":"EV_1","id":"EV_2","participant":{"attributes":{"a":"1","a":"2"}}}""");

        Assert.Equal("EV_2", read.Id);
        Assert.Equal("2", read.Participant!.Attribute("a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"room_started\"")]
    [InlineData("{\"event\":\"room_started\"")]
    [InlineData("{\"event\":\"room_started\"} x")]
    [InlineData("{\"event\":\"room_started\"}{}")]
    [InlineData("<html>")]
    public void What_is_no_object_is_no_event(string body) =>
        Assert.False(LiveKitWebhookParser.TryParse(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void A_deep_body_is_read_or_refused_but_never_overflows()
    {
        static byte[] Nested(int depth) =>
            Encoding.UTF8.GetBytes($$"""{"id":"EV_1","x":{{new string('[', depth)}}{{new string(']', depth)}}}""");

        Assert.True(LiveKitWebhookParser.TryParse(Nested(1000), out var read));
        Assert.Equal("EV_1", read.Id);
        Assert.False(LiveKitWebhookParser.TryParse(Nested(1_000_000), out _));
    }

    [Fact]
    public void Every_beginning_of_a_body_is_refused_without_a_throw()
    {
        var body = LiveKitFixture.Load("sip-inbound-twilio-headers").Webhooks[1].Body;

        Assert.All(
            Enumerable.Range(0, body.Length), length => Assert.False(LiveKitWebhookParser.TryParse(body.AsMemory(0, length), out _)));
    }

    [Fact]
    public void Garbage_never_throws()
    {
        var bodies = LiveKitFixture.Load("sip-inbound-with-room-config-agent").Webhooks.Select(webhook => webhook.Body).ToArray();
        var changes = ArbMap.Default.GeneratorFor<(int At, byte Value)>().ListOf();
        var spoiled = Gen.Elements(bodies).SelectMany(_ => changes, (body, list) => Spoil(body, list));

        Prop.ForAll(Gen.OneOf(ArbMap.Default.GeneratorFor<byte[]>(), spoiled).ToArbitrary(), body =>
            LiveKitWebhookParser.TryParse(body, out var read) == read is not null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void The_turn_password_is_not_kept()
    {
        foreach (var recording in LiveKitFixture.All)
        {
            foreach (var webhook in recording.Webhooks)
            {
                var read = Parsed(Encoding.UTF8.GetString(webhook.Body));
                using var json = JsonDocument.Parse(webhook.Body);
                if (json.RootElement.GetProperty("room").TryGetProperty("turnPassword", out var password))
                {
                    Assert.DoesNotContain(password.GetString()!, JsonSerializer.Serialize(read), StringComparison.Ordinal);
                }
            }
        }
    }

    private static byte[] Spoil(byte[] body, IEnumerable<(int At, byte Value)> changes)
    {
        var spoiled = (byte[])body.Clone();
        foreach (var (at, value) in changes)
        {
            spoiled[(uint)at % (uint)spoiled.Length] = value;
        }

        return spoiled;
    }

    private static LiveKitWebhookEvent Parsed(string json)
    {
        Assert.True(LiveKitWebhookParser.TryParse(Encoding.UTF8.GetBytes(json), out var read));
        return read;
    }

    [Fact]
    public void A_body_of_two_million_tokens_is_refused_without_a_tree_of_them()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"event":"room_started","x":[0{{string.Concat(Enumerable.Repeat(",0", 2_000_000))}}]}""");
        Assert.False(LiveKitWebhookParser.TryParse(body, out _));

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var isRead = LiveKitWebhookParser.TryParse(body, out _);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.False(isRead);
        Assert.InRange(allocated, 0, 10_000);
    }

    [Theory]
    [InlineData(40_000, true)]
    [InlineData(50_000, false)]
    public void A_long_body_is_read_by_how_much_it_says_and_not_by_its_length(int numbers, bool isRead) => Assert.Equal(
        isRead,
        LiveKitWebhookParser.TryParse(
            Encoding.UTF8.GetBytes(
                $$"""{"event":"x","list":[0{{string.Concat(Enumerable.Repeat(",0", numbers))}}],"text":"{{new string('x', 70_000)}}"}"""),
            out _));

    private static List<LiveKitWebhookEvent> Recorded(string recording) =>
        [.. LiveKitFixture.Load(recording).Webhooks.Select(webhook => Parsed(Encoding.UTF8.GetString(webhook.Body)))];
}
