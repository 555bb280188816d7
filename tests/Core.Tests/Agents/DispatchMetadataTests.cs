using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Agents;

public sealed class DispatchMetadataTests
{
    [Fact]
    public void An_agents_job_is_told_the_call_the_fence_and_the_routes_agent()
    {
        var agent =
            new AgentConfig("acme") { Prompt = "Be kind.", Greeting = "Grüß \"Gott\"", Voice = "v", Model = "m", Tools = ["calendar"] };

        var call = new JobCall(CallDirection.Inbound, "+15550100001", "+15550100123", "billing");
        using var json = JsonDocument.Parse(DispatchMetadata.Of(Call, 2, "the-fence", agent, call));

        Assert.Equal(
            ["callId", "fence", "epoch", "agent", "v", "direction", "caller", "called", "route", "attempt"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["name", "prompt", "greeting", "voice", "model", "tools", "noise_cancellation_type"],
            json.RootElement.GetProperty("agent").EnumerateObject().Select(member => member.Name));
        Assert.Equal("telephony", json.RootElement.GetProperty("agent").GetProperty("noise_cancellation_type").GetString());
        Assert.Equal("Grüß \"Gott\"", json.RootElement.GetProperty("agent").GetProperty("greeting").GetString());
    }

    [Theory]
    [InlineData(CallDirection.Inbound, "+15550100001", "+15550100123", "billing")]
    [InlineData(CallDirection.Inbound, null, null, "default")]
    [InlineData(CallDirection.Outbound, "+15550100123", "sip:ada@example.com", "from +49 ST_1")]
    public void It_is_told_who_called_whom_and_by_which_route_and_what_is_withheld_is_said_to_be(
        CallDirection direction, string? caller, string? called, string route)
    {
        var sent = DispatchMetadata.Of(Call, 3, "the-fence", new AgentConfig("acme"), new JobCall(direction, caller, called, route));

        using var json = JsonDocument.Parse(sent);
        var root = json.RootElement;
        Assert.Equal((1, 3), (root.GetProperty("v").GetInt32(), root.GetProperty("attempt").GetInt32()));
        Assert.Equal(
            (direction.ToString().ToLowerInvariant(), caller, called, route),
            (Text("direction"), Text("caller"), Text("called"), Text("route")));
        var read = DispatchMetadata.TryParse(sent)!;
        Assert.Equal((Call.Value, "the-fence", 3, direction, caller, called, route, 3), (
            read.CallId, read.Fence, read.Epoch, read.Direction, read.Caller, read.Called, read.Route, read.Attempt));

        string? Text(string name) => root.GetProperty(name).GetString();
    }

    [Fact]
    public void What_earlier_builds_wrote_is_read()
    {
        var read = DispatchMetadata.TryParse("""{"callId":"c","fence":"f","epoch":2,"agent":{"name":"acme","tools":[]}}""")!;

        Assert.Equal(("c", "f", 2, "acme", null, null, null), (
            read.CallId, read.Fence, read.Epoch, read.Agent!.Name, read.V, read.Route, read.Attempt));
    }

    [Fact]
    public void The_schema_of_the_documentation_is_what_is_written()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "agents", "job-metadata.schema.json")));
        var agent = new AgentConfig("acme") { Prompt = "p", Greeting = "g", Voice = "v", Model = "m", Tools = ["t"] };
        string[] written =
        [
            DispatchMetadata.Of(Call, 1, "f", agent, new JobCall(CallDirection.Inbound, "+1", "+2", "r") { Metadata = """{"order":7}""" }),
            DispatchMetadata.Of(Call, 5, "f", new AgentConfig("acme"), new JobCall(CallDirection.Outbound, null, null, "r")),
        ];

        Assert.All(written, text =>
        {
            using var json = JsonDocument.Parse(text);
            CheckAgainst(schema.RootElement, json.RootElement, "$");
        });
        using var full = JsonDocument.Parse(written[0]);
        Assert.Equal(Names(schema.RootElement), full.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            Names(schema.RootElement.GetProperty("properties").GetProperty("agent")),
            full.RootElement.GetProperty("agent").EnumerateObject().Select(member => member.Name));

        static IEnumerable<string> Names(JsonElement of) => of.GetProperty("properties").EnumerateObject().Select(member => member.Name);
    }

    /// <summary>As much of JSON Schema as the file uses: type, properties, required, const, enum, items.</summary>
    private static void CheckAgainst(JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("const", out var constant))
        {
            Assert.Equal(constant.GetRawText(), value.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var words))
        {
            Assert.Contains(value.GetRawText(), words.EnumerateArray().Select(word => word.GetRawText()));
        }

        if (schema.TryGetProperty("type", out var type))
        {
            var kind = value.ValueKind switch
            {
                JsonValueKind.Number => "integer",
                _ => value.ValueKind.ToString().ToLowerInvariant(),
            };
            var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()) : [type.GetString()];
            Assert.Contains(kind, types);
        }

        if (schema.TryGetProperty("required", out var required))
        {
            Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{where}.{name}"));
        }

        if (schema.TryGetProperty("properties", out var properties))
        {
            Assert.All(value.EnumerateObject(), member =>
                CheckAgainst(properties.GetProperty(member.Name), member.Value, $"{where}.{member.Name}"));
        }

        if (schema.TryGetProperty("items", out var items))
        {
            Assert.All(value.EnumerateArray(), item => CheckAgainst(items, item, $"{where}[]"));
        }
    }

    [Fact]
    public void The_id_of_a_dispatchs_making_is_the_calls_and_the_epochs_in_every_attempt()
    {
        var ids = new[]
        {
            DispatchMetadata.RequestIdOf(Call, 1),
            DispatchMetadata.RequestIdOf(Call, 2),
            DispatchMetadata.RequestIdOf(CallId.ForTwilio("another"), 1),
        };

        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(CallId.TryParse(id, out _)));
        Assert.Equal(ids[0], DispatchMetadata.RequestIdOf(CallId.ForTwilio("CA00000000000000000000000000000001"), 1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"callId\":\"x\"}")]
    [InlineData("{\"callId\":1,\"fence\":2,\"epoch\":\"three\"}")]
    public void Somebody_elses_metadata_is_not_ours(string? metadata) => Assert.Null(DispatchMetadata.TryParse(metadata));

    [Fact]
    public void Fields_that_a_later_version_adds_are_passed_over() =>
        Assert.Equal("f", DispatchMetadata.TryParse("""{"callId":"c","fence":"f","epoch":1,"new":{"a":1}}""")?.Fence);
}
