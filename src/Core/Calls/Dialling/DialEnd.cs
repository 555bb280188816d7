using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>Why a call is over that nobody has answered.</summary>
internal static class DialEnd
{
    /// <summary>The cause; <c>null</c> while it may still be answered.</summary>
    public static string? CauseOf(PolicyContext context)
    {
        var (state, outbound) = (context.State, context.Timeouts.Outbound);
        if (DialRules.Next(context) is { } next)
        {
            var opening = state.RoomOpenings.LastOrDefault(made => made.Round == next.Number).Claim;
            var isNever = outbound.NextOpen(context.Now, state.CalledNumber!) is null;
            return opening is { Status: ClaimStatus.GivenUp } || (opening is null && isNever && context.IsDue(next.Due))
                ? state.LastDial?.Outcome ?? EndCause.Failed
                : opening is null ? null : CauseBeforeRinging(context);
        }

        return state.LastDial switch
        {
            { Outcome: { } outcome } last => DialRules.WasInVain(context, last) ? outcome : null,
            { Claim: { Status: ClaimStatus.Done } rings }
                when context.IsConfirmedAfter(rings.At + context.Timeouts.DialTimeout + HandoverRules.RingSlack) => EndCause.NoAnswer,
            _ => CauseBeforeRinging(context),
        };
    }

    /// <summary>The agent has finished before anybody answered, or none came: then no phone rings for nobody.</summary>
    private static string? CauseBeforeRinging(PolicyContext context)
    {
        var state = context.State;
        if (!state.AwaitsCallee)
        {
            return null;
        }

        var (epoch, sent) = state.Dispatches.LastOrDefault();
        if (sent?.FirstBegunAt >= state.RoomOpenedAt && state.Goodbyes.Of(epoch) is not null)
        {
            return EndCause.AgentFinished;
        }

        return AgentReadiness.MissingSince(state) is { } missing && context.IsConfirmedAfter(missing + context.Timeouts.Handover)
            ? EndCause.NoAgent
            : null;
    }
}
