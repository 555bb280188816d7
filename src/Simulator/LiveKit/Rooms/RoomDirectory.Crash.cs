using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Webhooks;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>The server dies and comes back.</summary>
internal sealed partial class RoomDirectory
{
    /// <summary>Whether the server is dead: it tells nothing, and whoever leaves stays listed.</summary>
    private bool IsDead { get; set; }

    /// <summary>The server dies: nobody hears anybody, and who leaves from now on leaves unseen.</summary>
    public void Die()
    {
        lock (gate)
        {
            IsDead = true;
            foreach (var participant in rooms.Values.SelectMany(room => room.Participants).ToArray())
            {
                (participant.IsLive, participant.IsHeld) = (false, false);
                TellOthers(participant);
            }
        }
    }

    /// <summary>The server is back. It learns of a room when somebody comes back into it.</summary>
    public IReadOnlyList<Participant> Revive()
    {
        lock (gate)
        {
            IsDead = false;
            return
            [
                .. rooms.Values.SelectMany(room => room.Participants)
                    .Where(participant => participant is { IsHeld: false, Left.IsCompleted: false }),
            ];
        }
    }

    /// <summary>
    /// Somebody who lost the server joins again, under the same identity and another sid. The first one brings the room back, under the
    /// same sid.
    /// </summary>
    public void Rejoin(Participant participant)
    {
        lock (gate)
        {
            var room = participant.Room;
            if (participant.Left.IsCompleted || room.Truth.FinishedAt is not null)
            {
                return;
            }

            if (!room.Participants.Exists(other => other.IsHeld))
            {
                tell(WebhookMessage.OfRoom("room_started", room));
            }

            (participant.Sid, participant.JoinedAt) = (chance.Id("PA_"), clock.GetUtcNow());
            (participant.IsLive, participant.IsHeld) = (true, true);
            tell(WebhookMessage.OfParticipant("participant_joined", participant));
            foreach (var track in participant.Tracks.ToArray())
            {
                participant.Tracks.Remove(track);
                Publish(participant, track.Name, track.MimeType);
            }
        }
    }

    /// <summary>Somebody leaves a dead server: it goes on listing them.</summary>
    private void Lose(Participant participant, string reason)
    {
        participant.Leaving?.Invoke(reason);
        TruthNotes.Left(participant, clock.GetUtcNow());
        participant.TellLeft(reason);
    }
}
