using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing.Outbound;

namespace VoiceFunctions.Core.Agents.Answering;

/// <summary>
/// Takes an agent's word for who answered the phone that we called, a human or a machine, and tells the agent how to go on.
/// </summary>
/// <param name="answers">Takes the word down.</param>
/// <param name="plainPrefix">What the identities of agents begin with that join by a plain token; <c>null</c> where there are none.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class AnsweredByHandler(AnsweredBy answers, string? plainPrefix, ILogger<AnsweredByHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentAnsweredBy;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var token = (LiveKitTokenClaims)request.Credential!;
        if (LeaseRequest.Parse(request.Body, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if (AnsweredBy.Read(request.Body) is not { } word)
        {
            return Problem.BadParameter("answeredBy must be human, machine or unknown.");
        }

        var (answer, then) = AgentLease.IsOwn(token, asked.Job, plainPrefix)
            ? await answers.SayAsync(asked, word, token.Grants.Room, cancellationToken)
            : (LeaseAnswer.NotItsOwn, default);
        LogAnswered(asked.Job, asked.CallId, word, answer);
        return answer == LeaseAnswer.Granted ? Then(then) : AgentLeaseHandler.Refusal(answer);
    }

    private static GatewayResponse Then(MachineAction then) => new(200, "application/json", then switch
    {
        MachineAction.GoOn => """{"then":"go-on"}"""u8.ToArray(),
        MachineAction.HangUp => """{"then":"hang-up"}"""u8.ToArray(),
        MachineAction.LeaveMessage => """{"then":"leave-message"}"""u8.ToArray(),
        _ => throw new UnreachableException(),
    });

    [LoggerMessage(1606, LogLevel.Information, "Job {Job} of call {CallId} says that the phone was answered by {Who}: {Answer}")]
    private partial void LogAnswered(string job, CallId callId, string who, LeaseAnswer answer);
}
