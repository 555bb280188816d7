using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

public sealed class RawExcerptTests
{
    /// <summary>Where a sender can put a secret that an excerpt must not keep; the marker is the secret.</summary>
    public static TheoryData<string> Planted { get; } =
    [
        // LiveKit's own, in every spelling.
        """{"room":{"sid":"RM_1","turnPassword":"MARKER"}}""",
        """{"room":{"sid":"RM_1","turn_password":"MARKER"}}""",
        """{"room":{"sid":"RM_1","TurnPassword":"MARKER"}}""",
        """{"room":{"sid":"RM_1","TURNPASSWORD":"MARKER"}}""",
        """{"room":{"sid":"RM_1","turnPassw\u006frd":"MARKER"}}""",
        """{"room":{"sid":"RM_1","\u0074\u0075rn_password":"MARKER"}}""",
        """{"room":{"sid":"RM_1","turn-password":"MARKER"}}""",
        """{"Room":{"SID":"RM_1","turnPassword ":"MARKER"}}""",
        """{"room":{"sid":"RM_1","turnPassword":{"value":["MARKER"]}}}""",

        // Where a recording is stored.
        """{"egressInfo":{"egressId":"EG_1","roomComposite":{"fileOutputs":[{"s3":{"accessKey":"MARKER"}}]}}}""",
        """{"egressInfo":{"egressId":"EG_1","roomComposite":{"fileOutputs":[{"s3":{"secret":"MARKER","bucket":"b"}}]}}}""",
        """{"egressInfo":{"egressId":"EG_1","participant":{"identity":"x","segmentOutputs":[{"gcp":{"credentials":"MARKER"}}]}}}""",
        """{"egressInfo":{"egressId":"EG_1","track":{"trackId":"TR_1","file":{"azure":{"accountName":"a","accountKey":"MARKER"}}}}}""",
        """{"egressInfo":{"egressId":"EG_1","web":{"url":"https://MARKER.example"}}}""",
        """{"egressInfo":{"egressId":"EG_1","file":{"aliOSS":{"secret":"MARKER"}}}}""",
        """{"egress_info":{"egress_id":"EG_1","room_composite":{"file":{"s3":{"session_token":"MARKER"}}}}}""",
        """{"egressInfo":{"streamResults":[{"url":"rtmp://live.example/MARKER"}]}}""",
        """{"egressInfo":{"fileResults":[{"filename":"a.ogg","location":"https://a.example/a.ogg?sig=MARKER"}]}}""",
        """{"egressInfo":{"fileResults":[{"location":"https://user:MARKER@a.example/a.ogg"}]}}""",
        """{"egressInfo":{"error":"upload failed: AccessKey MARKER is disabled"}}""",
        """{"egressInfo":{"details":"SharedAccessSignature=MARKER"}}""",
        """{"egressInfo":{"storage":{"a_new_cloud":{"anything":"MARKER"}}}}""",
        """{"ingressInfo":{"ingressId":"IN_1","streamKey":"MARKER","url":"rtmps://x/MARKER"}}""",

        // Attributes, metadata and texts of a participant or a job.
        """{"participant":{"attributes":{"sip.h.proxy-authorization":"Digest MARKER"}}}""",
        """{"participant":{"attributes":{"sip.h.x-api-key":"MARKER"}}}""",
        """{"participant":{"attributes":{"sip.auth":"MARKER"}}}""",
        """{"participant":{"attributes":{"note":"Bearer MARKER"}}}""",
        """{"participant":{"Attributes":{"passWord":"MARKER"}}}""",
        """{"participant":{"attributes":{"tenant":{"secret":"MARKER"}}}}""",
        """{"participant":{"metadata":"{\"api_key\":\"MARKER\"}"}}""",
        """{"participant":{"metadata":"{\"a\\u0070iKey\":\"MARKER\"}"}}""",
        """{"participant":{"metadata":"eyJMARKER"}}""",
        """{"participant":{"name":"my password is MARKER"}}""",
        """{"participant":{"capabilities":["token MARKER"]}}""",
        """{"job":{"id":"AJ_1","metadata":"{\"callId\":\"c\",\"fence\":\"MARKER\"}","room":{"turnPassword":"MARKER"}}}""",

        // A field of tomorrow, a list, and what is no JSON object.
        """{"sipCallInfo":{"authPassword":"MARKER"}}""",
        """{"list":[{"deep":["MARKER"]}]}""",
        """["MARKER"]""",
        "\"MARKER\"",
        "turnPassw\\u006frd MARKER",
        """{"room":{"sid":"RM_1"},"room":{"turnPassword":"MARKER"}}""",
        """{"room":{"turnPassword":"MARKER"}""",
    ];

    [Theory]
    [MemberData(nameof(Planted))]
    public void No_secret_is_kept_whatever_its_name_and_spelling(string body) =>
        Assert.DoesNotContain("MARKER", RawExcerpt.Of(Encoding.UTF8.GetBytes(body), null) ?? "", StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("participant")]
    public void What_a_real_server_sent_is_kept_but_for_its_secret(string? property)
    {
        var excerpts = 0;
        foreach (var body in LiveKitFixture.All.SelectMany(recording => recording.Webhooks).Select(webhook => webhook.Body))
        {
            var whole = JsonNode.Parse(body)!;
            (whole["room"] as JsonObject)?.Remove("turnPassword");
            if (((string?)whole["room"]?["metadata"])?.Length > CallEvent.MaxRawLength)
            {
                (whole["room"] as JsonObject)!.Remove("metadata");
            }

            if ((string?)whole["room"]?["metadata"] == "from-token" && property is null)
            {
                continue; // An operator's own text that speaks of a token.
            }

            var expected = (property is null ? whole : whole[property])?.ToJsonString();
            var excerpt = RawExcerpt.Of(body, property);

            Assert.Equal(expected?[..Math.Min(expected.Length, CallEvent.MaxRawLength)], excerpt);
            excerpts += excerpt is null ? 0 : 1;
        }

        Assert.True(excerpts > 200, $"{excerpts} excerpts");
    }

