namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>One request for an agent, and the job that came of it. <see cref="RoomDirectory"/> guards what can change of it.</summary>
internal sealed class Dispatch(string id, Room room, AgentRequest request, DateTimeOffset createdAt)
{
    /// <summary>How long after the dispatch the server writes its job down.</summary>
    private static readonly TimeSpan JobIsRecorded = TimeSpan.FromSeconds(4);

    public string Id { get; } = id;

    public Room Room { get; } = room;

    public string AgentName { get; } = request.AgentName;

    public string Metadata { get; } = request.Metadata;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The job that brought the agent; it never changes again.</summary>
    public Job? Job { get; set; }

    /// <summary>The agent of the job, once it has joined.</summary>
    public Participant? Agent { get; set; }

    /// <summary>The job as the server knows it by then: it writes it down seconds after the agent is there.</summary>
    public Job? JobAt(DateTimeOffset now) => now - CreatedAt >= JobIsRecorded ? Job : null;
}

/// <summary>What the server remembers of a job.</summary>
internal sealed record Job(string Id, string ParticipantIdentity, string WorkerId, DateTimeOffset StartedAt);
