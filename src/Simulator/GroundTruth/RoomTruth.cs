namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>What really happened in one session of a room, whatever the gateway was told.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="Sid">The session's sid.</param>
public sealed record RoomTruth(string Name, string Sid)
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; <c>null</c> while it lives.</summary>
    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>
    /// The number of the first phone that joined, or whose browser it was; <c>null</c> where none did, or it was withheld.
    /// </summary>
    public string? Caller { get; internal set; }

    /// <summary>When the first caller joined.</summary>
    public DateTimeOffset? CallerJoinedAt { get; internal set; }

    /// <summary>When the last caller left.</summary>
    public DateTimeOffset? CallerLeftAt { get; internal set; }

    /// <summary>When the gateway had taken the webhook that says so; <c>null</c> where it never did.</summary>
    public DateTimeOffset? CallerLeftToldAt { get; internal set; }

    /// <summary>When the first agent's audio was there.</summary>
    public DateTimeOffset? AgentAudioAt { get; internal set; }

    /// <summary>How many phones were dialled into it.</summary>
    public int PhonesDialled { get; internal set; }

    /// <summary>When the first of them began to ring.</summary>
    public DateTimeOffset? PhoneDialledAt { get; internal set; }

    /// <summary>When the first phone that was dialled into it was answered.</summary>
    public DateTimeOffset? PhoneAnsweredAt { get; internal set; }

    /// <summary>How often the phone was called that the call is for.</summary>
    public int CalleeRang { get; internal set; }

    /// <summary>How often of these while no agent of the gateway's was in the room.</summary>
    public int CalleeRangForNobody { get; internal set; }

    /// <summary>Whether the gateway opened it for a call that it was asked for, whoever comes.</summary>
    public bool IsAskedFor { get; internal set; }

    /// <summary>
    /// How many dispatches of the gateway's agents were asked for; the unnamed one that every room has is not counted.
    /// </summary>
    public int Dispatches { get; internal set; }

    /// <summary>When those dispatches were asked for, in order.</summary>
    public IReadOnlyList<DateTimeOffset> DispatchedAt { get; internal set; } = [];

    /// <summary>The names of the agents that they asked for, in order.</summary>
    public IReadOnlyList<string> AgentNames { get; internal set; } = [];

    /// <summary>Every agent of the gateway's that joined, in order.</summary>
    public IReadOnlyList<AgentTruth> Agents { get; internal set; } = [];

    /// <summary>Everybody else who joined and is no caller, in order.</summary>
    public IReadOnlyList<PresenceTruth> Others { get; internal set; } = [];

    /// <summary>How many agents of the gateway's joined.</summary>
    public int AgentsJoined { get; internal set; }

    /// <summary>Every recording that the API was asked for, in order.</summary>
    public IReadOnlyList<RecordingTruth> Recordings { get; internal set; } = [];

    /// <summary>What its agents that used tools were told, in order.</summary>
    public IReadOnlyList<ToolTruth> Tools { get; internal set; } = [];

    /// <summary>What agents found in their tenant's documents.</summary>
    public IReadOnlyList<string> Passages { get; internal set; } = [];

    /// <summary>The recordings that went on, and had not been told to stop, when the API was told to delete the room.</summary>
    public IReadOnlyList<string> CutOff { get; internal set; } = [];

    /// <summary>The measures of which the gateway warned an agent that reported what it measured, each time that it did.</summary>
    public IReadOnlyList<string> QualityWarnings { get; internal set; } = [];

    /// <summary>Whether it is somebody else's room, of whom the gateway knows nothing.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The API's methods that were called about it while it lived, where it is somebody else's.</summary>
    public IReadOnlyList<string> Touches { get; internal set; } = [];

    /// <summary>How long at a time an agent of the gateway's could be heard beside a human whom the gateway had called.</summary>
    public TimeSpan SpokenOverHuman { get; internal set; }

    /// <summary>How many agents the API was asked for while a human talked with the caller.</summary>
    public int SentToPeople { get; internal set; }

    /// <summary>The identities of people who talked, or had just come, when the API was told to delete the room.</summary>
    public IReadOnlyList<string> DeletedUnder { get; internal set; } = [];

    /// <summary>
    /// The greatest number of live agents of the gateway's at one time. An agent whose process died is not live,
    /// though the server still lists it.
    /// </summary>
    public int MostAgentsLive { get; internal set; }

    /// <summary>How long the caller waited for an agent's audio.</summary>
    public TimeSpan? CallerToAgentAudio => AgentAudioAt - CallerJoinedAt is { } wait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : null;
}
