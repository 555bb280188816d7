namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>One row of an orchestration's history.</summary>
internal abstract record HistoryEvent
{
    private HistoryEvent()
    {
    }

    /// <summary>The orchestrator ran with the clock at that time.</summary>
    public sealed record Started(DateTime Time) : HistoryEvent;

    /// <summary>The orchestrator asked for an activity.</summary>
    public sealed record TaskScheduled(int Id, string Name, string? Input) : HistoryEvent;

    /// <summary>An activity came back.</summary>
    public sealed record TaskCompleted(int Id, string? Result) : HistoryEvent;

    /// <summary>An activity threw.</summary>
    public sealed record TaskFailed(int Id, string Reason) : HistoryEvent;

    /// <summary>The orchestrator set a timer.</summary>
    public sealed record TimerCreated(int Id, DateTime FireAt) : HistoryEvent;

    /// <summary>A timer's time came.</summary>
    public sealed record TimerFired(int Id) : HistoryEvent;

    /// <summary>Somebody raised an event.</summary>
    public sealed record EventRaised(string Name, string? Payload) : HistoryEvent;

    /// <summary>Whether the orchestrator caused this row, rather than the world.</summary>
    public bool IsAction => this is TaskScheduled or TimerCreated;
}
