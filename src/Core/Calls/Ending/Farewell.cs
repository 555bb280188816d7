using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Ending;

/// <summary>
/// Whether a caller who hears nobody was said goodbye to: the last one to be heard had finished, and no other is on the way.
/// </summary>
internal static class Farewell
{
    /// <summary>How long after the last one was heard a transfer may complete, or they may come back.</summary>
    public static TimeSpan TransferWindow { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Why the call ends now; <c>null</c> where it goes on.</summary>
    public static string? CauseOf(PolicyContext context)
    {
        var state = context.State;
        if (state.IsHumanHeard)
        {
            return null;
        }

        if (state.Humans.Any(leg => leg.Answered is not null) && !state.LiveHumans.Any())
        {
            return EndCause.HumanHangup;
        }

        if (HandoverRules.IsRinging(context))
        {
            return null;
        }

        if (state.Goodbyes.Of(state.Dispatches.LastOrDefault().Epoch) is { } goodbye)
        {
            return context.IsDue(goodbye.Happened + TransferWindow) ? EndCause.AgentFinished : null;
        }

        if (CallSilence.Since(state) is not { } silence || state.Heard.MaxBy(span => span.To) is not { } last || !state.Dispatches.Any())
        {
            return null;
        }

        var cause = last.Part == LegPart.Human ? (state.LiveAgents.Any() ? null : EndCause.HumanHangup)
            : HasFinished(context, last.Leg) ? EndCause.AgentFinished
            : null;
        return cause is not null && context.IsConfirmedAfter(silence + TransferWindow) ? cause : null;
    }

    /// <summary>
    /// Whether an agent is gone because it had finished: it said so, or it left on its own after it had been heard. A worker that dies
    /// leaves otherwise, and one that was replaced was asked to go.
    /// </summary>
    public static bool HasFinished(PolicyContext context, LegState agent)
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
