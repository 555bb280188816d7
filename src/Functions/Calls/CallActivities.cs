using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// What the orchestration of a call has done, one activity for each kind so that its history reads as the story of the call. Each answers
/// with what is next, so that the orchestration need not come back to ask. Any of them may run twice; the journal's claims see to the rest.
/// </summary>
public sealed class CallActivities(VoiceGateway gateway, TimeProvider timeProvider)
{
    /// <summary>How much too early a timer may fire: the Azure Storage provider rounds the time to wait down to whole seconds.</summary>
    public static readonly TimeSpan MostEarly = TimeSpan.FromSeconds(2);

    public const string Look = nameof(Look);
    public const string DispatchAgent = nameof(DispatchAgent);
    public const string RemoveSurplusAgents = nameof(RemoveSurplusAgents);
    public const string CallHuman = nameof(CallHuman);
    public const string Reconcile = nameof(Reconcile);
    public const string EndCall = nameof(EndCall);
    public const string Publish = nameof(Publish);
    public const string DeleteRoom = nameof(DeleteRoom);

    /// <summary>
    /// Looks into the journal for what is next. Where it is called before the time that it is asked about, it waits for that: a look that
    /// comes early would need another timer.
    /// </summary>
    [Function(Look)]
    public async Task<AdvanceResult> LookAsync([ActivityTrigger] AdvanceInput order, CancellationToken cancellationToken)
    {
        if (order.At - timeProvider.GetUtcNow() is var early && early > TimeSpan.Zero)
        {
            await Task.Delay(early < MostEarly ? early : MostEarly, timeProvider, cancellationToken);
        }

        return new AdvanceResult(await gateway.Steps.AdvanceAsync(Parse(order.CallId), order.At, cancellationToken));
    }

    /// <summary>Sends an agent into the room.</summary>
    [Function(DispatchAgent)]
    public Task<AdvanceResult> DispatchAgentAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Removes every agent but the first.</summary>
    [Function(RemoveSurplusAgents)]
    public Task<AdvanceResult> RemoveSurplusAgentsAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Calls the route's human into the room.</summary>
    [Function(CallHuman)]
    public Task<AdvanceResult> CallHumanAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Asks LiveKit who is there.</summary>
    [Function(Reconcile)]
    public Task<AdvanceResult> ReconcileAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Declares the call over.</summary>
    [Function(EndCall)]
    public Task<AdvanceResult> EndCallAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Tells what happened.</summary>
    [Function(Publish)]
    public Task<AdvanceResult> PublishAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Makes sure that the room is gone.</summary>
    [Function(DeleteRoom)]
    public Task<AdvanceResult> DeleteRoomAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    private async Task<AdvanceResult> RunAsync(EffectOrder order, CancellationToken cancellationToken) =>
        new(await gateway.Steps.AdvanceAsync(Parse(order.CallId), order.Effect, order.At, cancellationToken));

    private static CallId Parse(string callId) => CallId.TryParse(callId, out var parsed) ? parsed : throw new ArgumentException("An orchestration of that name is no call's.", nameof(callId));
}
