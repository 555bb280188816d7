using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Bounds;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Presence;

/// <summary>What LiveKit's list of a room's participants shows and the journal does not know.</summary>
public sealed class PresenceDiff(ParticipantMapper participants)
{
    /// <summary>The events whose webhooks were lost, have not come yet, or were never the gateway's.</summary>
    public IEnumerable<CallEvent> Diff(CallState state, RoomSession room, IReadOnlyList<LiveKitParticipant> present, DateTimeOffset now)
    {
        foreach (var leg in present.Where(participant => participant.State == LiveKitParticipantState.Active).Select(participants.LegOf))
        {
            if (state.Legs.Find(leg.Sid) is null or { Joined: null, Left: null } && MayLearn(state, leg))
            {
                yield return InferredEvents.Joined(leg, room, now);
            }
        }

        foreach (var learnt in present.SelectMany(participant => Tracks(state, room, participant, now)))
        {
            yield return learnt;
        }

        foreach (var leg in present.Select(participants.LegOf).Where(leg => leg.IsAnswered))
        {
            if (state.Legs.Find(leg.Sid)?.Answered is null)
            {
                yield return InferredEvents.Answered(leg, room, now);
            }
        }

        var settled = now - ParticipantMapper.ListLag;
        foreach (var gone in state.Legs.All.Where(state.IsLive).Where(leg => leg.RoomSid == room.Sid && leg.Since <= settled))
        {
            if (present.All(participant => participant.Sid != gone.Sid))
            {
                yield return InferredEvents.Left(gone.Leg!, room, now, LiveKitDisconnectReason.Unknown);
            }
        }
    }

    /// <summary>
    /// The audio tracks that a participant began or ceased to publish. One that is muted from the beginning is heard only when it no longer
    /// is; whoever mutes it later still takes part.
    /// </summary>
    private IEnumerable<CallEvent> Tracks(CallState state, RoomSession room, LiveKitParticipant participant, DateTimeOffset now)
    {
        var leg = participants.LegOf(participant);
        var known = state.Legs.Find(leg.Sid);
        var listed = participant.Tracks.Where(track => track.Type == LiveKitTrackType.Audio).ToList();
        if (known is { Tracks.Count: >= CallHearing.ToggledTracks }
            || known?.Tracks.ContainsKey("") == true
            || (known is null && !MayLearn(state, leg)))
        {
            yield break;
        }

        foreach (var track in listed.Where(track => !track.IsMuted && known?.Tracks.GetValueOrDefault(track.Sid)?.Published is null))
        {
            yield return InferredEvents.Audio(leg, track.Sid, room, now);
        }

        var settled = now - ParticipantMapper.ListLag;
        var unlisted = known?.Tracks.Where(track => track.Key.Length > 0 && !listed.Exists(one => one.Sid == track.Key));
        foreach (var (sid, track) in unlisted ?? [])
        {
            if (track is { Unpublished: null, Published: { } published }
                && published.At <= settled
                && participant.State == LiveKitParticipantState.Active)
            {
                yield return InferredEvents.NoAudio(leg, sid, room, now);
            }
        }
    }

    /// <summary>Whether a leg is still learnt: asking must not bring back without end what <see cref="EventBudget"/> keeps out.</summary>
    private static bool MayLearn(CallState state, Leg leg) =>
        state.Legs.Count < (leg.IsOfCall ? EventBudget.MaxFacts : EventBudget.MaxNotes);
}
