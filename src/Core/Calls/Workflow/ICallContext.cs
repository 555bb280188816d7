using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// What an engine gives to the workflow of one call. In a durable orchestration each member is recorded and replayed; nothing else may be
/// done by a workflow.
/// </summary>
public interface ICallContext
{
    /// <summary>Asks the policy what is next, from the journal as it stands.</summary>
    Task<CallDecision> DecideAsync();

    /// <summary>Does an effect that was decided, and asks what is next after it.</summary>
    Task<CallDecision> RunAsync(CallEffect effect);

    /// <summary>
    /// Waits for a signal or for that time, whichever comes first, and then asks what is next. A signal that came since the last time it
    /// asked ends the wait at once.
    /// </summary>
    Task<CallDecision> WaitAsync(DateTimeOffset until);
}
