using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls;

/// <summary>Why a call ended: the stable words of <see cref="CallDetailRecord.EndCause"/> and of CALL_ENDED.</summary>
public static class EndCause
{
    /// <summary>The caller hung up, before or after the answer.</summary>
    public const string CallerHangup = "caller_hangup";

    /// <summary>The caller's leg broke off and did not come back.</summary>
    public const string CallerLost = "caller_lost";

    /// <summary>Somebody removed the caller's leg through LiveKit's API.</summary>
    public const string CallerRemoved = "caller_removed";

    /// <summary>The room was deleted or closed under the caller.</summary>
    public const string RoomClosed = "room_closed";

    /// <summary>Twilio's Dial to LiveKit ended after it was answered.</summary>
    public const string DialCompleted = "dial_completed";

    /// <summary>Twilio's Dial to LiveKit found it busy.</summary>
    public const string DialBusy = "dial_busy";

    /// <summary>Twilio's Dial to LiveKit was not answered in time: no agent spoke.</summary>
    public const string DialNoAnswer = "dial_no_answer";

    /// <summary>Twilio's Dial could not reach LiveKit.</summary>
    public const string DialFailed = "dial_failed";

    /// <summary>Twilio announced the call, or somebody asked for it, but its caller never came into the room.</summary>
    public const string NeverJoined = "never_joined";

    /// <summary>The caller waited too long without an agent that speaks.</summary>
    public const string NoAgent = "no_agent";

    /// <summary>The agent had finished: it said so, or left on its own after it had been heard.</summary>
    public const string AgentFinished = "agent_finished";

    /// <summary>The human to whom the caller was handed over hung up.</summary>
    public const string HumanHangup = "human_hangup";

    /// <summary>The caller was given to a human outside of the room: a cold handoff.</summary>
    public const string Transferred = "transferred";

    /// <summary>The route's longest duration was reached.</summary>
    public const string MaxDuration = "max_duration";

    /// <summary>The call came outside of its route's hours and got what the route has for that time.</summary>
    public const string Closed = "closed";

    /// <summary>
    /// The phone that we called was busy, or somebody declined the call: LiveKit tells of both alike (<c>USER_REJECTED</c>).
    /// </summary>
    public const string Busy = "busy";

    /// <summary>Nobody answered the phone that we called for as long as it rings, or it was switched off.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>The network refused our call with a status that says that it is not wanted.</summary>
    public const string Rejected = "rejected";

    /// <summary>Our call could not be made, or nobody knows whether it was.</summary>
    public const string Failed = "failed";

    /// <summary>A machine answered our call, and the route hangs up on those.</summary>
    public const string AnsweredByMachine = "answered_by_machine";

    /// <summary>All places of the route or the tenant were taken.</summary>
    public const string OverLimit = "over_limit";

    /// <summary>A rule of the route lets such a caller have no agent.</summary>
    public const string Screened = "screened";

    /// <summary>An operator or an application ended the call over the API.</summary>
    public const string ApiEnd = "api_end";

    /// <summary>The call came over a SIP trunk while the gateway took no new calls.</summary>
    public const string TelephonyDisabled = "telephony_disabled";

    /// <summary>Whether a call that ended so was one that nobody served.</summary>
    public static bool IsFailure(string cause) => cause
        is DialBusy or DialNoAnswer or DialFailed or NeverJoined or NoAgent or Busy or NoAnswer or Rejected or Failed or TelephonyDisabled
            or OverLimit;

    /// <summary>Whether the gateway ended the call, so that a caller who is still there hears nobody.</summary>
    internal static bool LeavesCallerAlone(string? cause) => cause
        is NoAgent or HumanHangup or AgentFinished or MaxDuration or Closed or NoAnswer or AnsweredByMachine or ApiEnd or TelephonyDisabled
            or OverLimit or Screened;

    /// <summary>Whether a trunk's call ended so because no caller was there any more.</summary>
    internal static bool MeansGone(string? cause) => cause is CallerHangup or CallerLost or CallerRemoved or RoomClosed;

    /// <summary>The cause of a Twilio DialCallStatus; an unknown status counts as failed.</summary>
    public static string OfDial(string status) => status switch
    {
        "completed" or "answered" => DialCompleted,
        "busy" => DialBusy,
        "no-answer" => DialNoAnswer,
        "canceled" => CallerHangup,
        _ => DialFailed,
    };

    /// <summary>The cause of the caller's disconnect reason at LiveKit; <c>null</c> where the leg may come back under a new sid.</summary>
    public static string? OfDeparture(string reason) => reason switch
    {
        "CLIENT_INITIATED" or "USER_REJECTED" or "USER_UNAVAILABLE" => CallerHangup,
        "PARTICIPANT_REMOVED" => CallerRemoved,
        "ROOM_DELETED" or "ROOM_CLOSED" => RoomClosed,
        _ => null,
    };
}
