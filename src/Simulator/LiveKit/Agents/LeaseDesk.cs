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
/// How an agent's job asks the gateway if it is the one that may speak, and says that it has finished; where there is no answer, again for
/// ten seconds, and then it takes that for a no.
/// </summary>
internal sealed class LeaseDesk(SimulationTime time, LiveKitKey key, NetworkLog log, CancellationToken stopping) : IDisposable
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker http = time.CreateClient();

    /// <summary>Where leases are given; until it is set nobody asks.</summary>
    public Uri? Url { get; set; }

    /// <summary>Where a job says that it has finished; until it is set nobody says so.</summary>
    public Uri? GoodbyeUrl { get; set; }

    /// <summary>Where a job says whether the caller agrees to a recording; until it is set nobody says so.</summary>
    public Uri? ConsentUrl { get; set; }

    /// <summary>Where a job asks for a human for its caller; until it is set nobody asks.</summary>
    public Uri? HandoffUrl { get; set; }

    /// <summary>Below where a job uses tools, with a slash at its end; until it is set nobody does.</summary>
    public Uri? ToolsUrl { get; set; }

    /// <summary>Where a job asks for passages of its tenant's documents; until it is set nobody asks.</summary>
    public Uri? KnowledgeUrl { get; set; }

    /// <summary>Where a job says who answered a phone that was called; until it is set nobody says so.</summary>
    public Uri? AnsweredByUrl { get; set; }

    /// <summary>Asks for a job. One whose metadata is not the gateway's has nothing to ask.</summary>
    /// <param name="dispatch">What brought the job.</param>
    /// <param name="job">The job.</param>
    /// <param name="renews">Whether it will ask again as long as it lives.</param>
    public async Task<JobLease> AskAsync(Dispatch dispatch, string job, bool renews)
    {
        var lease = await RenewAsync(dispatch, job, renews);
        if (lease.IsHeld)
        {
            log.Tell("agent", $"{job} holds the lease");
        }

        return lease;
    }

    /// <summary>Asks for a job that has been granted the lease before.</summary>
    public async Task<JobLease> RenewAsync(Dispatch dispatch, string job, bool renews)
    {
        if (Url is not { } url || DispatchMetadata.TryParse(dispatch.Metadata) is not { Epoch: > 0 } sent)
        {
            return JobLease.None;
        }

        var (status, asked, answer) =
            await InsistAsync(url, dispatch.Room.Name, sent, job, renews ? new JsonObject { ["renews"] = true } : []);
        if (status is null)
        {
            log.Tell("agent", $"{job} got no answer and leaves");
            return JobLease.Refused;
        }

        if (status != HttpStatusCode.OK)
        {
            log.Tell("agent", $"{job} is told {(int)status} and leaves");
            return JobLease.Refused;
        }

        var granted = JsonNode.Parse(answer)!;
        return JobLease.Until(
            asked + TimeSpan.FromSeconds((double)granted["validSeconds"]!),
            granted["renewSeconds"] is { } renewIn ? TimeSpan.FromSeconds((double)renewIn) : null);
    }

    /// <summary>A job says that it has finished. Whatever is answered, it leaves.</summary>
    public async Task SayGoodbyeAsync(Dispatch dispatch, string job)
    {
        if (GoodbyeUrl is { } url && DispatchMetadata.TryParse(dispatch.Metadata) is { Epoch: > 0 } sent)
        {
            var (status, _, _) = await InsistAsync(url, dispatch.Room.Name, sent, job, []);
            log.Tell("agent", $"{job} says that it has finished and is told {(status is { } told ? $"{(int)told}" : "nothing")}");
        }
    }

    /// <summary>A job says whether its caller agrees to a recording.</summary>
    public async Task SayConsentAsync(Dispatch dispatch, string job, bool granted)
    {
        if (ConsentUrl is { } url && DispatchMetadata.TryParse(dispatch.Metadata) is { Epoch: > 0 } sent)
        {
            var (status, _, _) = await InsistAsync(url, dispatch.Room.Name, sent, job, new JsonObject { ["granted"] = granted });
            var words = granted ? "agrees" : "does not agree";
            log.Tell("agent", $"{job} says that the caller {words} and is told {(status is { } told ? $"{(int)told}" : "nothing")}");
        }
    }

    /// <summary>A job asks for a human for its caller, until there is an answer.</summary>
    public async Task AskForHumanAsync(Dispatch dispatch, string job, string request)
    {
        if (HandoffUrl is { } url && DispatchMetadata.TryParse(dispatch.Metadata) is { Epoch: > 0 } sent)
        {
            var (status, _, answer) = await InsistAsync(url, dispatch.Room.Name, sent, job, JsonNode.Parse(request)!.AsObject());
            var told = status == HttpStatusCode.OK ? (string?)JsonNode.Parse(answer)!["status"] : $"{(int?)status}";
            log.Tell("agent", $"{job} asks for a human and is told {told}");
        }
    }

    /// <summary>A job says who answered the phone. Tells what it is told to do then; <c>null</c> where it is told nothing.</summary>
    public async Task<string?> SayAnsweredByAsync(Dispatch dispatch, string job, string verdict)
    {
        if (AnsweredByUrl is not { } url || DispatchMetadata.TryParse(dispatch.Metadata) is not { Epoch: > 0 } sent)
        {
            return null;
        }

        var (status, _, answer) = await InsistAsync(url, dispatch.Room.Name, sent, job, new JsonObject { ["answeredBy"] = verdict });
        var then = status == HttpStatusCode.OK ? (string?)JsonNode.Parse(answer)!["then"] : null;
        log.Tell("agent", $"{job} says that a {verdict} answered and is told {then ?? "nothing"}");
        return then;
    }

    /// <summary>A job uses a tool, until there is an answer. Tells what it was told; <c>null</c> where it cannot ask.</summary>
    public async Task<ToolTruth?> UseToolAsync(Dispatch dispatch, string job, string id, ToolStep step)
    {
        if (ToolsUrl is not { } url || DispatchMetadata.TryParse(dispatch.Metadata) is not { Epoch: > 0 } sent)
        {
            return null;
        }

        var (status, _, answer) = await InsistAsync(
            new Uri(url, step.Tool),
            dispatch.Room.Name,
            sent,
            job,
            new JsonObject { ["toolCallId"] = id, ["arguments"] = JsonNode.Parse(step.Arguments) });
        var told = status == HttpStatusCode.OK ? JsonNode.Parse(answer)! : null;
        var words = told?["say"] is { } say ? $", and may say “{say}”" : "";
        log.Tell("agent", $"{job} uses {step.Tool} and is told {told?["outcome"] ?? $"{(int?)status}"}{words}");
        return new ToolTruth(id, step.Tool, answer);
    }

    /// <summary>A job asks a question of its caller's. Tells the best passage; <c>null</c> where there is none.</summary>
    public async Task<string?> LookUpAsync(Dispatch dispatch, string job, string question)
    {
        if (KnowledgeUrl is not { } url || DispatchMetadata.TryParse(dispatch.Metadata) is not { Epoch: > 0 } sent)
        {
            return null;
        }

        var (status, _, answer) =
            await InsistAsync(url, dispatch.Room.Name, sent, job, new JsonObject { ["query"] = question, ["top_k"] = 1 });
        var passage = status == HttpStatusCode.OK ? JsonNode.Parse(answer)!["results"]!.AsArray().FirstOrDefault() : null;
        log.Tell("agent", $"{job} looks up “{question}” and is told {passage?["source"] ?? $"nothing ({(int?)status})"}");
        return (string?)passage?["text"];
    }

    public void Dispose() => http.Dispose();

    /// <summary>Asks until there is an answer; without a status where there never is.</summary>
    private async Task<(HttpStatusCode? Status, DateTimeOffset Asked, string Answer)> InsistAsync(
        Uri url, string room, DispatchMetadata sent, string job, JsonObject further)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var asked = time.Clock.GetUtcNow();
            var (status, answer) = await AskOnceAsync(url, room, sent, job, further);
            if (status is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
            {
                return (status, asked, answer);
            }

            await time.Delay(Pause, stopping);
        }

        return (null, default, "");
    }

    private async Task<(HttpStatusCode? Status, string Answer)> AskOnceAsync(
        Uri url, string room, DispatchMetadata sent, string job, JsonObject further)
    {
        var body = new JsonObject { ["callId"] = sent.CallId, ["fence"] = sent.Fence, ["epoch"] = sent.Epoch, ["job"] = job };
        foreach (var (name, value) in further)
        {
            body[name] = value?.DeepClone();
        }

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
            return (response.StatusCode, await response.Content.ReadAsStringAsync(stopping));
        }
        catch (HttpRequestException)
        {
            return (null, "");
        }
    }
}
