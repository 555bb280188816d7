using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.SurplusAgents;

/// <summary>
/// Removes all voice agents except the lease holder (without a lease: the earliest to join), with their avatars. After a handover or the
/// end it removes all, and after the end also a human of ours whose phone still rings. Helpers stay. The result is the number removed.
/// </summary>
public sealed class SurplusAgentRemover(ILiveKitApi liveKit, ParticipantMapper participants, PresenceDiff presence)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>Lists the room's participants, and removes the surplus agents.</summary>
    public async Task<EffectOutcome> RemoveAsync(
        EffectContext context, CallEffect.RemoveSurplusAgents effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        var room = state.LiveAgents.Concat(state.LiveAvatars).Concat(state.LiveHumans).Select(leg => leg.Joined!.Room).First()!;
        var listed = await liveKit.ListParticipantsAsync(room.Name, cancellationToken);
        if (listed is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present })
        {
            return new EffectOutcome.TryAgain(Later, "list_participants");
        }

        var learnt = presence.Diff(state, room, present, context.Now).ToList();
        var surplus = SurplusOf(state, present);
        foreach (var leg in surplus)
        {
            var removed = await liveKit.RemoveParticipantAsync(room.Name, leg.Identity, cancellationToken);
            if (removed is not (LiveKitOutcome<LiveKitDone>.Ok or LiveKitOutcome<LiveKitDone>.NotFound))
            {
                return new EffectOutcome.TryAgain(Soon, "remove_participant") { Learnt = learnt };
            }

            learnt.Add(InferredEvents.Left(leg, room, context.Now, LiveKitDisconnectReason.ParticipantRemoved));
        }

        return new EffectOutcome.Done($"{surplus.Count}") { Learnt = learnt };
    }

    private List<Leg> SurplusOf(CallState state, IReadOnlyList<LiveKitParticipant> present)
    {
        var holder = AgentLease.HolderOf(state);
        var legs = present.Select(participants.LegOf).ToList();
        var agents = legs.Where(leg => state.Cast.PartOf(leg) == LegPart.VoiceAgent)
            .OrderByDescending(leg => holder is not null && LiveKitJob.IsIdentityOf(holder, leg.Identity))
            .ThenBy(leg => leg.JoinedAtMs)
            .ThenBy(leg => leg.Sid, StringComparer.Ordinal)
            .Skip(state.AgentsWanted)
            .ToList();
        var masters = state.AgentsWanted > 0 ? agents : [.. agents, .. state.Agents.Select(agent => agent.Leg!)];
        var avatars =
            legs.Where(leg => state.Cast.PartOf(leg) == LegPart.Avatar && masters.Exists(agent => agent.Identity == leg.OnBehalfOf));
        var ringing = legs.Where(leg => state.End is not null && leg is { Role: LegRole.Human, IsDialled: true, IsAnswered: false });
        return [.. agents, .. avatars, .. ringing];
    }
}
