namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>What a caller in a room heard. <see cref="RoomDirectory"/> guards it.</summary>
internal sealed class Ear
{
    private readonly List<Sound> sounds = [];

    /// <summary>What could be heard, in order; the last sound may go on.</summary>
    public IReadOnlyList<Sound> Sounds => sounds;

    /// <summary>Notes what can be heard from now on.</summary>
    public void Hear(Voice voice, DateTimeOffset now)
    {
        if (sounds is [.., { Until: null } last])
        {
            if (last.Voice == voice)
            {
                return;
            }

            sounds[^1] = last with { Until = now };
        }

        if (voice != Voice.Silence)
        {
            sounds.Add(new Sound(now, null, voice));
        }
    }
}
