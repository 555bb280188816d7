using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Bounds;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Reconciling;

/// <summary>Asks LiveKit who is in a call's room and infers the events whose webhooks got lost: LiveKit drops webhooks for good.</summary>
public sealed class Reconciler(ILiveKitApi liveKit, ParticipantMapper participants, PresenceDiff presence, RoomNaming naming)
{
    /// <summary>
    /// How long after its last event a room of ours with nobody but agents counts as abandoned: its caller may still be on the way.
    /// </summary>
    public static TimeSpan Abandonment { get; } = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(4);

    /// <summary>Compares LiveKit's answer with the state and gives the events that the journal lacks.</summary>
    public async Task<EffectOutcome> ReconcileAsync(
        EffectContext context, CallEffect.Reconcile effect, CancellationToken cancellationToken)
    {
        var (state, now) = (context.State, context.Now);
        var name = state.Rooms.Name ?? naming.NameOf(state.CallId);
        if (await liveKit.ListRoomsAsync([name], cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            return new EffectOutcome.TryAgain(Retry, "list_rooms");
        }

        var live = rooms.FirstOrDefault(room => room.Name == name);
        var learnt = state.Rooms.All
            .Where(room => room.Finished is null && room.Sid != live?.Sid && room.FirstSeen.At <= now - ParticipantMapper.ListLag)
            .Select(gone => InferredEvents.RoomFinished(new RoomSession(name, gone.Sid), now))
            .ToList();

        // A room that is another call's by now.
        if (live is null || !state.Owns(live, naming))
        {
            learnt.AddRange(CallersWhoCameAndWent(state, [], now));
            return new EffectOutcome.Done("no_room") { Learnt = learnt };
        }

        var listed = await liveKit.ListParticipantsAsync(name, cancellationToken);
        if (listed is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present })
        {
            return new EffectOutcome.TryAgain(Retry, "list_participants");
        }

        var session = new RoomSession(name, live.Sid);
        learnt.AddRange(presence.Diff(state, session, present, now));
        learnt.AddRange(CallersWhoCameAndWent(state, present, now));
        learnt.AddRange((await GhostsAsync(state, session, present, cancellationToken))
            .Select(leg => InferredEvents.Left(leg, session, now, LiveKitDisconnectReason.Unknown)));
        if (!state.IsCall && naming.IsOurs(name) && now - state.LastEventAt >= Abandonment && participants.AreMachines(present))
        {
            learnt.Add(InferredEvents.RoomAbandoned(session, state.Deletions.Count(), now));
        }

        return new EffectOutcome.Done("asked") { Learnt = learnt };
    }

    /// <summary>
    /// The legs that left while LiveKit's server was dead: it lists them for ever. It cannot reach them, and says so in the time in
    /// which it answers for the living.
    /// </summary>
    private async Task<IReadOnlyList<Leg>> GhostsAsync(
        CallState state, RoomSession room, IReadOnlyList<LiveKitParticipant> present, CancellationToken cancellationToken)
    {
        if (state.Rooms.Find(room.Sid) is not { } session
            || state.CrashedAt(session) is not { } crash
            || state.ReconciledAt >= crash + ReconcileRules.AfterCrash)
        {
            return [];
        }

        var doubtful = present.Select(participants.LegOf)
            .Where(leg => state.Legs.Find(leg.Sid) is { Since: var since } known && since < crash && state.IsLive(known))
            .ToList();
        var ghosts = await Task.WhenAll(doubtful.Select(async leg => (
            Leg: leg,
            IsGhost: await IsGhostAsync(room.Name, leg.Identity, cancellationToken)
                && await IsGhostAsync(room.Name, leg.Identity, cancellationToken))));
        return [.. ghosts.Where(asked => asked.IsGhost).Select(asked => asked.Leg)];
    }

    private async Task<bool> IsGhostAsync(string room, string identity, CancellationToken cancellationToken) =>
        await liveKit.ReachParticipantAsync(room, identity, cancellationToken)
            is LiveKitOutcome<LiveKitDone>.Unavailable or LiveKitOutcome<LiveKitDone>.Unknown or LiveKitOutcome<LiveKitDone>.NotFound;

    /// <summary>
    /// Callers whose audio was reported but whose joined and left webhooks both got lost, and who are gone: they left, so that the call
    /// gets an end. Only in a room of ours with no people in it: elsewhere an unknown phone may be anybody's.
    /// </summary>
    private IEnumerable<CallEvent> CallersWhoCameAndWent(CallState state, IReadOnlyList<LiveKitParticipant> present, DateTimeOffset now)
    {
        if (state.IsCall || !participants.AreMachines(present))
        {
            yield break;
        }

        foreach (var leg in state.Legs.All.Where(leg => leg is { Joined: null, Left: null, Aborted: null }))
        {
            if (leg.Audio is { Room: { } room, Fact: CallFact.AudioPublished heard } audio
                && audio.At <= now - ParticipantMapper.ListLag
                && ParticipantMapper.IsPhone(heard.Identity)
                && naming.IsOurs(room.Name))
            {
                var caller = new Leg(leg.Sid, heard.Identity, LegRole.Caller);
                yield return InferredEvents.Left(caller, room, now, LiveKitDisconnectReason.Unknown);
            }
        }
    }
}
