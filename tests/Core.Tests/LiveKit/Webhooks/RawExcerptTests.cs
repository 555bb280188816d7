using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// An excerpt is what it was when it was cut from a tree of the whole body, to the byte, and costs what it keeps and not what came.
/// </summary>
public sealed class RawExcerptTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Of_every_recorded_webhook_the_same_is_kept_as_by_a_tree(string recording)
    {
        foreach (var webhook in LiveKitFixture.Load(recording).Webhooks)
        {
            foreach (var property in (string?[])[null, .. webhook.Json.AsObject().Select(member => member.Key)])
            {
                Assert.Equal(OfTree(webhook.Body, property), RawExcerpt.Of(webhook.Body, property));
            }
        }
    }

    [Theory]
    [InlineData("plain ASCII ")]
    [InlineData("é")]
    [InlineData("漢字")]
    [InlineData("😀")]
    [InlineData("\\\"")]
    [InlineData("\\u0041")]
    [InlineData("\\u00e9\\n")]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\uD83D\\uDE00x")]
    [InlineData("\\ud7ff\\/")]
    [InlineData("<&'+>")]
    public void A_long_text_is_cut_where_a_tree_would_have_been_cut(string unit)
    {
        for (var lead = 0; lead < 13; lead++)
        {
            var text = new string('x', lead) + string.Concat(Enumerable.Repeat(unit, 16_000 / unit.Length));
            foreach (var json in (string[])[$$"""{"a":"{{text}}"}""", $$"""{"{{text}}":1}""", $$"""{"a":[1,{"b":"{{text}}","c":2}]}"""])
            {
                Assert.Equal(OfTree(json, null), RawExcerpt.Of(Encoding.UTF8.GetBytes(json), null));
            }
        }
    }

    [Theory]
    [InlineData("""{ "b" : [ 1 , -2.50e+3, true, false, null, {}, [] ], "participant": { "sid" : "P", "x":{"turnPassword":"y","z":1}} }""")]
    [InlineData("""{"participant":{"turn_password":{"deep":[1,2]},"sid":"PA_1"},"after":1}""")]
    [InlineData("""{"participant":{}}""")]
    [InlineData("""{"participant":[]}""")]
    [InlineData("""{"participant":"text"}""")]
    [InlineData("""{"nothing":1}""")]
    [InlineData("[]")]
    [InlineData("12.0")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("no JSON")]
    [InlineData("{} trailing")]
    [InlineData("{\"participant\":\"half a pair \\ud83d\"}")]
    public void Any_other_body_gives_the_same(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(OfTree(body, null), RawExcerpt.Of(bytes, null));
        if (LiveKitWebhookParser.TryParse(bytes, out _))
        {
            Assert.Equal(OfTree(body, "participant"), RawExcerpt.Of(bytes, "participant"));
        }
    }

    [Theory]
    [InlineData("turnPassword")]
    [InlineData("TurnPassword")]
    [InlineData("turn_password")]
    [InlineData("TURN_PASSWORD")]
    [InlineData("turnPassw\\u006frd")]
    [InlineData("\\u0074urn_password")]
    public void The_TURN_password_is_left_out_however_its_name_is_spelled(string name)
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""{"room":{"{{name}}":"hunter2","sid":"RM_1"},"participant":{"{{name}}":["hunter2"],"a":1} }""");

        Assert.Equal("""{"room":{"sid":"RM_1"},"participant":{"a":1}}""", RawExcerpt.Of(body, null));
        Assert.Equal("""{"a":1}""", RawExcerpt.Of(body, "participant"));
    }

    [Fact]
    public void A_member_that_occurs_twice_is_the_last_one_as_for_the_parser() =>
        Assert.Equal("2", RawExcerpt.Of("""{"participant":1,"participant":2}"""u8, "participant"));

    [Fact]
    public void JSON_as_deep_as_the_parser_reads_is_excerpted()
    {
        var json = new string('[', 1024) + new string(']', 1024);

        Assert.Equal(json, RawExcerpt.Of(Encoding.UTF8.GetBytes(json), null));
    }

    [Theory]
    [InlineData("one text", "{\"a\":\"", "x", "\"}")]
    [InlineData("one name", "{\"", "x", "\":1}")]
    [InlineData("one number", "{\"a\":1", "1", "}")]
    [InlineData("many members", "{\"a\":[0", ",{\"b\":1}", "]}")]
    [InlineData("escapes", "{\"a\":\"", "\\u0041", "\"}")]
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

    private static string? OfTree(string body, string? property) => OfTree(Encoding.UTF8.GetBytes(body), property);

    /// <summary>How an excerpt was made of a tree, up to commit aae21ef.</summary>
    private static string? OfTree(byte[] body, string? property)
    {
        string? text;
        try
        {
            var json = JsonNode.Parse(body);
            Clean(json);
            text = (property is null ? json : json?[property])?.ToJsonString();
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            text = Encoding.UTF8.GetString(body);
        }

        if (text?.Contains("turnPassword", StringComparison.Ordinal) != false || text.Contains("turn_password", StringComparison.Ordinal))
        {
            return null;
        }

        return text.Length <= CallEvent.MaxRawLength
            ? text
            : text[..(CallEvent.MaxRawLength - (char.IsHighSurrogate(text[CallEvent.MaxRawLength - 1]) ? 1 : 0))];
    }

    private static void Clean(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            json.Remove("turnPassword");
            json.Remove("turn_password");
        }

        foreach (var child in node switch { JsonObject parent => parent.Select(member => member.Value), JsonArray list => list, _ => [] })
        {
            Clean(child);
        }
    }
}
