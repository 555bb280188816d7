using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>How an agent's job reports what it measures. What no answer came for goes along with the next report.</summary>
internal sealed class QualityReporter(SimulationTime time, LiveKitKey key, NetworkLog log, CancellationToken stopping) : IDisposable
{
    private readonly HttpMessageInvoker http = time.CreateClient();

    /// <summary>The gateway's base URL, with a slash at its end; until it is set nobody reports.</summary>
    public Uri? Gateway { get; set; }

    /// <summary>Reports some entries.</summary>
    /// <param name="dispatch">What brought the job.</param>
    /// <param name="job">The job.</param>
    /// <param name="samples">The entries.</param>
    /// <param name="isFinal">Whether they are the last ones.</param>
    /// <returns>The measures that the gateway warns of because of them; <c>null</c> where it did not take them.</returns>
    public async Task<IReadOnlyList<string>?> ReportAsync(
        Dispatch dispatch, string job, IReadOnlyList<JsonObject> samples, bool isFinal)
    {
        if (Gateway is not { } gateway || DispatchMetadata.TryParse(dispatch.Metadata) is not { CallId: { } callId })
        {
            return null;
        }

        var body = new JsonObject { ["samples"] = new JsonArray([.. samples.Select(sample => sample.DeepClone())]), ["final"] = isFinal };
        var token = LiveKitToken.MintFor(
            key,
            LiveKitJob.IdentityOf(job),
            LiveKitGrants.JoinAsAgent(dispatch.Room.Name),
            time.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, $"calls/{callId}/quality"))
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        try
        {
            using var response = await http.SendAsync(request, stopping);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                log.Tell("agent", $"{job} reports what it measures and is told {(int)response.StatusCode}");
                return null;
            }

            var warnings = JsonNode.Parse(await response.Content.ReadAsStringAsync(stopping))!["warnings"]!.AsArray()
                .Select(warning => (string)warning!["measure"]!)
                .ToList();
            if (warnings.Count > 0)
            {
                log.Tell("agent", $"{job} reports what it measures and is warned of {string.Join(" and ", warnings)}");
            }

            return warnings;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}
