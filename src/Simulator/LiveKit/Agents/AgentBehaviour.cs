using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>What an agent does with one dispatch.</summary>
public sealed record AgentBehaviour
{
    /// <summary>Joins, speaks, and stays until the room closes.</summary>
    public static AgentBehaviour Good { get; } = new();

    /// <summary>No worker takes the job, or the one that takes it never gets into the room.</summary>
    public static AgentBehaviour NeverJoins { get; } = new() { JoinsAfter = null };

    /// <summary>Joins and publishes nothing: the phone is never answered.</summary>
    public static AgentBehaviour Silent { get; } = new() { SpeaksAfter = null };

    /// <summary>Good, but LiveKit starts its job twice for one dispatch, as a retry inside LiveKit can.</summary>
    public static AgentBehaviour Twice { get; } = new() { Jobs = 2 };

    /// <summary>How many jobs come of its dispatch. Default 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>
    /// Whether it asks the gateway before it joins if it is the one. Default <c>true</c>; one that the gateway did not
    /// send has nothing to ask with.
    /// </summary>
    public bool AsksForLease { get; init; } = true;

    /// <summary>
    /// How long its connecting takes once it may join. Default 0. Where that outlasts its lease it asks again before it is
    /// heard, as docs/agents.md says.
    /// </summary>
    public TimeSpan Connects { get; init; }

    /// <summary>How long after its dispatch it joins; <c>null</c> for never. Default 250 ms.</summary>
    public TimeSpan? JoinsAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether its connection breaks off at the moment at which it would have joined.</summary>
    public bool Aborts { get; init; }

    /// <summary>How long after joining its audio is there; <c>null</c> for never. Default 100 ms.</summary>
    public TimeSpan? SpeaksAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after joining its process dies; <c>null</c> for never. The server notices about 20 s later.</summary>
    public TimeSpan? Dies { get; init; }

    /// <summary>How long after joining it leaves by itself; <c>null</c> for never.</summary>
    public TimeSpan? Leaves { get; init; }

    /// <summary>How long after joining it takes its audio back and stays; <c>null</c> for never.</summary>
    public TimeSpan? FallsSilent { get; init; }

    /// <summary>Whether it says to the gateway that it has finished, just before it leaves by itself.</summary>
    public bool SaysGoodbye { get; init; }

    /// <summary>How long after joining it says that the caller agrees to a recording; <c>null</c> for never.</summary>
    public TimeSpan? SaysConsent { get; init; }

    /// <summary>
    /// Whom it takes whoever answered a phone that was called for, as it tells the gateway two seconds later: <c>human</c>,
    /// <c>machine</c> or <c>unknown</c>; <c>null</c> where it tells nothing. Told to leave a message, it does so and has finished.
    /// </summary>
    public string? Verdict { get; init; }

    /// <summary>What it measures of the audio that it gets, and reports; <c>null</c> where it reports nothing.</summary>
    public MeasuredNetwork? Network { get; init; }

    /// <summary>Whether it renews its lease as long as its process lives.</summary>
    public bool Renews { get; init; }

    /// <summary>
    /// How long after joining its avatar comes, a worker that publishes in its place; <c>null</c> where it has none and publishes itself.
    /// </summary>
    public TimeSpan? AvatarComes { get; init; }

    /// <summary>How long after joining it asks the gateway for a human for its caller; <c>null</c> for never.</summary>
    public TimeSpan? AsksForHuman { get; init; }

    /// <summary>What it asks for: the request's JSON without what every request of a job has.</summary>
    public string HandoffRequest { get; init; } = "{}";

    /// <summary>How often it asks at the same moment. Default 1.</summary>
    public int Askings { get; init; } = 1;

    /// <summary>The tools that it uses, one after the other.</summary>
    public IReadOnlyList<ToolStep> Tools { get; init; } = [];

    /// <summary>What it looks up in its tenant's documents, two seconds after joining; <c>null</c> for nothing.</summary>
    public string? LooksUp { get; init; }

    /// <summary>How long after joining it dials a human into the room, by itself; <c>null</c> for never.</summary>
    public TimeSpan? BringsHuman { get; init; }

    /// <summary>The human whom it dials.</summary>
    public Human Human { get; init; } = Human.AtTheDesk;

    /// <summary>Joins, speaks, and dies so long after it joined.</summary>
    public static AgentBehaviour DyingAfter(TimeSpan life) => new() { Dies = life };
}
