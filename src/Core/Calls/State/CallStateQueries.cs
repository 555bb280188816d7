using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What a state means: who is there, what was done. Everything here follows from the state alone.</summary>
public static class CallStateQueries
{
    extension(CallState state)
    {
        /// <summary>Whether this is a call at all: Twilio announced it, somebody asked for it, or a caller's leg was in the room.</summary>
        public bool IsCall => state.Twilio.Announced is not null || state.Requests.First is not null || state.Callers.Any();

        /// <summary>
        /// Whether the gateway had taken the call on: it answered Twilio or who asked for it, or began to send an agent or to call a human.
        /// </summary>
        public bool IsTakenOn =>
            state.IsTwilios || state.Requests.First is not null || state.Dispatches.Any() || state.HumanCall is not null;

        /// <summary>Where the call stands.</summary>
        public CallStatus Status => state switch
        {
            { End.Result: { } cause } => EndCause.IsFailure(cause) ? CallStatus.Failed : CallStatus.Ended,
            { Requests.IsOutbound: true } when state.Callers.Any() => CallStatus.Answered,
            { Requests.IsOutbound: true } when state.DialAttempts.Count > 0 => CallStatus.Dialing,
            { AgentDispatched: true } => CallStatus.AgentDispatched,
            _ => state.Callers.Any() ? CallStatus.SipParticipantJoined : CallStatus.Created,
        };

        /// <summary>Every leg that was a caller's, there or gone. A callee's is one from their answer on.</summary>
        public IEnumerable<LegState> Callers => state.Legs.Callers;

        /// <summary>Every leg of a phone that the call itself is for, ringing, answered or gone.</summary>
        public IEnumerable<LegState> Callees => state.Legs.All.Where(leg => leg is { WasThere: true, Leg.IsCallee: true });

        /// <summary>Every leg that was a voice agent's, there or gone.</summary>
        public IEnumerable<LegState> Agents => state.EveryAgent.Where(leg => state.PartOf(leg) == LegPart.VoiceAgent);

        /// <summary>Every leg of kind agent, there or gone: voice agents, avatars and helpers.</summary>
        public IEnumerable<LegState> EveryAgent => state.Legs.Agents;

        /// <summary>Every leg that was that of a human whom the call dialled, there or gone.</summary>
        public IEnumerable<LegState> Humans => state.Legs.All.Where(leg => leg is { Role: LegRole.Human, WasThere: true });

        /// <summary>The part that a leg plays.</summary>
        public LegPart PartOf(LegState leg) => state.Cast.PartOf(leg.Leg);

        /// <summary>The same without those who came after the end: each of them has a call of their own.</summary>
        public IEnumerable<LegState> OwnLiveCallers => state.LiveCallers.Where(leg => !state.LaterCallers.Contains(leg));

        /// <summary>The avatars in the room that publish for a voice agent, there or gone.</summary>
        public IEnumerable<LegState> LiveAvatars => state.Live.Where(leg => state.PartOf(leg) == LegPart.Avatar
            && state.Agents.Any(agent => agent.Leg!.Identity == leg.Leg!.OnBehalfOf));

        /// <summary>The dialled humans who are in the room as far as is known, whether or not they have picked up.</summary>
        public IEnumerable<LegState> LiveHumans => state.Live.Where(leg => leg.Role == LegRole.Human);

        /// <summary>When the first caller came into the room, or answered whom we called.</summary>
        public DateTimeOffset? CallerSince => state.Callers.Min(leg => leg.ConnectedAt);

        /// <summary>Whether a human is heard now, whoever brought them.</summary>
        public bool IsHumanHeard => state.Heard.Any(span => span is { Part: LegPart.Human, To: null });

        /// <summary>
        /// The people who have the room for themselves when the call is over: a human who is heard and whom this call did not dial, or whom
        /// it dialled and who talks with such a one.
        /// </summary>
        public bool IsRoomTheirs => state.Heard.Any(span => span is { Part: LegPart.Human, To: null, Leg.Role: not LegRole.Human });

        /// <summary>When the call began: when its first event was received, or when the caller came in, whichever was first.</summary>
        public DateTimeOffset BeganAt =>
            state.CallerSince is { } came && came < state.FirstEventAt ? came : state.FirstEventAt;

        /// <summary>
        /// When the call was over: when the last caller left, or when it was ended, whichever was first; <c>null</c> before.
        /// </summary>
        public DateTimeOffset? EndedAt => state.End is not { } end ? null
            : state.Callers.Where(leg => leg.Since <= end.At && !state.LaterCallers.Contains(leg)).Select(leg => leg.Left).ToList()
                is { Count: > 0 } departures
                && departures.TrueForAll(left => left?.At <= end.At)
                && departures.Max(left => left!.Happened) is var gone && gone < end.At ? gone
            : end.At;

