using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>
/// How an agent's job asks the gateway if it is the one that may speak; where there is no answer, again for ten seconds, and
/// then it takes that for a no.
/// </summary>
internal sealed class LeaseDesk(SimulationTime time, LiveKitKey key, NetworkLog log, CancellationToken stopping) : IDisposable
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker http = time.CreateClient();

    /// <summary>Where leases are given; until it is set nobody asks.</summary>
    public Uri? Url { get; set; }

    /// <summary>Asks for a job. One whose metadata is not the gateway's has nothing to ask.</summary>
    public async Task<JobLease> AskAsync(Dispatch dispatch, string job)
    {
        if (Url is not { } url || DispatchMetadata.TryParse(dispatch.Metadata) is not { } sent)
        {
            return JobLease.None;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var asked = time.Clock.GetUtcNow();
            var (status, validity) = await AskAsync(url, dispatch.Room.Name, sent, job);
            if (status is { } told and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
            {
                log.Tell(
                    "agent",
                    told == HttpStatusCode.OK ? $"{job} holds the lease of agent {sent.Epoch}" : $"{job} is told {(int)told} and leaves");
                return told == HttpStatusCode.OK ? JobLease.Until(asked + validity) : JobLease.Refused;
            }

            await time.Delay(Pause, stopping);
        }

        log.Tell("agent", $"{job} got no answer and leaves");
        return JobLease.Refused;
    }

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode? Status, TimeSpan Validity)> AskAsync(Uri url, string room, DispatchMetadata sent, string job)
    {
        var body = new JsonObject { ["callId"] = sent.CallId, ["fence"] = sent.Fence, ["epoch"] = sent.Epoch, ["job"] = job };
        var token = LiveKitToken.MintFor(
            key, LiveKitJob.IdentityOf(job), LiveKitGrants.JoinAsAgent(room), time.Clock.GetUtcNow(), LiveKitToken.DefaultLifetime);
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        try
        {
            using var response = await http.SendAsync(request, stopping);
            var validity = response.StatusCode == HttpStatusCode.OK
                ? TimeSpan.FromSeconds((double)JsonNode.Parse(await response.Content.ReadAsStringAsync(stopping))!["validSeconds"]!)
                : TimeSpan.Zero;
            return (response.StatusCode, validity);
        }
        catch (HttpRequestException)
        {
            return (null, TimeSpan.Zero);
        }
    }
}
