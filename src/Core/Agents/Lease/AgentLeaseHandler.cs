using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>
/// Answers an agent's job that asks whether it is the one that may speak. Its LiveKit token must be its own, for the call's room.
/// </summary>
/// <param name="leases">Gives leases out.</param>
/// <param name="plainPrefix">What the identities of agents begin with that join by a plain token; <c>null</c> where there are none.</param>
/// <param name="logger">Is told each answer: Information for a call's own agents, Debug for everybody else.</param>
public sealed partial class AgentLeaseHandler(AgentLeases leases, string? plainPrefix, ILogger<AgentLeaseHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentLease;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var token = (LiveKitTokenClaims)request.Credential!;
        if (LeaseRequest.Parse(request.Body, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        var reply = AgentLease.IsOwn(token, asked.Job, plainPrefix)
            ? await leases.AskAsync(asked, token.Grants.Room, cancellationToken)
            : new LeaseReply(LeaseAnswer.NotItsOwn, TimeSpan.Zero);
        Note(asked, reply.Answer);
        return reply.Answer == LeaseAnswer.Granted ? Granted(reply) : Refusal(reply.Answer);
    }

    /// <summary>The answer to a job that is told no.</summary>
    internal static GatewayResponse Refusal(LeaseAnswer answer) => answer switch
    {
        LeaseAnswer.UnknownCall => Problem.UnknownCall,
        LeaseAnswer.NotItsOwn or LeaseAnswer.NotInvited => Problem.BadToken,
        LeaseAnswer.WrongFence => Problem.LeaseWrongFence,
        LeaseAnswer.Taken => Problem.LeaseTaken,
        LeaseAnswer.Superseded => Problem.LeaseSuperseded,
        LeaseAnswer.Undecided => Problem.LeaseUndecided,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whole milliseconds, rounded down: the job must not believe in more than it has.</summary>
    private static GatewayResponse Granted(LeaseReply reply) => GatewayResponse.Json(
        200,
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"lease":"granted","validSeconds":{{Seconds(reply.Validity)}}{{Renewal(reply)}}}""")));

    private static string Renewal(LeaseReply reply) =>
        reply.RenewIn is { } time ? string.Create(CultureInfo.InvariantCulture, $",\"renewSeconds\":{Seconds(time)}") : "";

    private static double Seconds(TimeSpan time) => Math.Floor(time.TotalMilliseconds) / 1000;

    private void Note(LeaseRequest asked, LeaseAnswer answer)
    {
        if (answer is LeaseAnswer.NotItsOwn or LeaseAnswer.NotInvited or LeaseAnswer.UnknownCall)
        {
            LogNotInvited(asked.Job, answer, asked.CallId);
        }
        else
        {
            LogAnswered(asked.Job, answer, asked.Epoch, asked.CallId);
        }

        if (answer != LeaseAnswer.Granted)
        {
            GatewayMeter.AgentLeaseRefused.Add(1, new KeyValuePair<string, object?>("reason", ReasonOf(answer)));
        }
    }

    private static string ReasonOf(LeaseAnswer answer) => answer switch
    {
        LeaseAnswer.UnknownCall => "unknown_call",
        LeaseAnswer.NotItsOwn => "not_its_own_token",
        LeaseAnswer.NotInvited => "other_room",
        LeaseAnswer.WrongFence => "wrong_fence",
        LeaseAnswer.Taken => "taken",
        LeaseAnswer.Superseded => "superseded",
        LeaseAnswer.Undecided => "undecided",
        _ => throw new UnreachableException(),
    };

    [LoggerMessage(1602, LogLevel.Information, "Job {Job} asked for lease {Epoch} of call {CallId}: {Answer}")]
    private partial void LogAnswered(string job, LeaseAnswer answer, int epoch, CallId callId);

    [LoggerMessage(1603, LogLevel.Debug, "Job {Job} asked for a lease of call {CallId} with a token that is not for it: {Answer}")]
    private partial void LogNotInvited(string job, LeaseAnswer answer, CallId callId);
}
