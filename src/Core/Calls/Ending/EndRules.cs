using VoiceFunctions.Core.Calls.Dialling;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing.Outbound;

namespace VoiceFunctions.Core.Calls.Ending;

/// <summary>When a call is over, and why.</summary>
public static class EndRules
{
    /// <summary>How long a leg that was thrown out by its own reconnect may take to come back.</summary>
    public static TimeSpan RejoinWindow { get; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Beyond the route's dial timeout: Twilio adds 5 s to every Dial timeout of its own, and its result takes a moment to arrive.
    /// </summary>
    public static TimeSpan DialSlack { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long whoever has a token may take to join: a browser asks its user for the microphone first.</summary>
    public static TimeSpan JoinWindow { get; } = TimeSpan.FromMinutes(2);

    /// <summary>The end, where the call is over now.</summary>
    internal static CallEffect? Due(PolicyContext context) => CauseOf(context) is { } cause ? Of(cause) : null;

    /// <summary>The end for a cause.</summary>
    internal static CallEffect Of(string cause) => new CallEffect.EndCall(cause);

    /// <summary>Why the call is over now; <c>null</c> while it goes on.</summary>
    private static string? CauseOf(PolicyContext context)
    {
        var (state, twilio) = (context.State, context.State.Twilio);
        if (state.Handoffs.Any(handoff => handoff.Transfer is not null))
        {
            return EndCause.Transferred;
        }

        if (state.NextCaller is { } next)
        {
            var before = state.Callers.Where(leg => leg.CameAt < next.CameAt).MaxBy(state.GoneAt);
            return EndCause.OfDeparture(before?.Reason ?? "") ?? EndCause.CallerLost;
        }

        if (state.Callers.Any() && !state.LiveCallers.Any() && CauseOfDeparture(context) is { } departure)
        {
            // No webhook tells an accepted transfer from a caller who hangs up.
            return state.Handoff?.OpenTransfer switch
            {
                null => departure,
                { Status: ClaimStatus.Intent, Until: { } until } when !context.IsDue(until) => null,
                _ => EndCause.Transferred,
            };
        }

        if (twilio.DialEnd?.Fact is CallFact.DialEnded dial)
        {
            return dial.CallerIsGone ? EndCause.CallerHangup : EndCause.OfDial(dial.Status);
        }

        if (twilio.CallerLegEnd is not null)
        {
            // Whoever was not let in had no more to hear: their leg's end follows from the answer, and does not tell why the call is over.
            var isTurnedAway = context.Timeouts.IsClosed
                && state.Screening.Verdict is { Action: var action }
                && AdmissionAction.SendsNobody(action);
            return isTurnedAway ? null : EndCause.CallerHangup;
        }

        if (state.EndRequests.First is not null)
        {
            return EndCause.ApiEnd;
        }

        if (!state.Callers.Any() && state.Requests.IsOutbound)
        {
            return DialEnd.CauseOf(context);
        }

        if (!state.Callers.Any())
        {
            var begun = state.Requests is { Request: { } request, First: { } first } ? request.NotBefore ?? first.At : twilio.Announced!.At;
            var wait = state.Requests.IsByToken ? JoinWindow : context.Timeouts.DialTimeout + DialSlack;
            return context.IsConfirmedAfter(begun + wait) ? EndCause.NeverJoined : null;
        }

        if (!state.LiveCallers.Any())
        {
            return null;
        }

        if (context.Timeouts.Outbound.WhenMachine == MachineAction.HangUp
            && state is { Requests.IsOutbound: true, Verdicts.AnsweredBy: CallFact.CalleeVerdict.Machine })
        {
            return EndCause.AnsweredByMachine;
        }

        if (Farewell.CauseOf(context) is { } farewell)
        {
            return farewell;
        }

        if (CallSilence.Since(state) is not null && HandoverRules.NobodyComes(context))
        {
            return EndCause.NoAgent;
        }

        return context.IsDue(state.CallerSince!.Value + context.Timeouts.MaxDuration) ? EndCause.MaxDuration : null;
    }

    private static string? CauseOfDeparture(PolicyContext context)
    {
        var (state, twilio) = (context.State, context.State.Twilio);
        var last = state.Callers.Where(leg => leg.Left is not null).MaxBy(leg => (leg.Leg!.JoinedAtMs, leg.Left!.At));
        if (last is not null && EndCause.OfDeparture(last.Reason!) is { } cause)
        {
            // A caller who gives up and a Dial that times out look alike to LiveKit. Twilio knows which it was, and reports it soon.
            var isUnanswered = twilio.Announced is not null && !state.EveryAgent.Any(leg => leg.Audio is not null);
            var isTwilioSilent = twilio is { DialEnd: null, CallerLegEnd: null } && context.IsDue(last.Left!.At + RejoinWindow);
            return !isUnanswered || isTwilioSilent ? cause : null;
        }

        if (state.Rooms.All.All(room => room.Finished is not null))
        {
            return EndCause.RoomClosed;
        }

        var goneAt = last?.Left!.At ?? state.Callers.Max(leg => leg.Since)!.Value;
        return context.IsConfirmedAfter(goneAt + RejoinWindow) ? EndCause.CallerLost : null;
    }
}
