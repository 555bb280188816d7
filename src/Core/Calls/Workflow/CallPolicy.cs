using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Every decision about a call: the first rule that has an effect decides. Pure: the same state, timeouts and time give the same decision;
/// no I/O, no clock, no chance. A conclusion from silence (nobody there, no agent) is drawn only after LiveKit was asked, or could not be
/// asked for 30 s.
/// </summary>
public static class CallPolicy
{
    /// <summary>What is next.</summary>
    public static CallDecision Next(CallState state, CallTimeouts timeouts, DateTimeOffset now)
    {
        var context = new PolicyContext(state, timeouts, now);
        foreach (var rule in CallFeatures.RulesFor(state, timeouts))
        {
            if (rule(context) is { } effect && context.TryBegin(effect))
            {
                return new CallDecision.Do(effect);
            }
        }

        return context.WaitOrDone();
    }
}
