using System.Text.Json;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Agents.Reports;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Tools;

/// <summary>
/// Uses a tool of the tenant's for an agent's job that holds the call's lease. A tool that does not serve is an answer too, with a sentence
/// that the agent may say; a problem says that the request was wrong.
/// </summary>
/// <param name="reports">Tell whether the job may ask.</param>
/// <param name="tenancy">Tells whose the call is.</param>
/// <param name="tools">The tools.</param>
/// <param name="backends">Check arguments and ask; <c>null</c> where the host has none, so that there are no tools.</param>
/// <param name="desk">Sees to it that each tool call is one.</param>
/// <param name="logger">Is told each answer, without what was sent and answered.</param>
public sealed partial class ToolHandler(
    JobReports reports, CallTenancy tenancy, ToolTable tools, IToolBackends? backends, ToolDesk? desk, ILogger<ToolHandler> logger)
    : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Tool;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (ToolAsk.Parse(request.Body, out var error) is not { } ask)
        {
            return Problem.BadParameter(error);
        }

        var (answer, found) = await reports.FindAsync(ask.Job, (LiveKitTokenClaims)request.Credential!, cancellationToken);
        if (answer != LeaseAnswer.Granted || found is not { } state)
        {
            return AgentLeaseHandler.Refusal(answer);
        }

        if (state.End is not null)
        {
            return Refused("call_over", Problem.ToolTooLate);
        }

        if (backends is null || desk is null || tools.Find(tenancy.TenantOf(state), Route.ParameterOf(request.RawPath)) is not { } tool)
        {
            return Refused("unknown_tool", Problem.UnknownTool);
        }

        if (backends.FaultOf(tool, ask.Arguments) is { } fault)
        {
            return Refused("bad_arguments", Problem.BadToolArguments(fault));
        }

        switch (await desk.AskAsync(tool, ask, state, cancellationToken))
        {
            case ToolRun.Answered { Answer: var told }:
                LogAnswered(tool.Name, ask.ToolCall, state.CallId, told.Outcome, told.Seconds);
                return AnswerOf(tool, told);
            case ToolRun.Reused:
                return Refused("reused_id", Problem.ToolCallReused);
            default:
                return Refused("too_many", Problem.TooManyToolCalls);
        }
    }

    private static GatewayResponse Refused(string reason, GatewayResponse problem)
    {
        GatewayMeter.ToolRefused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        return problem;
    }

    private static GatewayResponse AnswerOf(Tool tool, CallFact.ToolAnswered told) => GatewayResponse.Json(
        200,
        new ToolAnswerJson(told.ToolCall, told.Tool, told.Outcome, told.Seconds)
        {
            Status = told.Status,
            Result = told.Result is { } result ? JsonElement.Parse(result) : null,
            Say = told.Outcome == ToolOutcome.Done ? null : tool.SpeakableError,
        },
        ToolAnswerContext.Default.ToolAnswerJson);

    [LoggerMessage(1651, LogLevel.Information, "Tool {Tool} was used as {ToolCall} in call {CallId}: {Outcome} after {Seconds} s")]
    private partial void LogAnswered(string tool, string toolCall, CallId callId, string outcome, double seconds);
}
