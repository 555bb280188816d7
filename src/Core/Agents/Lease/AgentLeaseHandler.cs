using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>Answers an agent's job that asks whether it is the one that may speak. Its LiveKit token must be for the call's room.</summary>
public sealed partial class AgentLeaseHandler(AgentLeases leases, ILogger<AgentLeaseHandler> logger) : IGatewayHandler
{
    private static readonly GatewayResponse Granted = new(
        200,
        "application/json",
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $$"""{"lease":"granted","validSeconds":{{AgentLease.Validity.TotalSeconds}}}""")));

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentLease;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var grants = ((LiveKitTokenClaims)request.Credential!).Grants;
        if (LeaseRequest.Parse(request.Body, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        var answer = await leases.AskAsync(
            asked, room => grants is { RoomJoin: true } or { RoomAdmin: true } && grants.Room == room, cancellationToken);
        LogAnswered(asked.Job, answer, asked.Epoch, asked.CallId);
        return answer switch
        {
            LeaseAnswer.Granted => Granted,
            LeaseAnswer.UnknownCall => Problem.UnknownCall,
            LeaseAnswer.NotInvited => Problem.BadToken,
            LeaseAnswer.WrongFence => Problem.LeaseWrongFence,
            LeaseAnswer.Taken => Problem.LeaseTaken,
            LeaseAnswer.Superseded => Problem.LeaseSuperseded,
            LeaseAnswer.Undecided => Problem.LeaseUndecided,
            _ => throw new UnreachableException(),
        };
    }

    [LoggerMessage(1602, LogLevel.Information, "Job {Job} asked for lease {Epoch} of call {CallId}: {Answer}")]
    private partial void LogAnswered(string job, LeaseAnswer answer, int epoch, CallId callId);
}
