using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Reconciling;

/// <summary>Asks LiveKit who is in a call's room and concludes what no webhook told: LiveKit drops webhooks for good.</summary>
public sealed class Reconciler(ILiveKitApi liveKit, ParticipantMapper legs, string roomPrefix)
{
    /// <summary>How old a presence must be before its absence counts: LiveKit's list and its webhooks are not written at the same instant.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after the last news a room of ours in which nobody but agents is counts as abandoned: whoever opened it may still be on the way.</summary>
    public static TimeSpan Abandonment { get; } = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(4);

    /// <summary>Compares LiveKit's answer with the state and gives what is missing in the journal.</summary>
    public async Task<EffectOutcome> ReconcileAsync(CallState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = state.RoomName ?? state.CallId.RoomName(roomPrefix);
        if (await liveKit.ListRoomsAsync([name], cancellationToken) is not LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            return new EffectOutcome.TryAgain(Retry, "list_rooms");
        }

        var learnt = new List<CallEvent>();
        var live = rooms.FirstOrDefault(room => room.Name == name);
        foreach (var gone in state.Rooms.Values.Where(room => room.Finished is null && room.Sid != live?.Sid && room.FirstSeen.At <= now - Settling))
        {
            learnt.Add(InferredEvents.RoomFinished(new RoomSession(name, gone.Sid), now));
        }

        // A room of a foreign name that lives under another sid is another call's.
        if (live is null || CallId.ForRoom(roomPrefix, live.Name, live.Sid) != state.CallId)
        {
            learnt.AddRange(Unnoticed(state, [], now));
            return new EffectOutcome.Done("no_room") { Learnt = learnt };
        }

        if (await liveKit.ListParticipantsAsync(name, cancellationToken) is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var participants })
        {
            return new EffectOutcome.TryAgain(Retry, "list_participants");
        }

        var session = new RoomSession(name, live.Sid);
        learnt.AddRange(Diff(state, session, participants, now));
        learnt.AddRange(Unnoticed(state, participants, now));
        if (!state.IsCall && CallId.IsOurRoom(roomPrefix, name) && now - state.LastEventAt >= Abandonment && legs.AreMachines(participants))
        {
            learnt.Add(InferredEvents.RoomAbandoned(state, session, now));
        }

        return new EffectOutcome.Done("asked") { Learnt = learnt };
    }

    /// <summary>
    /// The callers of a room of ours whose joining and leaving nobody told, but who were heard, and are gone with everybody else: theirs was a call. An unknown phone in a room where people still are may be
    /// anybody's.
    /// </summary>
    private IEnumerable<CallEvent> Unnoticed(CallState state, IReadOnlyList<LiveKitParticipant> participants, DateTimeOffset now)
    {
        if (state.IsCall || !legs.AreMachines(participants))
        {
            yield break;
        }

        foreach (var leg in state.Legs.Values.Where(leg => leg is { Joined: null, Left: null, Aborted: null }))
        {
            if (leg.Audio is { Room: { } room, Fact: CallFact.AudioPublished heard } audio
                && audio.At <= now - Settling
                && ParticipantMapper.IsPhone(heard.Identity)
                && CallId.IsOurRoom(roomPrefix, room.Name))
            {
                yield return InferredEvents.Left(new Leg(leg.Sid, heard.Identity, LegRole.Caller), room, now, LiveKitDisconnectReason.Unknown);
            }
        }
    }

    /// <summary>What the list of participants tells that the state does not know.</summary>
    public IEnumerable<CallEvent> Diff(CallState state, RoomSession room, IReadOnlyList<LiveKitParticipant> participants, DateTimeOffset now)
    {
        foreach (var leg in participants.Where(participant => participant.State == LiveKitParticipantState.Active).Select(legs.Of))
        {
            var life = state.Legs.GetValueOrDefault(leg.Sid);
            if (life is null or { Joined: null, Left: null })
            {
                yield return InferredEvents.Joined(leg, room, now);
            }
        }

        foreach (var participant in participants.Where(participant => participant.HasAudioTrack && state.Legs.GetValueOrDefault(participant.Sid)?.Audio is null))
        {
            yield return InferredEvents.Audio(legs.Of(participant), room, now);
        }

        foreach (var leg in participants.Select(legs.Of).Where(leg => leg.IsAnsweredHuman && state.Legs.GetValueOrDefault(leg.Sid)?.Answered is null))
        {
            yield return InferredEvents.Answered(leg, room, now);
        }

        foreach (var gone in state.Legs.Values.Where(state.IsLive).Where(leg => leg.RoomSid == room.Sid && leg.Since <= now - Settling))
        {
            if (participants.All(participant => participant.Sid != gone.Sid))
            {
                yield return InferredEvents.Left(gone.Leg!, room, now, LiveKitDisconnectReason.Unknown);
            }
        }
    }
}
