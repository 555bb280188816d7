using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>Somebody in a room. <see cref="RoomDirectory"/> guards what can change of it.</summary>
internal sealed class Participant(
    Room room, string sid, string identity, ParticipantKind kind, DateTimeOffset joinedAt, TaskCompletionSource<string> left)
{
    public Room Room { get; } = room;

    /// <summary>Another one after the server has died and this participant has joined again.</summary>
    public string Sid { get; set; } = sid;

    public string Identity { get; } = identity;

    public ParticipantKind Kind { get; } = kind;

    public DateTimeOffset JoinedAt { get; set; } = joinedAt;

    /// <summary>Whether the room stays open for it.</summary>
    public bool KeepsRoomOpen => Kind is not (ParticipantKind.Agent or ParticipantKind.Egress);

    public string Name { get; init; } = "";

    public string Metadata { get; init; } = "";

    public SortedDictionary<string, string> Attributes { get; init; } = new(StringComparer.Ordinal);

    public List<Track> Tracks { get; } = [];

    public int Version { get; set; } = 2;

    /// <summary>Whether it was dialled: a phone, but no caller's.</summary>
    public bool IsDialledOut { get; init; }

    /// <summary>Whether it was the API that was asked to dial it.</summary>
    public bool IsDialledByApi { get; init; }

    /// <summary>Whether the others do not see it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whose phone or browser it is, where a simulation says so.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether its token says that it is a caller's.</summary>
    public bool IsCallersToken => Attributes.GetValueOrDefault(LiveKitAttributes.Role) == LiveKitAttributes.CallerRole;

    /// <summary>Whether its token says that it is the call's human.</summary>
    public bool IsHumansToken => Attributes.GetValueOrDefault(LiveKitAttributes.Role) == LiveKitAttributes.HumanRole;

    /// <summary>The identity of the agent for which it publishes.</summary>
    public string? OnBehalfOf => Attributes.GetValueOrDefault(LiveKitAttributes.PublishOnBehalf);

    /// <summary>What it really is.</summary>
    public TruePart Part { get; set; }

    /// <summary>What its audio is.</summary>
    public Voice Voice { get; set; } = kind == ParticipantKind.Agent ? Voice.Agent : Voice.Human;

    /// <summary>Since when it has been heard without a break; <c>null</c> while it is not.</summary>
    public DateTimeOffset? HeardSince { get; set; }

    public bool HasPublished { get; set; }

    /// <summary>Whether its process lives. One that died stays listed until the server notices.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>
    /// Whether the server has a connection to it. It has none to those who have not come back after it died, and lists them.
    /// </summary>
    public bool IsHeld { get; set; } = true;

    /// <summary>Puts it out when its time is up; only where its dispatch was deleted.</summary>
    public ITimer? Termination { get; set; }

    /// <summary>Why it left; <c>null</c> while it is in the room.</summary>
    public string? DisconnectReason { get; set; }

    /// <summary>What is noted of it where it is an agent.</summary>
    public AgentTruth? Truth { get; set; }

    /// <summary>What is noted of it where it is neither that nor a caller.</summary>
    public PresenceTruth? Presence { get; set; }

    /// <summary>Called, under the directory's lock, when what this participant can hear may have changed.</summary>
    public Action? RoomChanged { get; init; }

    /// <summary>Called, under the directory's lock, just before it is told that it left.</summary>
    public Action<string>? Leaving { get; init; }

    /// <summary>Ends with the reason when it has left.</summary>
    public Task<string> Left => left.Task;

    /// <summary>Whether others can hear it.</summary>
    public bool IsAudible => IsLive && DisconnectReason is null && Tracks.Exists(track => !track.IsMuted);

    /// <summary>What it hears: of several who can be heard the one that matters most, a human, an agent, the ringing tone.</summary>
    public Voice Hears => Room.Participants.Where(other => other != this && other.IsAudible)
        .Select(other => other.Voice)
        .DefaultIfEmpty(Voice.Silence)
        .Max();

    /// <summary>
    /// Whether there is a track of somebody else, however silent: that is what LiveKit waits for before it answers a phone.
    /// </summary>
    public bool HearsATrack => Room.Participants.Exists(other => other != this && other.IsAudible);

    public void TellLeft(string reason) => left.TrySetResult(reason);

    /// <summary>Mutes a track; false where there is none of that sid.</summary>
    public bool Mute(string sid)
    {
        var index = Tracks.FindIndex(track => track.Sid == sid);
        if (index < 0)
        {
            return false;
        }

        Tracks[index] = Tracks[index] with { IsMuted = true };
        Version++;
        return true;
    }

    /// <summary>A phone is picked up: a human can be heard, and its attributes say so.</summary>
    public void PickUp(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            Attributes[name] = value;
        }

        Version += 2;
        Voice = Voice.Human;
    }
}
