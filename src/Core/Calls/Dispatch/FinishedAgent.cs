using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>Tells an agent that is gone because it had finished from one that was lost: only the latter is replaced.</summary>
internal static class FinishedAgent
{
    /// <summary>
    /// Whether an agent is gone because it had finished: it said so, or it left on its own after it had been heard. A worker that dies
    /// leaves otherwise, and one that was replaced was asked to go.
    /// </summary>
    public static bool Is(PolicyContext context, LegState agent)
    {
        var state = context.State;
        var (epoch, claim) = state.Dispatches.LastOrDefault();
        return claim is not null
            && (state.Goodbyes.Of(epoch) is not null
                || (context.Timeouts.EndsWithAgent
                    && !state.LiveAgents.Any()
                    && agent.Reason == LiveKitDisconnectReason.ClientInitiated
                    && (epoch == 1 || agent.Since >= claim.FirstBegunAt)));
    }
}