    [Fact]
    public void Of_a_recording_what_an_operator_asks_for_is_kept() => Assert.Equal(
        """
        {"event":"egress_ended","id":"EV_1","egressInfo":{"egressId":"EG_1","roomId":"RM_1","roomName":"call_1",
        "status":"EGRESS_FAILED","error":"upload failed","errorCode":500,
        "fileResults":[{"filename":"a.ogg","duration":"7","size":"9","location":"https://a.example/a.ogg"}]}}
        """.ReplaceLineEndings(""),
        RawExcerpt.Of(
            """
            {"event":"egress_ended","id":"EV_1","egressInfo":{"egressId":"EG_1","roomId":"RM_1","roomName":"call_1",
            "status":"EGRESS_FAILED","error":"upload failed","errorCode":500,
            "roomComposite":{"fileOutputs":[{"filepath":"a","s3":{"secret":"x"}}]},
            "fileResults":[{"filename":"a.ogg","duration":"7","size":"9","location":"https://a.example/a.ogg"}],
            "file":{"filename":"a.ogg"}}}
            """u8,
            null));

    [Fact]
    public void What_holds_keys_is_no_field_that_is_kept()
    {
        foreach (var name in new[] { "turnPassword", "accessKey", "secret", "s3", "gcp", "azure", "streamKey", "url", "token", "fence" })
        {
            Assert.False(ExcerptFields.IsKept(name, inAttributes: false), name);
        }

        Assert.True(ExcerptFields.IsKept("egress_id", inAttributes: false));
        Assert.True(ExcerptFields.IsKept("sip.h.x-called-number", inAttributes: true));
    }

    [Theory]
    [InlineData("""{"participant":{}}""", "{}")]
    [InlineData("""{"participant":{"sid":"first"},"participant":{"sid":"last"}}""", """{"sid":"last"}""")]
    [InlineData(
        """{"participant":{"joinedAtMs":-2.50e+3,"identity":"é","hidden":null}}""",
        """{"joinedAtMs":-2.50e+3,"identity":"\u00E9","hidden":null}""")]
    [InlineData("""{"participant":[]}""", null)]
    [InlineData("""{"participant":"text"}""", null)]
    [InlineData("""{"nothing":1}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData("{", null)]
    [InlineData("no JSON", null)]
    [InlineData("{\"participant\":{\"identity\":\"half a pair \\ud83d\"}}", null)]
    public void An_excerpt_is_an_object_that_can_be_read_or_nothing(string body, string? excerpt) =>
        Assert.Equal(excerpt, RawExcerpt.Of(Encoding.UTF8.GetBytes(body), "participant"));

    [Fact]
    public void A_body_with_more_behind_it_is_no_JSON() => Assert.Null(RawExcerpt.Of("""{"event":"x"} trailing"""u8, null));

    [Fact]
    public void A_text_that_is_longer_than_an_excerpt_is_left_out_and_what_comes_after_it_is_kept()
    {
        var longest = new string('x', CallEvent.MaxRawLength);

        Assert.Equal("""{"id":"EV_1"}""", RawExcerpt.Of(Encoding.UTF8.GetBytes($$"""{"event":"{{longest}}x","id":"EV_1"}"""), null));
        Assert.Equal(
            $$"""{"event":"{{longest}}"""[..CallEvent.MaxRawLength],
            RawExcerpt.Of(Encoding.UTF8.GetBytes($$"""{"event":"{{longest}}"}"""), null));
    }

    [Fact]
    public void An_excerpt_that_is_cut_ends_with_a_whole_character()
    {
        for (var lead = 0; lead < 12; lead++)
        {
            var body = Encoding.UTF8.GetBytes(
                $$"""{"event":"{{new string('x', lead)}}","name":"{{string.Concat(Enumerable.Repeat("😀", 900))}}"}""");

            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(RawExcerpt.Of(body, null)!)));
        }
    }

    [Theory]
    [InlineData("one text", "{\"event\":\"", "x", "\"}")]
    [InlineData("one name", "{\"", "x", "\":1}")]
    [InlineData("one attribute", "{\"participant\":{\"attributes\":{\"", "x", "\":1}}}")]
    [InlineData("one number", "{\"size\":1", "1", "}")]
    [InlineData("many members", "{\"tracks\":[0", ",{\"sid\":1}", "]}")]
    [InlineData("escapes", "{\"event\":\"", "\\u0041", "\"}")]
    [InlineData("no JSON", "", "é", "")]
    [InlineData("a secret", "{\"turnPassword\":[0", ",1", "]}")]
    public void Four_megabytes_cost_no_more_than_what_is_kept_of_them(string what, string before, string unit, string after)
    {
        var body = Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(unit, 4_000_000 / unit.Length)) + after);
        RawExcerpt.Of(body, null);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        RawExcerpt.Of(body, null);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.True(allocated < 100_000, $"{what}: {allocated} bytes");
    }
}
