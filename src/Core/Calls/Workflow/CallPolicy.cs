using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Every decision about a call. Pure: the same state, terms and time give the same decision; no I/O, no clock, no chance.
/// A conclusion from silence (nobody there, no agent) is drawn only after LiveKit was asked, or could not be asked for <see cref="Patience"/>.
/// </summary>
public static class CallPolicy
{
    /// <summary>How long after the last news LiveKit is asked while something is missing: the caller, or an agent that speaks.</summary>
    public static TimeSpan AskWhileWaiting { get; } = TimeSpan.FromSeconds(4);

    /// <summary>How long after the last news LiveKit is asked while all is well.</summary>
    public static TimeSpan AskWhileTalking { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a leg that was thrown out by its own reconnect may take to come back.</summary>
    public static TimeSpan RejoinWindow { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after an agent was lost another is sent.</summary>
    public static TimeSpan AgentRestart { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an agent that was just sent may take before another is sent.</summary>
    public static TimeSpan AgentArrival { get; } = TimeSpan.FromSeconds(4);

    /// <summary>For how long after another agent was sent the one that did not come is expected all the same.</summary>
    public static TimeSpan LateAgent { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How long after a leg was heard its joining may be told, before LiveKit is asked who it is.</summary>
    public static TimeSpan Announcement { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How many agents are sent into one call at most, one after the other.</summary>
    public static int MaxEpochs => 5;

    /// <summary>How long a human's phone rings.</summary>
    public static TimeSpan HumanRings { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Beyond the route's dial timeout: Twilio adds 5 s to every Dial timeout of its own, and its result takes a moment to arrive.</summary>
    public static TimeSpan DialSlack { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an overdue conclusion waits for LiveKit to answer before it is drawn without.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a room that is no call is watched after the last news of it.</summary>
    public static TimeSpan WatchLinger { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a room that is no call is watched.</summary>
    public static TimeSpan WatchLimit { get; } = TimeSpan.FromHours(24);

    /// <summary>What is next.</summary>
    public static CallDecision Next(CallState state, CallTimeouts terms, DateTimeOffset now)
    {
        var agenda = new PolicyContext(state, now);
        if (state.End is { } end)
        {
            return AfterEnd(agenda, end, terms);
        }

        return state.IsCall ? DuringCall(agenda, terms) : Watch(agenda);
    }

    private static CallDecision DuringCall(PolicyContext agenda, CallTimeouts terms)
    {
        var state = agenda.State;
        if (CauseOfEnd(agenda, terms) is { } cause && agenda.May(new CallEffect.EndCall(cause)))
        {
            return agenda.Decision;
        }

        if (SilencePolicy.HandoverDue(agenda, terms) && agenda.May(new CallEffect.CallHuman()))
        {
            return agenda.Decision;
        }

        if (SilencePolicy.DispatchDue(agenda, terms.Silence) is { } dispatch && agenda.May(dispatch))
        {
            return agenda.Decision;
        }

        if (SurplusDue(agenda) && agenda.May(new CallEffect.RemoveSurplusAgents(NextNumber(state, CallEffect.RemoveSurplusAgents.ClaimPrefix))))
        {
            return agenda.Decision;
        }

        if (agenda.MayPublish())
        {
            return agenda.Decision;
        }

        if (state.LiveKitLegEnd is { } legEnd && state.LiveCallers.Any())
        {
            agenda.AskOnce(legEnd.At + RejoinWindow);
        }

        AskWhoWasHeard(agenda);
        if (AgentLease.KnownAt(state) is { } known)
        {
            agenda.AskOnce(known);
        }

        var waiting = !state.LiveCallers.Any() || CallSilence.Since(state) is not null || MayStillCome(agenda);
        agenda.AskAgain(waiting ? AskWhileWaiting : AskWhileTalking);
        return agenda.Conclude();
    }

    /// <summary>Why the call is over now; <c>null</c> while it goes on.</summary>
    private static string? CauseOfEnd(PolicyContext agenda, CallTimeouts terms)
    {
        var state = agenda.State;
        if (state.Callers.Any() && !state.LiveCallers.Any() && CauseOfDeparture(agenda) is { } departure)
        {
            return departure;
        }

        if (state.DialEnd?.Fact is CallFact.DialEnded dial)
        {
            return dial.CallerIsGone ? EndCause.CallerHangup : EndCause.OfDial(dial.Status);
        }

        if (state.CallerLegEnd is not null)
        {
            return EndCause.CallerHangup;
        }

        if (!state.Callers.Any())
        {
            return agenda.Concluded(state.Arrival!.At + terms.DialTimeout + DialSlack) ? EndCause.NeverJoined : null;
        }

        if (!state.LiveCallers.Any())
        {
            return null;
        }

        if (state.Humans.Any(leg => leg.Answered is not null) && !state.LiveHumans.Any())
        {
            return EndCause.HumanHangup;
        }

        if (CallSilence.Since(state) is { } silence && SilencePolicy.NobodyComes(agenda, silence, terms))
        {
            return EndCause.NoAgent;
        }

        return agenda.Reached(state.CallerSince!.Value + terms.MaxDuration) ? EndCause.MaxDuration : null;
    }

    private static string? CauseOfDeparture(PolicyContext agenda)
    {
        var state = agenda.State;
        var last = state.Callers.Where(leg => leg.Left is not null).MaxBy(leg => (leg.Leg!.JoinedAtMs, leg.Left!.At));
        if (last is not null && EndCause.OfDeparture(last.Reason!) is { } cause)
        {
            // A caller who gives up and a Dial that times out look alike to LiveKit. Twilio knows which it was, and tells within moments.
            var unanswered = state.Arrival is not null && !state.Agents.Any(leg => leg.Audio is not null);
            return !unanswered || (state.DialEnd is null && state.CallerLegEnd is null && agenda.Reached(last.Left!.At + RejoinWindow)) ? cause : null;
        }

        if (state.Rooms.Values.All(room => room.Finished is not null))
        {
            return EndCause.RoomClosed;
        }

        var goneAt = last?.Left!.At ?? state.Callers.Max(leg => leg.Since)!.Value;
        return agenda.Concluded(goneAt + RejoinWindow) ? EndCause.CallerLost : null;
    }

    /// <summary>Whether there are more agents in the room than should be, and it was not looked into just now.</summary>
    private static bool SurplusDue(PolicyContext agenda)
    {
        var last = agenda.State.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix).LastOrDefault().Claim;
        return agenda.State.SurplusAgents.Any() && (last is null || agenda.Reached(last.At + AskWhileWaiting));
    }

    /// <summary>Whether an agent that was given up may come late, beside the one that took its place; the webhook of it may be lost like any other.</summary>
    private static bool MayStillCome(PolicyContext agenda) => agenda.State.Dispatches.LastOrDefault() is { Epoch: > 1, Claim: var claim } && agenda.Now < claim.At + LateAgent;

    private static CallDecision AfterEnd(PolicyContext agenda, EffectClaim end, CallTimeouts terms)
    {
        var state = agenda.State;
        if (agenda.MayPublish())
        {
            return agenda.Decision;
        }

        if (SilencePolicy.Unsettled(state) is { } dispatch && agenda.May(dispatch))
        {
            return agenda.Decision;
        }

        if (state.RoomMayLive
            && agenda.Reached(DeletionDue(state, end, terms))
            && agenda.May(new CallEffect.DeleteRoom(NextNumber(state, CallEffect.DeleteRoom.ClaimPrefix))))
        {
            return agenda.Decision;
        }

        return agenda.Conclude();
    }

    /// <summary>When the room goes: after the grace; at once where a caller would sit in silence; never while a dispatch is in flight that could open the room again.</summary>
    private static DateTimeOffset DeletionDue(CallState state, EffectClaim end, CallTimeouts terms)
    {
        var grace = terms.RoomGrace;
        if (state.LiveCallers.Any())
        {
            var stranded = end.Result is EndCause.NoAgent or EndCause.HumanHangup or EndCause.MaxDuration || state.LiveCallers.Any(leg => leg.Since > end.At);
            grace = stranded ? TimeSpan.Zero : grace < RejoinWindow ? grace : RejoinWindow;
        }

        var due = end.At + grace;
        var inFlight = state.Dispatches.Select(dispatch => dispatch.Claim).Where(claim => claim.Status == ClaimStatus.Intent).Max(claim => claim.Until);
        return inFlight > due ? inFlight.Value : due;
    }

    /// <summary>
    /// A room that may become a call: LiveKit is asked who is in it, because the caller's joining can be the webhook that was lost. One of ours in which nobody but agents is goes.
    /// </summary>
    private static CallDecision Watch(PolicyContext agenda)
    {
        var state = agenda.State;
        if (state.RoomMayLive
            && state.Rooms.Values.Any(room => room.Abandoned is not null)
            && agenda.May(new CallEffect.DeleteRoom(NextNumber(state, CallEffect.DeleteRoom.ClaimPrefix))))
        {
            return agenda.Decision;
        }

        if (agenda.Now - state.FirstEventAt < WatchLimit)
        {
            AskWhoWasHeard(agenda);
        }

        var over = state.Rooms.Values.All(room => room.Finished is not null);
        if (!over && !agenda.Reached(state.FirstEventAt + WatchLimit))
        {
            agenda.AskAgain(state.ReconciledAt == DateTimeOffset.MinValue ? AskWhileWaiting : AskWhileTalking);
        }
        else
        {
            agenda.Reached(state.LastEventAt + WatchLinger);
        }

        return agenda.Conclude();
    }

    /// <summary>A leg that is heard and of which nobody told that it joined: LiveKit knows who it is, or that it is gone.</summary>
    private static void AskWhoWasHeard(PolicyContext agenda)
    {
        foreach (var unannounced in agenda.State.Legs.Values.Where(leg => leg is { Audio: not null, Joined: null, Left: null, Aborted: null }))
        {
            agenda.AskOnce(unannounced.Audio!.At + Announcement);
        }
    }

    /// <summary>The number after the last settled one of a numbered effect, or that of the one that is not settled yet.</summary>
    private static int NextNumber(CallState state, string prefix)
    {
        var (number, claim) = state.Numbered(prefix).LastOrDefault();
        return claim is null or { Status: ClaimStatus.Intent or ClaimStatus.Failed } ? Math.Max(number, 1) : number + 1;
    }
}
