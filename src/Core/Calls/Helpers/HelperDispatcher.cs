using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Helpers;

/// <summary>
/// Sends a helper of the route into the room: one dispatch of its name. One that is listed already, whoever made it, is enough; a dispatch
/// of which nobody knows whether it was made is looked for before it is made again.
/// </summary>
public sealed class HelperDispatcher(ILiveKitApi liveKit)
{
    /// <summary>How often it is tried; the call goes on without.</summary>
    public const int MaxAttempts = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Dispatches the helper.</summary>
    public async Task<EffectOutcome> DispatchAsync(
        EffectContext context, CallEffect.DispatchHelper effect, CancellationToken cancellationToken)
    {
        var room = context.State.Rooms.Name!;
        if (await liveKit.ListDispatchesAsync(room, cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok { Value: var dispatches })
        {
            return Later(context, "list_dispatches");
        }

        if (dispatches.FirstOrDefault(dispatch => dispatch.AgentName == effect.Agent) is { } found)
        {
            return new EffectOutcome.Done($"found:{found.Id}");
        }

        var callId = context.State.CallId;
        var request = new LiveKitDispatchRequest(room, effect.Agent, DispatchMetadata.OfHelper(callId))
        {
            RequestId = CallId.Digest($"helper:{callId}:{effect.Agent}"),
        };
        return await liveKit.CreateDispatchAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitDispatch>.Ok { Value: var made } => new EffectOutcome.Done($"created:{made.Id}"),
            _ => Later(context, "create_dispatch"),
        };
    }

    private static EffectOutcome Later(EffectContext context, string reason) =>
        context.Attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(Soon, reason);
}