        /// <summary>What Twilio's voice webhook said; <c>null</c> where it did not come.</summary>
        public CallFact.CallAnnounced? Announcement => state.Twilio.Announced?.Fact as CallFact.CallAnnounced;

        /// <summary>
        /// Whether Twilio has a part in the call: it announced it, or the room is named after the call's id, which without a request over
        /// the API only our answer to Twilio can have brought about.
        /// </summary>
        public bool IsTwilios => state.Announcement is not null
            || (state.Requests.First is null && state.Rooms.Name?.EndsWith($"_{state.CallId}", StringComparison.Ordinal) == true);

        /// <summary>The first of the callers' legs; <c>null</c> before one was in the room.</summary>
        public Leg? FirstCaller => state.Callers.MinBy(leg => leg.Since)?.Leg;

        /// <summary>Which way the call went.</summary>
        public CallDirection Direction =>
            state.Requests.IsOutbound ? CallDirection.Outbound : state.Announcement?.Direction ?? CallDirection.Inbound;

        /// <summary>Who called, in E.164 or as it was given; <c>null</c> where it was withheld.</summary>
        public string? From => state.Requests.IsOutbound ? state.Requests.Request!.From
            : state.Announcement is { } announced ? announced.From
            : state.FirstCaller?.PhoneNumber is { } number && !WithheldNumber.IsSpelledIn(number) ? number : null;

        /// <summary>The number that was called: whom the asker named, else Twilio's announcement, else the caller's leg.</summary>
        public string? CalledNumber => state.Requests.Request?.To ?? state.Announcement?.To
            ?? state.Callers.OrderBy(leg => leg.Since).Select(leg => leg.Leg!.CalledNumber).FirstOrDefault(number => number is not null);

        /// <summary>The claims of the dialled humans, in the order of the route.</summary>
        public IEnumerable<(int Index, EffectClaim Claim)> HumanCalls =>
            state.Claims.GetValueOrDefault(CallEffect.CallHuman.ClaimKey) is { } first
                ? state.Numbered(CallEffect.CallHuman.ClaimPrefix).Select(later => (later.Number - 1, later.Claim)).Prepend((0, first))
                : [];

        /// <summary>The claim of the human who was dialled last; <c>null</c> while nobody was.</summary>
        public EffectClaim? HumanCall => state.HumanCalls.LastOrDefault().Claim;

        /// <summary>The call's handoffs, in the order of their numbers.</summary>
        public IEnumerable<Handoff> Handoffs =>
            state.HandoffRequests.IsEmpty ? [] : HandoffsOf(state);

        /// <summary>The last handoff that was asked for; <c>null</c> where none was.</summary>
        public Handoff? Handoff => state.Handoffs.LastOrDefault();

        /// <summary>The handoff whose human has taken the caller over; <c>null</c> while none has.</summary>
        public Handoff? ConnectedHandoff => state.Silencings.Any() ? state.Handoff : null;

        /// <summary>Whether a human is on the way whom the agent or an operator asked for.</summary>
        public bool IsHandoffOpen => state.Handoff is { IsOver: false };

        /// <summary>The claims of all phones that were dialled into the room: a claim that somebody is at may open the room anew.</summary>
        public IEnumerable<EffectClaim> PhoneCalls => state.HumanCalls.Select(human => human.Claim)
            .Concat(state.Handoffs
                .Where(handoff => handoff.Request.Mode == HandoffMode.Warm)
                .SelectMany(handoff => handoff.Attempts)
                .Select(attempt => attempt.Claim));

        /// <summary>Whether the caller is handed over to a human, so that no agent has a place in the room any more.</summary>
        public bool IsHandedOver =>
            state.HumanCall is { Status: not ClaimStatus.GivenUp } || state.ConnectedHandoff is { Request.MutesAgent: false };

        /// <summary>
        /// How many voice agents have a place in the room: none where a human has taken over, or the call is over. Those that are there
        /// when a handoff's human comes are put out by <see cref="CallEffect.SilenceAgents"/> first.
        /// </summary>
        public int AgentsWanted => state.End is not null || (state.IsHandedOver && !state.IsBeingSilenced) ? 0 : 1;

        /// <summary>Whether a handoff's human is there, and the agents have not been put out or muted yet.</summary>
        public bool IsBeingSilenced =>
            state.Silencings.Any() && !state.Silencings.Any(round => round.Claim.Status == ClaimStatus.Done);

        /// <summary>The claims of putting agents out or muting them for a handoff's human, by round.</summary>
        public IEnumerable<(int Round, EffectClaim Claim)> Silencings => state.Numbered(CallEffect.SilenceAgents.ClaimPrefix);

        /// <summary>The voice agents that should not be in the room.</summary>
        public IEnumerable<LegState> SurplusAgents => state.LiveAgents.Skip(state.AgentsWanted);

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
        public DateTimeOffset? RoomDeletedAt
        {
            get
            {
                DateTimeOffset? last = null;
                foreach (var (_, claim) in state.Deletions)
                {
                    last = claim.Status != ClaimStatus.Done || claim.At <= last ? last : claim.At;
                }

                return last;
            }
        }

