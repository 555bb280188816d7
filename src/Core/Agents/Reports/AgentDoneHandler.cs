using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Reports;

/// <summary>
/// Takes the word of an agent's job that it has finished, so that its call ends and is not taken for one that lost its agent. What the job
/// sends is what it sent for its lease.
/// </summary>
/// <param name="reports">Takes the word down.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class AgentDoneHandler(JobReports reports, ILogger<AgentDoneHandler> logger) : IGatewayHandler
{
    private static readonly GatewayResponse Done = GatewayResponse.Json(200, """{"done":true}"""u8);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentDone;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (LeaseRequest.Parse(request.Body, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        var (answer, _) = await reports.TakeAsync(
            asked, (LiveKitTokenClaims)request.Credential!, (state, now) => ReportOf(asked, state, now), cancellationToken);
        LogAnswered(asked.Job, asked.Epoch, asked.CallId, answer);
        return answer == LeaseAnswer.Granted ? Done : AgentLeaseHandler.Refusal(answer);
    }

    /// <summary>The event of the report; <c>null</c> where the job's epoch said so before.</summary>
    public static CallEvent? ReportOf(LeaseRequest job, CallState state, DateTimeOffset now) => state.Goodbyes.Of(job.Epoch) is null
        ? new CallEvent($"done:{job.Epoch}:{job.Job}", now, new CallFact.AgentDone(job.Job, job.Epoch))
        : null;

    [LoggerMessage(1604, LogLevel.Information, "Job {Job} of epoch {Epoch} of call {CallId} says that it has finished: {Answer}")]
    private partial void LogAnswered(string job, int epoch, CallId callId, LeaseAnswer answer);
}
