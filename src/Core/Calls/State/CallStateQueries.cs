using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What a state means: who is there, what was done. Everything here follows from the state alone.</summary>
public static class CallStateQueries
{
    extension(CallState state)
    {
        /// <summary>Whether this is a phone call at all: Twilio announced it, or a caller's leg was in the room.</summary>
        public bool IsCall => state.Twilio.Announced is not null || state.Callers.Any();

        /// <summary>Where the call stands.</summary>
        public CallStatus Status => state switch
        {
            { End.Result: { } cause } => EndCause.IsFailure(cause) ? CallStatus.Failed : CallStatus.Ended,
            { AgentDispatched: true } => CallStatus.AgentDispatched,
            _ => state.Callers.Any() ? CallStatus.SipParticipantJoined : CallStatus.Created,
        };

        /// <summary>Every leg that was a caller's, there or gone.</summary>
        public IEnumerable<LegState> Callers => state.Legs.All.Where(leg => leg is { Role: LegRole.Caller, WasThere: true });

        /// <summary>Every leg that was an agent's, there or gone.</summary>
        public IEnumerable<LegState> Agents => state.Legs.All.Where(leg => leg is { Role: LegRole.Agent, WasThere: true });

        /// <summary>Every leg that was a dialled human's, there or gone.</summary>
        public IEnumerable<LegState> Humans => state.Legs.All.Where(leg => leg is { Role: LegRole.Human, WasThere: true });

        /// <summary>The callers who are in the room as far as is known.</summary>
        public IEnumerable<LegState> LiveCallers => state.Callers.Where(state.IsLive);

        /// <summary>The agents that are in the room as far as is known.</summary>
        public IEnumerable<LegState> LiveAgents => state.Agents.Where(state.IsLive);

        /// <summary>The dialled humans who are in the room as far as is known, whether or not they have picked up.</summary>
        public IEnumerable<LegState> LiveHumans => state.Humans.Where(state.IsLive);

        /// <summary>When the first caller was known to be in the room.</summary>
        public DateTimeOffset? CallerSince => state.Callers.Min(leg => leg.Since);

        /// <summary>What Twilio's voice webhook said; <c>null</c> where it did not come.</summary>
        public CallFact.CallAnnounced? Announcement => state.Twilio.Announced?.Fact as CallFact.CallAnnounced;

        /// <summary>
        /// Whether Twilio has a part in the call: it announced it, or the room is named after the call's id, which only our answer to
        /// Twilio can have brought about.
        /// </summary>
        public bool IsTwilios => state.Announcement is not null
            || state.Rooms.Name?.EndsWith($"_{state.CallId}", StringComparison.Ordinal) == true;

        /// <summary>The first of the callers' legs; <c>null</c> before one was in the room.</summary>
        public Leg? FirstCaller => state.Callers.MinBy(leg => leg.Since)?.Leg;

        /// <summary>Which way the call went.</summary>
        public CallDirection Direction => state.Announcement?.Direction ?? CallDirection.Inbound;

        /// <summary>Who called, in E.164 or as it was given; <c>null</c> where it was withheld.</summary>
        public string? From => state.Announcement is { } announced
            ? announced.From
            : state.FirstCaller?.PhoneNumber is { } number && !WithheldNumber.IsSpelledIn(number) ? number : null;

        /// <summary>The number that was called: Twilio's announcement first, else the caller's leg.</summary>
        public string? CalledNumber => state.Announcement?.To
            ?? state.Callers.OrderBy(leg => leg.Since).Select(leg => leg.Leg!.CalledNumber).FirstOrDefault(number => number is not null);

        /// <summary>The claim of the dialled human; <c>null</c> while nobody dialled them.</summary>
        public EffectClaim? HumanCall => state.Claims.GetValueOrDefault(CallEffect.CallHuman.ClaimKey);

