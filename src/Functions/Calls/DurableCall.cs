using System.Diagnostics;
using Microsoft.DurableTask;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// One call's workflow in an orchestration. There is always exactly one outstanding wait for a poke, made anew only after it was answered: an abandoned one would swallow the next poke, and so
/// would one with a timeout.
/// </summary>
internal sealed class DurableCall(TaskOrchestrationContext context) : ICallContext
{
    /// <summary>The name of the event that wakes a call's orchestration. It carries nothing.</summary>
    public const string Poke = "poke";

    /// <summary>About three minutes in which the journal may be away. After that the orchestration fails, and the sweeper begins it anew.</summary>
    private static readonly TaskOptions Patience = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 9, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));

    private Task<string?> poke = WaitForPoke(context);

    private DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public async Task<CallDecision> DecideAsync()
    {
        // Pokes that are here already are answered by this look.
        while (poke.IsCompleted)
        {
            poke = WaitForPoke(context);
        }

        return (await context.CallActivityAsync<Outlook>(CallActivities.Look, new LookOrder(context.InstanceId, Now), Patience)).Decision;
    }

    public Task RunAsync(CallEffect effect) => context.CallActivityAsync(ActivityFor(effect), new EffectOrder(context.InstanceId, Now, effect), Patience);

    public async Task WaitAsync(DateTimeOffset until)
    {
        if (poke.IsCompleted)
        {
            return;
        }

        using var poked = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, poked.Token);
        if (await Task.WhenAny(poke, timer) == poke)
        {
#pragma warning disable CA1849 // CancelAsync leaves the orchestrator's thread, on which everything must stay.
            poked.Cancel();
#pragma warning restore CA1849
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
