using System.Diagnostics;

namespace VoiceFunctions.Core.Calls;

/// <summary>
/// The life of a call: look into the journal, do what is next, wait, look again. It holds no state of its own, so it may be stopped anywhere and begun anew, and a poke that is lost costs a
/// tick, never correctness.
/// </summary>
public static class CallWorkflow
{
    /// <summary>Follows one call until there is nothing more to do for it.</summary>
    /// <param name="context">The engine.</param>
    /// <param name="looks">How often the journal is looked into at most: an engine that keeps a history of every look begins a new one then.</param>
    /// <returns>Whether there is nothing more to do; otherwise the workflow must be begun anew.</returns>
    public static async Task<bool> RunAsync(ICallContext context, int looks = int.MaxValue)
    {
        for (var look = 0; look < looks; look++)
        {
            switch (await context.DecideAsync())
            {
                case CallDecision.Do { Effect: var effect }:
                    await context.RunAsync(effect);
                    break;
                case CallDecision.WaitUntil { Time: var until }:
                    await context.WaitAsync(until);
                    break;
                case CallDecision.Done:
                    return true;
                default:
                    throw new UnreachableException();
            }
        }

        return false;
    }
}
