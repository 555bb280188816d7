using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>Somebody in a room. <see cref="RoomDirectory"/> guards what can change of it.</summary>
internal sealed class Participant(
    Room room, string sid, string identity, ParticipantKind kind, DateTimeOffset joinedAt, TaskCompletionSource<string> left)
{
    public Room Room { get; } = room;

    public string Sid { get; } = sid;

    public string Identity { get; } = identity;

    public ParticipantKind Kind { get; } = kind;

    public DateTimeOffset JoinedAt { get; } = joinedAt;

    /// <summary>Whether the room stays open for it.</summary>
    public bool KeepsRoomOpen => Kind is not (ParticipantKind.Agent or ParticipantKind.Egress);

    public string Name { get; init; } = "";

    public string Metadata { get; init; } = "";

    public SortedDictionary<string, string> Attributes { get; init; } = new(StringComparer.Ordinal);

    public List<Track> Tracks { get; } = [];

    public int Version { get; set; } = 2;

    /// <summary>Whether we dialled it: a phone, but no caller's.</summary>
    public bool IsDialledOut { get; init; }

    /// <summary>What its audio is.</summary>
    public Voice Voice { get; set; } = kind == ParticipantKind.Sip ? Voice.Human : Voice.Agent;

    public bool HasPublished { get; set; }

    /// <summary>Whether its process lives. One that died stays listed until the server notices.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>Puts it out when its time is up; only where its dispatch was deleted.</summary>
    public ITimer? Termination { get; set; }

    /// <summary>Why it left; <c>null</c> while it is in the room.</summary>
    public string? DisconnectReason { get; set; }

    /// <summary>What is noted of it where it is an agent.</summary>
    public AgentTruth? Truth { get; set; }

    /// <summary>Called, under the directory's lock, when what this participant can hear may have changed.</summary>
    public Action? RoomChanged { get; init; }

    /// <summary>Called, under the directory's lock, just before it is told that it left.</summary>
    public Action<string>? Leaving { get; init; }

    /// <summary>Ends with the reason when it has left.</summary>
    public Task<string> Left => left.Task;

    /// <summary>Whether others can hear it.</summary>
    public bool IsAudible => IsLive && Tracks.Count > 0 && DisconnectReason is null;

    public void TellLeft(string reason) => left.TrySetResult(reason);
}
