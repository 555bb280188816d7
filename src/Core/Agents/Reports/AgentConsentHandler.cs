using System.Text.Json;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Reports;

/// <summary>
/// Takes the caller's answer from the voice agent, so that a call is recorded only if they agree, and no longer when they change their
/// mind. What the job sends is what it sent for its lease, and <c>granted</c>.
/// </summary>
/// <param name="reports">Takes the answer down.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class AgentConsentHandler(JobReports reports, ILogger<AgentConsentHandler> logger) : IGatewayHandler
{
    private static readonly GatewayResponse Yes = GatewayResponse.Json(200, """{"consent":true}"""u8);
    private static readonly GatewayResponse No = GatewayResponse.Json(200, """{"consent":false}"""u8);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentConsent;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (JsonRequest.ReadFields<Consent>(request.Body, Consent.Read, out var error) is not var (asked, granted))
        {
            return Problem.BadParameter(error);
        }

        var (answer, _) = await reports.TakeAsync(
            asked, (LiveKitTokenClaims)request.Credential!, (state, now) => ReportOf(asked, granted, state, now), cancellationToken);
        LogAnswered(asked.Job, asked.Epoch, asked.CallId, granted, answer);
        return answer == LeaseAnswer.Granted ? granted ? Yes : No : AgentLeaseHandler.Refusal(answer);
    }

    /// <summary>
    /// Named after the answer that it changes: said twice it is stored once, and an answer that comes back is another one.
    /// </summary>
    private static CallEvent? ReportOf(LeaseRequest job, bool granted, CallState state, DateTimeOffset now)
    {
        if (state.Recordings.HasConsent == granted)
        {
            return null;
        }

        var before = CallId.Digest(state.Recordings.Consent?.Id ?? "")[..13];
        return new CallEvent(
            $"consent:{job.Epoch}:{job.Job}:{(granted ? "yes" : "no")}:{before}",
            now,
            new CallFact.ConsentGiven(job.Job, job.Epoch, granted));
    }

    /// <summary>What the job says.</summary>
    private sealed record Consent(LeaseRequest Job, bool Granted)
    {
        public static Consent? Read(JsonElement json, out string error)
        {
            if (LeaseRequest.Read(json, out error) is not { } job)
            {
                return null;
            }

            if (json.TryGetProperty("granted", out var granted) && granted.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                return new Consent(job, granted.GetBoolean());
            }

            error = "granted is missing or neither true nor false.";
            return null;
        }
    }

    [LoggerMessage(
        1605, LogLevel.Information, "Job {Job} of epoch {Epoch} of call {CallId} says that the caller's consent is {Granted}: {Answer}")]
    private partial void LogAnswered(string job, int epoch, CallId callId, bool granted, LeaseAnswer answer);
}
