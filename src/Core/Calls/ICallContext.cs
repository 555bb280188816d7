namespace VoiceFunctions.Core.Calls;

/// <summary>What an engine gives to the workflow of one call. In a durable orchestration each member is recorded and replayed; nothing else may be done by a workflow.</summary>
public interface ICallContext
{
    /// <summary>Asks the policy what is next, from the journal as it stands.</summary>
    Task<CallDecision> DecideAsync();

    /// <summary>Does an effect that was decided.</summary>
    Task RunAsync(CallEffect effect);

    /// <summary>Waits for a poke or for that time, whichever comes first. A poke that came since the last wait ends it at once.</summary>
    Task WaitAsync(DateTimeOffset until);
}
