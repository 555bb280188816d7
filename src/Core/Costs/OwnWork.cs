using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.Core.Costs;

/// <summary>
/// What the gateway had to do for a call, out of its stored rows. What no row shows is derived with the factors of docs/cost.md, which
/// tests count.
/// </summary>
internal sealed class OwnWork
{
    /// <summary>What a call's first append takes beyond a later one.</summary>
    private const int FirstAppend = 4;

    private const int RepeatedAppend = 3;
    private const int Closing = 4;
    private const int HubRequestsPerRun = 8;

    /// <summary>The GB of an instance's memory; each execution is billed for a second of it at least.</summary>
    private const int InstanceGb = 2;

    /// <param name="trail">The rows, read back.</param>
    public OwnWork(AuditTrail trail)
    {
        Repeats = trail.Rows.Count(row => row.Key.StartsWith(JournalRowKeys.DuplicatePrefix, StringComparison.Ordinal));
        Appends = trail.Events.Count(read => IsReceived(read.Event));
        Leases = trail.Steps.Select(read => read.Step)
            .Count(step => step is { Decision: null, Claims.Count: > 0 } && step.Claims.All(CallStateQueries.IsLease));
        Commits = trail.Steps.Count(read => !read.Step.IsJoined);
        Activities = ActivitiesOf([.. trail.Steps.Select(read => read.Step.Decision?.Effect).OfType<CallEffect>()]);
        Tools = trail.Events.Count(read => read.Event.Fact is CallFact.ToolBegun);
        Others = trail.Events.Count(read => read.Event.Fact is CallFact.ToolAnswered or CallFact.QualityWarned);
        Closings = trail is { IsListed: false, KeptSince: not null } ? 1 : 0;
    }

    /// <summary>Events that a request brought and that were stored.</summary>
    public long Appends { get; }

    /// <summary>The same that had come before.</summary>
    public long Repeats { get; }

    /// <summary>Steps that an agent's request for its lease wrote.</summary>
    public long Leases { get; }

    /// <summary>Writes of steps: those that were written together count once.</summary>
    public long Commits { get; }

    /// <summary>Activities of the orchestration.</summary>
    public long Activities { get; }

    /// <summary>Uses of tools.</summary>
    public long Tools { get; }

    /// <summary>Whether the call was closed.</summary>
    public long Closings { get; }

    /// <summary>Requests that the gateway answered about the call and that left a row.</summary>
    public long Requests => Appends - Others + Repeats + Leases;

    /// <summary>Runs of the orchestrator.</summary>
    public long Runs => Math.Max(0, (2 * Activities) - 1);

    /// <summary>Reads of the history.</summary>
    public long Reads => Appends + Activities + (Activities > 0 ? 1 : 0) + Leases + Tools;

    /// <summary>Runs of functions: requests, orchestrator and activities.</summary>
    public long Executions => Requests + Runs + Activities;

    /// <summary>Seconds of memory that are billed at least.</summary>
    public long GbSeconds => Executions * InstanceGb;

    /// <summary>Requests to the call storage.</summary>
    public long TableRequests =>
        Appends + (Appends > 0 ? FirstAppend : 0) + (Repeats * RepeatedAppend) + Reads + Commits + (Closings * Closing);

    /// <summary>Requests to the storage of the task hub, on the Azure Storage provider.</summary>
    public long HubRequests => Runs * HubRequestsPerRun;

    /// <summary>Events that a request stored besides its first.</summary>
    private long Others { get; }

    /// <summary>The counts, and how each is known.</summary>
    public IReadOnlyList<WorkCount> Counts =>
    [
        new("requests", Requests, true, "webhooks and requests of the API that left a row"),
        new(
            "activities",
            Activities,
            false,
            "2, 1 for each question to LiveKit and for the end, 2 for each other effect that no webhook did or published"),
        new("orchestrator_runs", Runs, false, "2 for each activity, less 1"),
        new("executions", Executions, false, "requests, activities and orchestrator runs"),
        new("journal_appends", Appends, true, "events that were stored"),
        new("journal_repeats", Repeats, true, "events that came again"),
        new("journal_commits", Commits, true, "steps that were written; those that were written together count once"),
        new("journal_reads", Reads, false, "1 for each append, activity, lease and use of a tool, and 1"),
        new(
            "journal_requests",
            TableRequests,
            false,
            "1 for an append, 5 for the first, 3 for a repeat, 1 for a read or a commit, 4 for the closing"),
        new("hub_requests", HubRequests, false, "8 for each orchestrator run, on the Azure Storage provider"),
    ];

    /// <summary>
    /// The first two looks, one for each question to LiveKit and one in which the end is written. Each other effect is found by a look and
    /// done by an activity of its own. Webhooks publish events, and do the effects for which somebody waits.
    /// </summary>
    private static long ActivitiesOf(IReadOnlyList<CallEffect> effects) => effects.Count == 0 ? 0 : 2 + effects.Sum(effect => effect switch
    {
        { IsPrompt: true } or { IsAwaited: true } => 0,
        { IsDoneInPassing: true } => 1,
        _ => 2,
    });

    /// <summary>Whether a request brought the event; the others are written beside a step, or were inferred.</summary>
    private static bool IsReceived(CallEvent happened) => !happened.Inferred
        && happened.Fact is not (CallFact.CallFollows or CallFact.CallScreened or CallFact.EventsOmitted);
}
