using System.Diagnostics;
using Microsoft.DurableTask;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// One call's workflow in an orchestration. There is always exactly one outstanding wait for a poke, made anew only after it was answered:
/// an abandoned one would swallow the next poke, and so would one with a timeout.
/// </summary>
internal sealed class DurableCall(TaskOrchestrationContext context) : ICallContext
{
    /// <summary>The name of the event that wakes a call's orchestration. It carries nothing.</summary>
    public const string Poke = "poke";

    /// <summary>
    /// About three minutes in which the journal may be away. After that the orchestration fails, and the sweeper begins it anew.
    /// </summary>
    private static readonly TaskOptions Patience = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 9, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));

    private Task<string?> poke = WaitForPoke(context);

    private DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public Task<CallDecision> DecideAsync() => LookAsync(Now);

    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        TakePokes();
        return (await context.CallActivityAsync<Outlook>(ActivityFor(effect), new EffectOrder(context.InstanceId, Now, effect), Patience)).Decision;
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        if (poke.IsCompleted)
        {
            return await LookAsync(Now);
        }

        using var poked = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, poked.Token);
        if (await Task.WhenAny(poke, timer) == poke)
        {
#pragma warning disable CA1849 // CancelAsync leaves the orchestrator's thread, on which everything must stay.
            poked.Cancel();
#pragma warning restore CA1849
            return await LookAsync(Now);
        }

        // Whatever the provider rounds, the timer was for that time: asked about an earlier one, the policy would only say that it is not due yet.
        return await LookAsync(Now > until ? Now : until);
    }

    private async Task<CallDecision> LookAsync(DateTimeOffset at)
    {
        TakePokes();
        return (await context.CallActivityAsync<Outlook>(CallActivities.Look, new LookOrder(context.InstanceId, at), Patience)).Decision;
    }

    /// <summary>Pokes that are here already are answered by the look that comes now.</summary>
    private void TakePokes()
    {
        while (poke.IsCompleted)
        {
            poke = WaitForPoke(context);
        }
    }

    private static Task<string?> WaitForPoke(TaskOrchestrationContext context) => context.WaitForExternalEvent<string?>(Poke);

    /// <summary>The name of the activity that does an effect.</summary>
    internal static string ActivityFor(CallEffect effect) => effect switch
    {
        CallEffect.DispatchAgent => CallActivities.DispatchAgent,
        CallEffect.RemoveSurplusAgents => CallActivities.RemoveSurplusAgents,
        CallEffect.CallHuman => CallActivities.CallHuman,
        CallEffect.Reconcile => CallActivities.Reconcile,
        CallEffect.EndCall => CallActivities.EndCall,
        CallEffect.Publish => CallActivities.Publish,
        CallEffect.DeleteRoom => CallActivities.DeleteRoom,
        _ => throw new UnreachableException(),
    };
}
