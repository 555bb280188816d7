using System.Diagnostics;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Agents.Reports;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>
/// Answers a question out of a tenant's documents: to the tenant, and to the agent of one of its calls, which sends its LiveKit token and
/// what it sent for its lease.
/// </summary>
/// <param name="desk">Leads to the store.</param>
/// <param name="reports">Finds the call of the agent's job.</param>
/// <param name="tenancy">Tells whose it is.</param>
/// <param name="timeProvider">Measures how long it takes.</param>
internal sealed class RagQueryHandler(KnowledgeDesk desk, JobReports reports, CallTenancy tenancy, TimeProvider timeProvider)
    : IGatewayHandler
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.RagQuery;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        var token = request.Credential as LiveKitTokenClaims;
        if (RagRequest.Parse(request.Body, token is not null, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        using var span = GatewaySpans.RagQuery(asked.Job?.CallId);
        var (tenant, refusal) = token is null
            ? (((ApiCaller)request.Credential!).Tenant, null)
            : await TenantOfAsync(token, asked.Job!, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        if (asked.Tenant is not null && asked.Tenant != tenant)
        {
            return Problem.OtherTenant;
        }

        return await MeasuredAsync(span, began, () => desk.AskAsync(async store =>
        {
            var hits = await store.SearchAsync(tenant!, asked.Question, cancellationToken);
            GatewayMeter.KnowledgeHits.Record(hits.Count);
            span?.SetTag(GatewaySpans.HitsAttribute, hits.Count);
            var took = Math.Round(timeProvider.GetElapsedTime(began).TotalMilliseconds, 2);
            return GatewayResponse.Json(200, new RagAnswer([.. hits.Select(ResultOf)], took), KnowledgeJson.Default.RagAnswer);
        }));
    }

    /// <summary>Counts a question, and how long it took, also one that fails.</summary>
    private async ValueTask<GatewayResponse> MeasuredAsync(Activity? span, long began, Func<ValueTask<GatewayResponse>> ask)
    {
        var outcome = "failed";
        try
        {
            var answer = await ask();
            outcome = answer.Status == 200 ? "ok" : answer.Status == 503 ? "unavailable" : outcome;
            return answer;
        }
        finally
        {
            GatewayMeter.KnowledgeQueryDuration.Record(
                timeProvider.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
            span?.SetTag("voicefunctions.outcome", outcome).SetStatus(
                outcome == "ok" ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        }
    }

    /// <summary>The tenant of an agent's call, where the agent is the one of that call.</summary>
    private async Task<(string? Tenant, GatewayResponse? Refusal)> TenantOfAsync(
        LiveKitTokenClaims token, LeaseRequest job, CancellationToken cancellationToken)
    {
        var (answer, state) = await reports.FindAsync(job, token, cancellationToken);
        return answer != LeaseAnswer.Granted ? (null, AgentLeaseHandler.Refusal(answer))
            : tenancy.TenantOf(state!) is { } tenant ? (tenant, null)
            : (null, Problem.NoTenant);
    }

    private static RagResult ResultOf(KnowledgeHit hit) => new(
        hit.Text,
        hit.Source,
        Math.Round(hit.Score, 4),
        hit.DocumentId,
        hit.Metadata is null ? Nothing : JsonElement.Parse(hit.Metadata));
}
