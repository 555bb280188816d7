using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Handoffs;

/// <summary>
/// Lets nobody speak over a handoff's human: puts the voice agents and their avatars out with their dispatches, or mutes what they publish,
/// as the route says; and hangs up on whoever else of the handoff still rings. Done only when LiveKit's list shows it.
/// </summary>
public sealed class AgentSilencer(ILiveKitApi liveKit, ParticipantMapper participants, AgentDispatcher agents)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Silences the agents.</summary>
    public async Task<EffectOutcome> SilenceAsync(
        EffectContext context, CallEffect.SilenceAgents effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        if (state.Handoff is not { Request.MutesAgent: var mutes } handoff)
        {
            return new EffectOutcome.TryAgain(Soon, "no_handoff");
        }

        if (!mutes && !await agents.ClearAsync(state, cancellationToken))
        {
            return new EffectOutcome.TryAgain(Soon, "clear");
        }

        var room = state.LiveCallers.First().Joined!.Room!;
        if (await liveKit.ListParticipantsAsync(room.Name, cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present })
        {
            return new EffectOutcome.TryAgain(Soon, "list_participants");
        }

        var legs = present.Select(participants.LegOf).ToList();
        var voices = present.Where(participant => state.Cast.IsVoice(participants.LegOf(participant), legs)).ToList();
        if (!mutes && voices.Count > 0)
        {
            return new EffectOutcome.TryAgain(Soon, "still_there");
        }

        if (!await AreAllDoneAsync(
            [
                .. legs.Where(leg => handoff.Owns(leg) && leg is { IsDialled: true, IsAnswered: false })
                    .Select(leg => liveKit.RemoveParticipantAsync(room.Name, leg.Identity, cancellationToken)),
                .. from agent in voices
                   from track in agent.Tracks
                   where track is { Type: LiveKitTrackType.Audio, IsMuted: false }
                   select liveKit.MuteTrackAsync(room.Name, agent.Identity, track.Sid, cancellationToken),
            ]))
        {
            return new EffectOutcome.TryAgain(Soon, "mute_or_remove");
        }

        var gone = mutes ? [] : state.LiveAgents.Where(agent => legs.TrueForAll(leg => leg.Sid != agent.Sid));
        return new EffectOutcome.Done(mutes ? "muted" : "removed")
        {
            Learnt = [.. gone.Select(agent =>
                InferredEvents.Left(agent.Leg!, room, context.Now, LiveKitDisconnectReason.ParticipantRemoved))],
        };
    }

    private static async Task<bool> AreAllDoneAsync(IReadOnlyList<Task<LiveKitOutcome<LiveKitDone>>> requests) =>
        (await Task.WhenAll(requests)).All(outcome => outcome is LiveKitOutcome<LiveKitDone>.Ok or LiveKitOutcome<LiveKitDone>.NotFound);
}
