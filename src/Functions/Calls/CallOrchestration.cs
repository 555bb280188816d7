using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// Follows a call until nothing more is to be done for it. Its instance id is the call's id. It keeps nothing itself, so it may be ended
/// and begun anew at any point.
/// <para>
/// A change of what it does in which order, of an activity's name or of <see cref="AdvanceInput"/> or
/// <see cref="AdvanceResult"/> needs a new <c>defaultVersion</c> in host.json and a branch on <c>context.Version</c> that leaves
/// the calls of the older version as they were begun.
/// </para>
/// </summary>
public static partial class CallOrchestration
{
    /// <summary>The orchestration's name.</summary>
    public const string Name = nameof(CallOrchestration);

    /// <summary>
    /// On how many decisions it acts before the history begins anew: about forty minutes of a quiet call, and four hundred rows, all of
    /// which each turn reads.
    /// </summary>
    public const int TurnsPerGeneration = 40;

    /// <summary>Follows one call.</summary>
    [Function(Name)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var logger = context.CreateReplaySafeLogger(Name);
        if (await CallWorkflow.RunAsync(new DurableCall(context), TurnsPerGeneration))
        {
            LogFinished(logger, context.InstanceId);
        }
        else
        {
            LogContinued(logger, context.InstanceId, TurnsPerGeneration);
            context.ContinueAsNew();
        }
    }

    [LoggerMessage(5101, LogLevel.Information, "There is nothing more to do for call {CallId}")]
    private static partial void LogFinished(ILogger logger, string callId);

    [LoggerMessage(5102, LogLevel.Debug, "Call {CallId} goes on with a new history after {Turns} turns")]
    private static partial void LogContinued(ILogger logger, string callId, int turns);
}
