using System.Text.Json.Nodes;

namespace VoiceFunctions.Samples;

/// <summary>
/// The agent in Node as it is started, with LiveKit's own SDK. LiveKit is played up to where the agent asks for the room: there is no
/// media server.
/// </summary>
public sealed class NodeWorkerTests : IAsyncLifetime
{
    private SampleGateway gateway = null!;

    public async ValueTask InitializeAsync() => gateway = await SampleGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task The_worker_asks_for_the_room_only_once_it_has_the_lease_and_ends_a_job_that_is_refused_it()
    {
        var job = await gateway.JobAsync("AJ_first");
        var fence = JsonNode.Parse(JsonNode.Parse(job)!["metadata"]!.GetValue<string>())!["fence"]!.GetValue<string>();
        var forged = job.Replace("AJ_first", "AJ_forged", StringComparison.Ordinal).Replace(fence, "forged", StringComparison.Ordinal);

        Assert.Equal(
            [
                "registers voice-agent",
                "takes the job as agent-AJ_forged",
                "ends the job: another job has the lease",
                "takes the job as agent-AJ_first",
                $"joins {SampleGateway.Room} as agent-AJ_first",
            ],
            await WorkAsync(forged, job));

        Assert.True((await gateway.StateAsync()).Claims.ContainsKey("lease:1"));
    }

    [Fact]
    public async Task Without_settings_it_does_not_start_and_names_what_is_missing()
    {
        var start = SamplePrograms.OfNode("start.ts", "dev");
        foreach (var name in new[] { "LIVEKIT_URL", "LIVEKIT_HOST", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "GATEWAY_URL", "PUBLIC_URL" })
        {
            start.Environment[name] = " "; // Set, so that nobody's .env is read for it.
        }

        var (status, _, errors) = await SamplePrograms.EndAsync(start);

        Assert.Equal(1, status);
        Assert.Equal(4, errors.Trim().Split('\n').Count(line => line.Contains(" is missing: ", StringComparison.Ordinal)));
    }

    private async Task<string[]> WorkAsync(params string[] jobs)
    {
        var start = SamplePrograms.OfNode(["test/work.ts", .. jobs]);
        start.Environment["GATEWAY_URL"] = gateway.Url;
        start.Environment["LIVEKIT_API_KEY"] = SampleGateway.Key.Id;
        start.Environment["LIVEKIT_API_SECRET"] = SampleGateway.Key.Secret;
        start.Environment["LIVEKIT_AGENT_NAME"] = "voice-agent";
        start.Environment["AGENT_AI"] = "none";
        return (await SamplePrograms.RunAsync(start)).Trim().Split('\n');
    }
}
