using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.CallerRemoval;

/// <summary>
/// Removes the call's own callers from a room that other people keep. Removing somebody who is gone is success, so an attempt that died
/// half-way is simply made again. The result is the number removed.
/// </summary>
public sealed class CallerRemover(ILiveKitApi liveKit)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Removes them.</summary>
    public async Task<EffectOutcome> RemoveAsync(EffectContext context, CallEffect.DropCallers effect, CancellationToken cancellationToken)
    {
        var learnt = new List<CallEvent>();
        foreach (var caller in context.State.OwnLiveCallers)
        {
            var room = caller.Joined!.Room!;
            if (await liveKit.RemoveParticipantAsync(room.Name, caller.Leg!.Identity, cancellationToken)
                is not (LiveKitOutcome<LiveKitDone>.Ok or LiveKitOutcome<LiveKitDone>.NotFound))
            {
                return new EffectOutcome.TryAgain(Soon, "remove_participant") { Learnt = learnt };
            }

            learnt.Add(InferredEvents.Left(caller.Leg, room, context.Now, LiveKitDisconnectReason.ParticipantRemoved));
        }

        return new EffectOutcome.Done($"{learnt.Count}") { Learnt = learnt };
    }
}
