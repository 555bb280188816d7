using Microsoft.DurableTask.Client;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>One orchestration instance of the hub.</summary>
internal sealed class HubInstance(string id)
{
    private readonly List<IReadOnlyList<HistoryEvent>> generations = [];

    public string Id { get; } = id;

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>The history of the generation that runs, or ran last.</summary>
    public List<HistoryEvent> History { get; } = [];

    /// <summary>The histories of all generations, oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<HistoryEvent>> Generations => [.. generations, History.ToList()];

    /// <summary>What is on its way to the orchestrator.</summary>
    public List<HistoryEvent> Inbox { get; } = [];

    /// <summary>The timers that are running, by id.</summary>
    public Dictionary<int, DateTime> Timers { get; } = [];

    /// <summary>The most waits for one event that were ever outstanding together.</summary>
    public int MostWaiters { get; set; }

    /// <summary>How many timers were left behind by a generation that ended.</summary>
    public int LeftTimers { get; private set; }

    /// <summary>Why it failed.</summary>
    public Exception? Failure { get; set; }

    public bool IsAlive => Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running;

    /// <summary>The names of the activities that all generations asked for, in order.</summary>
    public IEnumerable<string> Activities =>
        Generations.SelectMany(history => history).OfType<HistoryEvent.TaskScheduled>().Select(scheduled => scheduled.Name);

    public void EndGeneration(IReadOnlyList<HistoryEvent> preserved, bool goesOn)
    {
        LeftTimers += Timers.Count;
        Timers.Clear();
        if (goesOn)
        {
            generations.Add(History.ToList());
            History.Clear();
            Inbox.InsertRange(0, preserved);
            Status = OrchestrationRuntimeStatus.Pending;
        }
        else
        {
            Status = Failure is null ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed;
        }
    }
}
