namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>One request for an agent, and the job that came of it. <see cref="RoomDirectory"/> guards what can change of it.</summary>
internal sealed class Dispatch(string id, Room room, AgentRequest request, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public Room Room { get; } = room;

    public string AgentName { get; } = request.AgentName;

    public string Metadata { get; } = request.Metadata;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The job, once the server has written it down: seconds after the agent is there. It never changes again.</summary>
    public Job? Job { get; set; }

    /// <summary>The agent of the job, once it has joined.</summary>
    public Participant? Agent { get; set; }
}

/// <summary>What the server remembers of a job.</summary>
internal sealed record Job(string Id, string ParticipantIdentity, string WorkerId, DateTimeOffset StartedAt);
