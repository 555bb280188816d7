using System.Text.Json;
using VoiceFunctions.Core.Calls;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Agents;

public sealed class DispatchMetadataTests
{
    [Fact]
    public void An_agents_job_is_told_the_call_the_fence_and_the_routes_agent()
    {
        var agent =
            new AgentConfig("acme") { Prompt = "Be kind.", Greeting = "Grüß \"Gott\"", Voice = "v", Model = "m", Tools = ["calendar"] };

        using var json = JsonDocument.Parse(DispatchMetadata.Of(Call, 2, "the-fence", agent));

        Assert.Equal(["callId", "fence", "epoch", "agent"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["name", "prompt", "greeting", "voice", "model", "tools", "noise_cancellation_type"],
            json.RootElement.GetProperty("agent").EnumerateObject().Select(member => member.Name));
        Assert.Equal("telephony", json.RootElement.GetProperty("agent").GetProperty("noise_cancellation_type").GetString());
        Assert.Equal("Grüß \"Gott\"", json.RootElement.GetProperty("agent").GetProperty("greeting").GetString());
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
