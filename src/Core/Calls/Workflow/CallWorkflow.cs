using System.Diagnostics;
using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// The life of a call: ask what is next, do it or wait for it, ask again. It holds no state of its own, so it may be stopped anywhere and
/// begun anew, and a signal that is lost costs a tick, never correctness.
/// </summary>
public static class CallWorkflow
{
    /// <summary>Follows one call until there is nothing more to do for it.</summary>
    /// <param name="context">The engine.</param>
    /// <param name="turns">How many decisions it acts on at most: an engine that keeps a history of every one
    /// begins a new history then.</param>
    /// <returns>Whether there is nothing more to do; otherwise the workflow must be begun anew.</returns>
    public static async Task<bool> RunAsync(ICallContext context, int turns = int.MaxValue)
    {
        var decision = await context.DecideAsync();
        for (var turn = 1; decision is not CallDecision.Done; turn++)
        {
            if (turn > turns)
            {
                return false;
            }

            decision = decision switch
            {
                CallDecision.Do { Effect: var effect } => await context.RunAsync(effect),
                CallDecision.WaitUntil { Time: var until } => await context.WaitAsync(until),
                _ => throw new UnreachableException(),
            };
        }

        return true;
    }
}
