namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>What the server does to tracks.</summary>
internal sealed partial class RoomDirectory
{
    /// <summary>The server mutes a track; no webhook tells of it. False where the participant has none of that sid.</summary>
    public bool Mute(Participant participant, string sid)
    {
        lock (gate)
        {
            var index = participant.Tracks.FindIndex(track => track.Sid == sid);
            if (index >= 0)
            {
                participant.Tracks[index] = participant.Tracks[index] with { IsMuted = true };
                participant.Version++;
                TellOthers(participant);
            }

            return index >= 0;
        }
    }
}
