using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Functions.Calls;

/// <summary>What the orchestration of a call has done, one activity for each kind so that its history reads as the story of the call. Any of them may run twice; the journal's claims see to the rest.</summary>
public sealed class CallActivities(VoiceGateway gateway)
{
    public const string Look = nameof(Look);
    public const string DispatchAgent = nameof(DispatchAgent);
    public const string RemoveSurplusAgents = nameof(RemoveSurplusAgents);
    public const string CallHuman = nameof(CallHuman);
    public const string Reconcile = nameof(Reconcile);
    public const string EndCall = nameof(EndCall);
    public const string Publish = nameof(Publish);
    public const string DeleteRoom = nameof(DeleteRoom);

    /// <summary>Looks into the journal for what is next.</summary>
    [Function(Look)]
    public async Task<Outlook> LookAsync([ActivityTrigger] LookOrder order, CancellationToken cancellationToken) =>
        new((await gateway.Steps.LookAsync(Parse(order.CallId), order.At, cancellationToken)).Decision);

    /// <summary>Sends an agent into the room.</summary>
    [Function(DispatchAgent)]
    public Task DispatchAgentAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Removes every agent but the first.</summary>
    [Function(RemoveSurplusAgents)]
    public Task RemoveSurplusAgentsAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Calls the route's human into the room.</summary>
    [Function(CallHuman)]
    public Task CallHumanAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Asks LiveKit who is there.</summary>
    [Function(Reconcile)]
    public Task ReconcileAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Declares the call over.</summary>
    [Function(EndCall)]
    public Task EndCallAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Tells what happened.</summary>
    [Function(Publish)]
    public Task PublishAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    /// <summary>Makes sure that the room is gone.</summary>
    [Function(DeleteRoom)]
    public Task DeleteRoomAsync([ActivityTrigger] EffectOrder order, CancellationToken cancellationToken) => RunAsync(order, cancellationToken);

    private Task RunAsync(EffectOrder order, CancellationToken cancellationToken) => gateway.Steps.RunAsync(Parse(order.CallId), order.Effect, order.At, cancellationToken);

    private static CallId Parse(string callId) => CallId.TryParse(callId, out var parsed) ? parsed : throw new ArgumentException("An orchestration of that name is no call's.", nameof(callId));
}
