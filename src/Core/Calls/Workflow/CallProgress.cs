namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>How a call was found by the sweep.</summary>
public enum CallProgress
{
    /// <summary>Nothing was overdue; its workflow sees to the rest.</summary>
    InTime,

    /// <summary>Steps were overdue and were taken.</summary>
    CaughtUp,

    /// <summary>There is nothing more to do, and it is off the journal's list of open calls.</summary>
    Over,
}