        /// <summary>
        /// When the session of a leg's room was known to be over, however late the leg's own webhooks come; <c>null</c> while it may go on.
        /// </summary>
        public DateTimeOffset? RoomOverAt(LegState leg) => leg.RoomSid is { } sid && state.Rooms.Find(sid) is { } room
            ? room.Finished?.At ?? (state.RoomDeletedAt >= room.FirstSeen.At ? state.RoomDeletedAt : null)
            : null;

        /// <summary>When a leg was known to be gone, by whatever showed it first; <c>null</c> while it is there.</summary>
        public DateTimeOffset? GoneAt(LegState leg)
        {
            var told = CallHearing.Earlier(leg.WentAt, leg.Aborted?.At);
            return CallHearing.Earlier(CallHearing.Earlier(told, state.RoomOverAt(leg)), state.SupersededAt(leg));
        }

        /// <summary>When another leg of the same identity threw a leg out; <c>null</c> where none did.</summary>
        private DateTimeOffset? SupersededAt(LegState leg)
        {
            DateTimeOffset? first = null;
            foreach (var other in leg.Leg is null ? [] : state.Legs.Named(leg.Leg.Identity))
            {
                first = Supersedes(other, leg) ? CallHearing.Earlier(first, other.CameAt) : first;
            }

            return first;
        }

        /// <summary>
        /// When a voice agent had last renewed its lease, where it was replaced because it did so no longer; <c>null</c> for all others.
        /// </summary>
        public DateTimeOffset? FellSilentAt(LegState leg)
        {
            DateTimeOffset? first = null;
            foreach (var (epoch, lease) in state.Numbered(CallEffect.DispatchAgent.LeasePrefix))
            {
                if (lease is { Until: { } until, Result: { } job }
                    && LiveKitJob.IsIdentityOf(job, leg.Leg!.Identity)
                    && state.Dispatches.Any(next => next.Epoch > epoch && next.Claim.FirstBegunAt >= until))
                {
                    first = CallHearing.Earlier(first, lease.At);
                }
            }

            return first;
        }

        /// <summary>The call to which the room was handed on last; <c>null</c> where there is none, or just now it is being done.</summary>
        public CallId? Successor => state.Claims.GetValueOrDefault(CallEffect.HandOn.ClaimKey) is { Status: ClaimStatus.Done } handedOn
            && CallId.TryParse(handedOn.Result, out var next)
                ? next
                : null;

        /// <summary>When LiveKit's server crashed last in a session, as far as its words show it; <c>null</c> where none does.</summary>
        public DateTimeOffset? CrashedAt(RoomState room)
        {
            // Of a leg that comes back LiveKit tells why the earlier one left, unless it died over it.
            var came = state.Legs.All
                .Where(leg => leg.RoomSid == room.Sid && leg is { Joined: not null, Word: null, Aborted: null })
                .Max(leg => state.Legs.Named(leg.Leg!.Identity).Where(other => Supersedes(other, leg)).Max(other => other.Joined?.At));
            return room.Restarted?.At > came || came is null ? room.Restarted?.At : came;
        }

        /// <summary>
        /// Whether a room that LiveKit lists is the call's own now: its name or its session says so, or the call follows another in it.
        /// </summary>
        public bool Owns(LiveKitRoom room, RoomNaming naming) => state.Succession.Follows is null
            ? naming.CallOf(room.Name, room.Sid) == state.CallId
            : state.Rooms.Find(room.Sid) is not null;

        /// <summary>Whether a leg is in the room as far as is known.</summary>
        public bool IsLive(LegState leg) =>
            leg is { Joined: not null, Left: null, Aborted: null }
            && state.RoomOverAt(leg) is null
            && state.SupersededAt(leg) is null;
    }

    private static IEnumerable<Handoff> HandoffsOf(CallState state) =>
        state.HandoffRequests.All.Select(requested => new Handoff(state, requested));

    /// <summary>Whether a claim is an agent's lease: it was written because an agent asked for it, and for no effect.</summary>
    internal static bool IsLease(EffectClaim claim) => claim.Key.StartsWith(CallEffect.DispatchAgent.LeasePrefix, StringComparison.Ordinal);

    /// <summary>One identity is in a room once: a leg that joined later under the same identity has thrown the earlier one out.</summary>
    private static bool Supersedes(LegState other, LegState leg) =>
        other.Sid != leg.Sid
        && other is { Joined: not null, Aborted: null }
        && leg.Joined is not null
        && other.RoomSid == leg.RoomSid
        && (other.Leg!.JoinedAtMs, other.Joined.At, other.Sid).CompareTo((leg.Leg!.JoinedAtMs, leg.Joined.At, leg.Sid)) > 0;
}
