using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>One session of a room. <see cref="RoomDirectory"/> guards what can change of it.</summary>
internal sealed class Room(
    string name, string sid, string turnPassword, DateTimeOffset createdAt, RoomSettings settings, bool isForeign)
{
    public string Name { get; } = name;

    public string Sid { get; } = sid;

    public string TurnPassword { get; } = turnPassword;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public RoomSettings Settings { get; } = settings;

    public RoomTruth Truth { get; } = new(name, sid) { StartedAt = createdAt, IsForeign = isForeign };

    /// <summary>In the order in which they joined.</summary>
    public List<Participant> Participants { get; } = [];

    public List<Dispatch> Dispatches { get; } = [];

    /// <summary>Since when an agent has spoken while a human of ours talked; <c>null</c> while none does.</summary>
    public DateTimeOffset? OverlapSince { get; set; }

    /// <summary>Closes the room when it has been empty for long enough.</summary>
    public ITimer? Idle { get; set; }

    /// <summary>Agents and recorders do not keep a room open.</summary>
    public bool IsKeptOpen => Participants.Exists(participant => participant.KeepsRoomOpen);

    public Participant? Find(string identity) => Participants.Find(participant => participant.Identity == identity);
}

/// <summary>What a room is created with.</summary>
internal sealed record RoomSettings
{
    public static RoomSettings Default { get; } = new();

    /// <summary>The sid of the session; one is made where none is given.</summary>
    public string? Sid { get; init; }

    public int EmptyTimeout { get; init; } = 300;

    /// <summary>In seconds; 0 for the server's own.</summary>
    public int DepartureTimeout { get; init; }

    public int MaxParticipants { get; init; }

    public string Metadata { get; init; } = "";

    /// <summary>The agents that come with the room.</summary>
    public IReadOnlyList<AgentRequest> Agents { get; init; } = [];
}

/// <summary>An agent that somebody asks for.</summary>
internal sealed record AgentRequest(string AgentName, string Metadata);
