using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Outbound;

namespace VoiceFunctions.Core.Agents.Reports;

/// <summary>
/// Takes an agent's word for who answered the phone that we called, a human or a machine, and tells the agent what the call's route has
/// for that. What the job sends is what it sent for its lease, and <c>answeredBy</c>.
/// </summary>
/// <param name="reports">Takes the word down.</param>
/// <param name="routes">Say what is done about a machine.</param>
/// <param name="logger">Is told each answer.</param>
public sealed partial class AnsweredByHandler(JobReports reports, RouteTable routes, ILogger<AnsweredByHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AgentAnsweredBy;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (JsonRequest.ReadFields<Verdict>(request.Body, Verdict.Read, out var error) is not var (asked, word))
        {
            return Problem.BadParameter(error);
        }

        var (answer, state) = await reports.TakeAsync(
            asked, (LiveKitTokenClaims)request.Credential!, (_, now) => ReportOf(asked, word, now), cancellationToken);
        LogAnswered(asked.Job, asked.CallId, word, answer);
        return answer == LeaseAnswer.Granted ? Then(NextFor(state!)) : AgentLeaseHandler.Refusal(answer);
    }

    private static CallEvent ReportOf(LeaseRequest job, string word, DateTimeOffset now) =>
        new($"answered_by:{job.Epoch}:{word}", now, new CallFact.CalleeVerdict(job.Job, job.Epoch, word));

    /// <summary>The first certain word counts, which need not be this one.</summary>
    private MachineAction NextFor(CallState state) =>
        state is { Requests.IsOutbound: true, Verdicts.AnsweredBy: CallFact.CalleeVerdict.Machine }
            ? routes.Find(RouteQuery.Of(state)).Timeouts.Outbound.WhenMachine
            : MachineAction.GoOn;

    private static GatewayResponse Then(MachineAction then) => GatewayResponse.Json(200, then switch
    {
        MachineAction.GoOn => """{"then":"go-on"}"""u8,
        MachineAction.HangUp => """{"then":"hang-up"}"""u8,
        MachineAction.LeaveMessage => """{"then":"leave-message"}"""u8,
        _ => throw new UnreachableException(),
    });

    /// <summary>What the job says.</summary>
    private sealed record Verdict(LeaseRequest Job, string Word)
    {
        private static readonly string[] Words =
            [CallFact.CalleeVerdict.Human, CallFact.CalleeVerdict.Machine, CallFact.CalleeVerdict.Unknown];

        public static Verdict? Read(JsonElement json, out string error)
        {
            if (LeaseRequest.Read(json, out error) is not { } job)
            {
                return null;
            }

            var word = JsonRequest.TextOf(json, "answeredBy");
            error = Words.Contains(word) ? "" : "answeredBy must be human, machine or unknown.";
            return error.Length == 0 ? new Verdict(job, word!) : null;
        }
    }

    [LoggerMessage(1606, LogLevel.Information, "Job {Job} of call {CallId} says that the phone was answered by {Who}: {Answer}")]
    private partial void LogAnswered(string job, CallId callId, string who, LeaseAnswer answer);
}
