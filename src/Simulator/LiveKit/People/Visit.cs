using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.People;

/// <summary>A visitor in a room.</summary>
public sealed class Visit
{
    private readonly TaskCompletionSource<bool> spokenTo;
    private readonly TaskCompletionSource<string> left;

    internal Visit(SimulationTime time, string roomName)
    {
        RoomName = roomName;
        spokenTo = time.CreateCompletion<bool>();
        left = time.CreateCompletion<string>();
    }

    /// <summary>The room's name.</summary>
    public string RoomName { get; }

    /// <summary>Ends when an agent or a human can be heard for the first time.</summary>
    public Task SpokenTo => spokenTo.Task;

    /// <summary>Ends, with LiveKit's reason, when they are in the room no longer.</summary>
    public Task<string> Left => left.Task;

    /// <summary>What they could hear, in order; the last sound may go on.</summary>
    public IReadOnlyList<Sound> Sounds => Ear.Sounds;

    internal Ear Ear { get; } = new();

    internal Participant? Participant { get; set; }

    internal void Hear(Voice voice, DateTimeOffset now)
    {
        Ear.Hear(voice, now);
        if (voice is Voice.Agent or Voice.Human)
        {
            spokenTo.TrySetResult(true);
        }
    }

    internal void End(string reason, DateTimeOffset now)
    {
        Ear.Hear(Voice.Silence, now);
        left.TrySetResult(reason);
    }
}
