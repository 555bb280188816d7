using Microsoft.DurableTask;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// One call's workflow in an orchestration. Keeps exactly one WaitForExternalEvent pending: an abandoned or timed-out wait would consume
/// the next event (microsoft/durabletask-dotnet#801).
/// </summary>
internal sealed class DurableCall(TaskOrchestrationContext context) : ICallContext
{
    /// <summary>The name of the event that wakes a call's orchestration. It carries nothing.</summary>
    public const string Signal = "poke";

    /// <summary>
    /// About three minutes in which the journal may be away. After that the orchestration fails, and the sweeper begins it anew.
    /// </summary>
    private static readonly TaskOptions Patience = TaskOptions.FromRetryPolicy(
        new RetryPolicy(
            maxNumberOfAttempts: 9,
            firstRetryInterval: TimeSpan.FromSeconds(1),
            backoffCoefficient: 2,
            maxRetryInterval: TimeSpan.FromSeconds(30)));

    private Task<string?> signal = WaitForSignal(context);

    private DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public Task<CallDecision> DecideAsync() => LookAsync(Now);

    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        TakeSignals();
        return (await context.CallActivityAsync<AdvanceResult>(effect.Name, new AdvanceInput(context.InstanceId, Now), Patience)).Decision;
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        if (signal.IsCompleted)
        {
            return await LookAsync(Now);
        }

        using var signalled = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, signalled.Token);
        if (await Task.WhenAny(signal, timer) == signal)
        {
#pragma warning disable CA1849 // CancelAsync leaves the orchestrator's thread, on which everything must stay.
            signalled.Cancel();
#pragma warning restore CA1849
            return await LookAsync(Now);
        }

        // Whatever the provider rounds, the timer was for that time: asked about an earlier one, the policy would
        // only say that it is not due yet.
        return await LookAsync(Now > until ? Now : until);
    }

    private async Task<CallDecision> LookAsync(DateTimeOffset at)
    {
        TakeSignals();
        return (await context.CallActivityAsync<AdvanceResult>(
            CallActivities.Look, new AdvanceInput(context.InstanceId, at), Patience)).Decision;
    }

    /// <summary>Signals that are here already are answered by the look that comes now.</summary>
    private void TakeSignals()
    {
        while (signal.IsCompleted)
        {
            signal = WaitForSignal(context);
        }
    }

    private static Task<string?> WaitForSignal(TaskOrchestrationContext context) => context.WaitForExternalEvent<string?>(Signal);
}
