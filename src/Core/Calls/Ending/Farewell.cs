using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

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
        if (state.IsHumanHeard || state.IsBeingSilenced)
        {
            return null;
        }

        if (state.Humans.Any(leg => leg.Answered is not null && HasTakenOver(state, leg)) && !state.LiveHumans.Any())
        {
            return EndCause.HumanHangup;
        }

        if (HandoverRules.IsRinging(context) || state.IsHandoffOpen)
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

        // A human who took their audio back and stays may speak again.
        var isHumanGone = !state.IsLive(last.Leg) && (state.ConnectedHandoff is not null || !state.LiveAgents.Any());
        var cause = last.Part == LegPart.Human ? (isHumanGone ? EndCause.HumanHangup : null)
            : FinishedAgent.Is(context, last.Leg) ? EndCause.AgentFinished
            : null;
        return cause is not null && context.IsConfirmedAfter(silence + TransferWindow) ? cause : null;
    }

    /// <summary>Whether the caller is a human's: one whom a handoff dialled may be gone before the agent fell silent for them.</summary>
    private static bool HasTakenOver(CallState state, LegState human) =>
        state.Handoffs.All(handoff => handoff.IsConnected || !handoff.Owns(human.Leg!));
}
