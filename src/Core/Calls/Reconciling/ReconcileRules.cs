using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Reconciling;

/// <summary>When LiveKit is asked who is there. The last rule of its list: the rules before it name times at which to ask.</summary>
public static class ReconcileRules
{
    /// <summary>How long after the last event LiveKit is asked while something is missing: the caller, or an agent that speaks.</summary>
    public static TimeSpan WhileWaiting { get; } = TimeSpan.FromSeconds(4);

    /// <summary>How long after the last event LiveKit is asked while all is well.</summary>
    public static TimeSpan WhileTalking { get; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after the last event LiveKit is asked while a human's phone rings: no webhook says that they have picked up.
    /// </summary>
    public static TimeSpan WhileRinging { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after a crash of LiveKit's server its participants are looked at: by then the living have joined again.</summary>
    public static TimeSpan AfterCrash { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait for participant_joined after track_published before asking LiveKit.</summary>
    public static TimeSpan Announcement { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a room that is no call is followed after its last event.</summary>
    public static TimeSpan FollowLinger { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a room that is no call is followed.</summary>
    public static TimeSpan FollowLimit { get; } = TimeSpan.FromHours(24);

    /// <summary>While the call goes on.</summary>
    internal static CallEffect? DuringCall(PolicyContext context)
    {
        var state = context.State;
        if (state.Twilio.LiveKitLegEnd is { } legEnd && state.LiveCallers.Any())
        {
            context.ReconcileAt(legEnd.At + EndRules.RejoinWindow);
        }

        AskAboutUnannounced(context);
        AskAfterCrash(context);
        if (AgentLease.KnownAt(state) is { } known)
        {
            context.ReconcileAt(known);
        }

        if (state.Requests.IsOutbound && !state.Callers.Any())
        {
            if (!state.AwaitsCallee)
            {
                // Nobody is called before their time, and between two attempts nobody is there.
                return Due(context);
            }

            if (state.Verdicts.First is { } verdict)
            {
                context.ReconcileAt(verdict.At);
            }
        }

        // A handoff's human may have come although no webhook told of their phone.
        if (HandoverRules.IsRinging(context) || state is { IsHandoffOpen: true, Handoff.Request.Mode: HandoffMode.Warm })
        {
            context.ReconcileEvery(WhileRinging);
        }

        if (state.Requests.First is null && !state.Rooms.All.Any())
        {
            // Twilio was told to dial, and LiveKit knows of nothing: the longer ago, the less often it is asked.
            var asked = state.ReconciledAt - state.LastEventAt;
            context.ReconcileEvery(asked > WhileWaiting ? asked : WhileWaiting);
            return Due(context);
        }

        var waiting = !state.LiveCallers.Any() || CallSilence.Since(state) is not null || DispatchRules.IsLateAgentExpected(context);
        context.ReconcileEvery(waiting ? WhileWaiting : WhileTalking);
        return Due(context);
    }

    /// <summary>After the end, while other people keep the room.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context)
    {
        if (context.State.IsRoomTheirs)
        {
            AskAfterCrash(context);
        }

        return Due(context);
    }

    /// <summary>In a room that may become a call: the caller's participant_joined can be the webhook that was lost.</summary>
    internal static CallEffect? BeforeCall(PolicyContext context)
    {
        var state = context.State;
        if (context.Now - state.FirstEventAt < FollowLimit)
        {
            AskAboutUnannounced(context);
        }

        var isOver = state.Rooms.All.All(room => room.Finished is not null);
        if (!isOver && !context.IsDue(state.FirstEventAt + FollowLimit))
        {
            context.ReconcileEvery(state.ReconciledAt == DateTimeOffset.MinValue ? WhileWaiting : WhileTalking);
        }
        else
        {
            context.IsDue(state.LastEventAt + FollowLinger);
        }

        return Due(context);
    }

    private static CallEffect.Reconcile? Due(PolicyContext context) => context.IsReconcileDue ? new CallEffect.Reconcile() : null;

    private static void AskAfterCrash(PolicyContext context)
    {
        if (context.State.Rooms.All.Max(room => room.Restarted?.At) is { } crash)
        {
            context.ReconcileAt(crash + AfterCrash);
        }
    }

    /// <summary>A leg whose audio was reported and whose joining was not: LiveKit knows who it is, or that it is gone.</summary>
    private static void AskAboutUnannounced(PolicyContext context)
    {
        foreach (var leg in context.State.Legs.All.Where(leg => leg is { Audio: not null, Joined: null, Left: null, Aborted: null }))
        {
            context.ReconcileAt(leg.Audio!.At + Announcement);
        }
    }
}
