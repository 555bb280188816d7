using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Handoffs;

/// <summary>
/// What is next for a handoff that the agent or an operator asked for: one human after the other, then the agent's silence, or the giving
/// up. The agent speaks with the caller until a human is there.
/// </summary>
public static class HandoffRules
{
    /// <summary>While the call goes on.</summary>
    internal static CallEffect? Due(PolicyContext context) =>
        context.State.Handoff is not { } handoff || !context.State.LiveCallers.Any() ? null
        : handoff.IsConnected ? (CallEffect?)Silence(context, handoff) ?? Unsettled(handoff)
        : handoff.IsOver ? null
        : handoff.Failure is { Status: ClaimStatus.Intent } ? GiveUp(handoff)
        : handoff.IsAnswered ? new CallEffect.SilenceAgents(1)
        : handoff.Request.InBrowser ? AwaitBrowser(context, handoff)
        : Next(context, handoff);

    /// <summary>After the end: nobody is on the way any more. The room's deletion lets go of whoever rings.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context) => context.State.Handoff is { IsOver: false } handoff
        ? new CallEffect.GiveUpHandoff(handoff.Number, HandoffFailure.CallOver)
        : null;

    /// <summary>A ringing that a crashed host left open, and whose human came all the same.</summary>
    private static CallEffect? Unsettled(Handoff handoff) =>
        handoff.Attempts is [.., (var index, { Status: ClaimStatus.Intent or ClaimStatus.Failed })] ? Try(handoff, index) : null;

    private static CallEffect? Next(PolicyContext context, Handoff handoff)
    {
        if (handoff.Attempts is not [.., (var index, { } claim)])
        {
            return Try(handoff, 0);
        }

        if (claim.Status is ClaimStatus.Intent or ClaimStatus.Failed)
        {
            return Try(handoff, index);
        }

        if (!IsOut(context, handoff, index, claim))
        {
            return null;
        }

        return index + 1 < handoff.Request.Humans.Count
            ? Try(handoff, index + 1)
            : GiveUp(handoff);
    }

    private static CallEffect.GiveUpHandoff GiveUp(Handoff handoff) => new(handoff.Number, WhyOf(handoff));

    private static CallEffect Try(Handoff handoff, int index) => handoff.Request.Mode == HandoffMode.Cold
        ? new CallEffect.TransferCaller(handoff.Number, index)
        : new CallEffect.RingHuman(handoff.Number, index);

    private static bool IsOut(PolicyContext context, Handoff handoff, int index, EffectClaim claim)
    {
        if (handoff.Request.Mode == HandoffMode.Cold)
        {
            return claim.Status == ClaimStatus.GivenUp;
        }

        var identity = HumanIdentity.OfHandoff(context.State.CallId, handoff.Number, index);
        var legs = context.State.Humans.Where(leg => leg.Leg!.Identity == identity).ToList();
        var wasThere = claim.Status == ClaimStatus.Done && legs.Count > 0 && !legs.Exists(context.State.IsLive);
        return wasThere || HandoverRules.DidNotAnswer(context, claim, legs, handoff.Request.RingTime);
    }

    /// <summary>Somebody's phone rang in vain, or else what came of the last attempt.</summary>
    private static string WhyOf(Handoff handoff) =>
        handoff.Request.InBrowser || handoff.Attempts.Any(attempt => attempt.Claim.Status == ClaimStatus.Done)
            ? HandoffFailure.NoAnswer
            : handoff.Attempts is [.., (_, { Result: { } why })] ? why : HandoffFailure.Unavailable;

    private static CallEffect.GiveUpHandoff? AwaitBrowser(PolicyContext context, Handoff handoff) =>
        context.IsConfirmedAfter(handoff.RequestedAt + handoff.Request.RingTime) ? GiveUp(handoff) : null;

    /// <summary>
    /// One round, until it is done, though the human may be gone by then. Where the agent stays without a voice, another one when an agent
    /// publishes audio anew.
    /// </summary>
    private static CallEffect.SilenceAgents? Silence(PolicyContext context, Handoff handoff)
    {
        var last = context.State.Silencings.LastOrDefault().Claim;
        return last is not { Status: ClaimStatus.Done } || (handoff.Request.MutesAgent && HasSpokenSince(context.State, last))
            ? new CallEffect.SilenceAgents(context.NextRound(CallEffect.SilenceAgents.ClaimPrefix))
            : null;
    }

    private static bool HasSpokenSince(CallState state, EffectClaim round) =>
        state.EveryAgent
            .Where(leg => state.PartOf(leg) is LegPart.VoiceAgent or LegPart.Avatar && state.IsLive(leg))
            .SelectMany(leg => leg.Tracks.Values)
            .Any(track => track is { Unpublished: null, Published: { } published } && published.At > round.FirstBegunAt);
}
