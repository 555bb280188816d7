using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Goodbye;

/// <summary>
/// Takes the word of an agent's job that it has finished, so that its call ends and is not taken for one that lost its agent. What the job
/// sends is what it sent for its lease.
/// </summary>
/// <param name="goodbyes">Takes the word down.</param>
/// <param name="plainPrefix">What the identities of agents begin with that join by a plain token; <c>null</c> where there are none.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class AgentDoneHandler(AgentGoodbye goodbyes, string? plainPrefix, ILogger<AgentDoneHandler> logger) : IGatewayHandler
{
    private static readonly GatewayResponse Done = new(200, "application/json", """{"done":true}"""u8.ToArray());

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentDone;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var token = (LiveKitTokenClaims)request.Credential!;
        if (LeaseRequest.Parse(request.Body, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        var answer = AgentLease.IsOwn(token, asked.Job, plainPrefix)
            ? await goodbyes.SayAsync(asked, token.Grants.Room, cancellationToken)
            : LeaseAnswer.NotItsOwn;
        LogAnswered(asked.Job, asked.Epoch, asked.CallId, answer);
        return answer == LeaseAnswer.Granted ? Done : AgentLeaseHandler.Refusal(answer);
    }

    [LoggerMessage(1604, LogLevel.Information, "Job {Job} of epoch {Epoch} of call {CallId} says that it has finished: {Answer}")]
    private partial void LogAnswered(string job, int epoch, CallId callId, LeaseAnswer answer);
}
