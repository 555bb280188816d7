using System.Diagnostics;

namespace VoiceFunctions.Core.Calls;

/// <summary>
/// The life of a call: look into the journal, do what is next, wait, look again. It holds no state of its own, so it may be stopped anywhere and begun anew, and a poke that is lost costs a
/// tick, never correctness.
/// </summary>
public static class CallWorkflow
{
    /// <summary>Follows one call until there is nothing more to do for it.</summary>
    public static async Task RunAsync(ICallContext context)
    {
        while (true)
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
                    return;
                default:
                    throw new UnreachableException();
            }
        }
    }
}