        /// <summary>Whether the caller is handed over to a human, so that no agent has a place in the room any more.</summary>
        public bool IsHandedOver => state.HumanCall is { Status: not ClaimStatus.GivenUp };

        /// <summary>The agents that should not be in the room: all but one, or all where a human has taken over.</summary>
        public IEnumerable<LegState> SurplusAgents => state.LiveAgents.Skip(state.IsHandedOver ? 0 : 1);

        /// <summary>The claim of the call's end; its <see cref="EffectClaim.Result"/> is the cause.</summary>
        public EffectClaim? End => state.Claims.GetValueOrDefault(CallEffect.EndCall.ClaimKey);

        /// <summary>
        /// When LiveKit was asked for the last reconciliation that it answered; <see cref="DateTimeOffset.MinValue"/> before the first.
        /// </summary>
        public DateTimeOffset ReconciledAt =>
            state.Claims.GetValueOrDefault(CallEffect.Reconcile.ClaimKey) is { Status: ClaimStatus.Done } claim
                ? claim.BegunAt ?? claim.At
                : DateTimeOffset.MinValue;

        /// <summary>The claims of agent dispatches, by epoch.</summary>
        public IEnumerable<(int Epoch, EffectClaim Claim)> Dispatches => state.Numbered(CallEffect.DispatchAgent.ClaimPrefix);

        /// <summary>Whether an agent was dispatched, or one that came by itself adopted.</summary>
        public bool AgentDispatched => state.Dispatches.Any(dispatch => dispatch.Claim.Status == ClaimStatus.Done);

        /// <summary>The claims of room deletions, by round.</summary>
        public IEnumerable<(int Round, EffectClaim Claim)> Deletions => state.Numbered(CallEffect.DeleteRoom.ClaimPrefix);

        /// <summary>True unless the room was deleted and has not been seen since.</summary>
        public bool RoomMayLive => state.RoomSettledAt is not { } settled
            || state.Rooms.All.Any(room => (room.Finished is null && room.FirstSeen.At > settled) || room.Abandoned?.At > settled);

        /// <summary>When the last deletion of the room was done or given up; <c>null</c> before.</summary>
        public DateTimeOffset? RoomSettledAt =>
            state.Deletions.LastOrDefault(deletion => deletion.Claim.Status is ClaimStatus.Done or ClaimStatus.GivenUp).Claim?.At;

        /// <summary>When our own deletion last found or left the room gone; <c>null</c> before.</summary>
        public DateTimeOffset? RoomDeletedAt => state.Deletions
            .Where(deletion => deletion.Claim.Status == ClaimStatus.Done)
            .Select(deletion => (DateTimeOffset?)deletion.Claim.At)
            .Max();

        /// <summary>
        /// When the session of a leg's room was known to be over, however late the leg's own webhooks come; <c>null</c> while it may go on.
        /// </summary>
        public DateTimeOffset? RoomOverAt(LegState leg) => leg.RoomSid is { } sid && state.Rooms.Find(sid) is { } room
            ? room.Finished?.At ?? (state.RoomDeletedAt >= room.FirstSeen.At ? state.RoomDeletedAt : null)
            : null;

        /// <summary>Whether a leg is in the room as far as is known.</summary>
        public bool IsLive(LegState leg) =>
            leg is { Joined: not null, Left: null, Aborted: null }
            && state.RoomOverAt(leg) is null
            && !state.Legs.Named(leg.Leg!.Identity).Any(other => Supersedes(other, leg));
    }

    /// <summary>One identity is in a room once: a leg that joined later under the same identity has thrown the earlier one out.</summary>
    private static bool Supersedes(LegState other, LegState leg) =>
        other.Sid != leg.Sid
        && other is { Joined: not null, Aborted: null }
        && other.RoomSid == leg.RoomSid
        && (other.Leg!.JoinedAtMs, other.Joined.At, other.Sid).CompareTo((leg.Leg!.JoinedAtMs, leg.Joined!.At, leg.Sid)) > 0;
}
