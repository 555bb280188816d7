using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>
/// What an event says. Facts may be folded in any order and any number of times; the state they give is the same. Discriminators and
/// properties are stored: they never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(CallAnnounced), "arrived")]
[JsonDerivedType(typeof(CallRequested), "requested")]
[JsonDerivedType(typeof(RoomStarted), "room_started")]
[JsonDerivedType(typeof(RoomFinished), "room_finished")]
[JsonDerivedType(typeof(RoomAbandoned), "room_abandoned")]
[JsonDerivedType(typeof(LegJoined), "leg_joined")]
[JsonDerivedType(typeof(LegLeft), "leg_left")]
[JsonDerivedType(typeof(LegAborted), "leg_aborted")]
[JsonDerivedType(typeof(AudioPublished), "audio_published")]
[JsonDerivedType(typeof(AudioUnpublished), "audio_unpublished")]
[JsonDerivedType(typeof(HumanAnswered), "leg_answered")]
[JsonDerivedType(typeof(AgentDone), "agent_done")]
[JsonDerivedType(typeof(CallFollows), "call_follows")]
[JsonDerivedType(typeof(HumanDialEnded), "human_dial_ended")]
[JsonDerivedType(typeof(DialEnded), "dial_ended")]
[JsonDerivedType(typeof(TwilioLegEnded), "twilio_leg_ended")]
[JsonDerivedType(typeof(EventsOmitted), "events_omitted")]
[JsonDerivedType(typeof(Unhandled), "noted")]
public abstract record CallFact
{
    private CallFact()
    {
    }

    /// <summary>The fact in words for operators. No numbers, identities or room names: those are personal data.</summary>
    internal abstract string InWords { get; }

    /// <summary>The sid of the leg that it is about; <c>null</c> where it is about none.</summary>
    internal string? AboutLeg => this switch
    {
        LegJoined { Leg.Sid: var sid } => sid,
        LegLeft { Leg.Sid: var sid } => sid,
        LegAborted { Leg.Sid: var sid } => sid,
        AudioPublished { LegSid: var sid } => sid,
        AudioUnpublished { LegSid: var sid } => sid,
        HumanAnswered { LegSid: var sid } => sid,
        _ => null,
    };

    /// <summary>Whether no decision needs it: it is kept for the record, as long as there is room.</summary>
    internal virtual bool IsNote => false;

    /// <summary>Twilio announced the call.</summary>
    /// <param name="CallSid">The CallSid of the caller's own leg.</param>
    /// <param name="From">The caller's number or address; <c>null</c> where it was withheld.</param>
    /// <param name="To">The number or address that was called.</param>
    public sealed record CallAnnounced(string CallSid, string? From, string? To) : CallFact
    {
        /// <summary>The Twilio account whose call it is; <c>null</c> where none was named, as in earlier builds.</summary>
        public string? AccountSid { get; init; }

        /// <summary>
        /// What Twilio's request had in common with its own repetitions alone (<c>I-Twilio-Idempotency-Token</c>);
        /// <c>null</c> where it had none.
        /// </summary>
        public string? Token { get; init; }

        /// <summary>Which way the call goes, as seen from our number.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public CallDirection Direction { get; init; }

        internal override string InWords => "Twilio announced the call";
    }

    /// <summary>
    /// Somebody asked for the call over the API: a phone is to be called, or somebody will join with a token. Holds personal data.
    /// </summary>
    public sealed record CallRequested : CallFact
    {
        /// <summary>The tenant that asked, so whose the call is.</summary>
        public string? Tenant { get; init; }

        /// <summary>The number to call, in E.164; <c>null</c> where the caller joins with a token.</summary>
        public string? To { get; init; }

        /// <summary>The number that the callee sees, in E.164; <c>null</c> for the trunk's own.</summary>
        public string? From { get; init; }

        /// <summary>The name of the agent; <c>null</c> for the route's.</summary>
        public string? Agent { get; init; }

        /// <summary>What else is asked for of the agent, JSON as an agent of the routes; <c>null</c> for nothing.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public string? AgentConfig { get; init; }

        /// <summary>The asker's metadata for the agent, a JSON object as text.</summary>
        public string? Metadata { get; init; }

        /// <summary>The asker's word for the person who joins with a token.</summary>
        public string? User { get; init; }

        /// <summary>The language in which the asker wants the agent to speak; <c>null</c> where that is open.</summary>
        public string? Language { get; init; }

        /// <summary>The voice with which the asker wants the agent to speak; <c>null</c> for the route's.</summary>
        public string? Voice { get; init; }

        /// <summary>When the call may begin, UTC; <c>null</c> for at once.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>A digest of the whole request, so that another request under the same idempotency key is noticed.</summary>
        public string? Digest { get; init; }

        internal override string InWords => To is null ? "a call with a token was asked for" : "a call to a phone was asked for";
    }

    /// <summary>A room session began.</summary>
    public sealed record RoomStarted : CallFact
    {
        internal override string InWords => "the room began";
    }

    /// <summary>A room session is over; nobody is in it any more.</summary>
    public sealed record RoomFinished : CallFact
    {
        internal override string InWords => "the room is over";
    }

    /// <summary>A room of ours lives and should not: its call is over, or for long only agents and recorders have been in it.</summary>
    public sealed record RoomAbandoned : CallFact
    {
        internal override string InWords => "nobody needs the room";
    }

    /// <summary>A leg is in the room.</summary>
    public sealed record LegJoined(Leg Leg) : CallFact
    {
        internal override string InWords => $"{Leg.InWords} joined";

        internal override bool IsNote => !Leg.IsOfCall;
    }

    /// <summary>A leg left the room for good: its sid never comes back.</summary>
    /// <param name="Leg">The leg.</param>
    /// <param name="Reason">LiveKit's disconnect reason, such as <c>CLIENT_INITIATED</c>.</param>
    public sealed record LegLeft(Leg Leg, string Reason) : CallFact
    {
        internal override string InWords => $"{Leg.InWords} left, {Reason}";

        internal override bool IsNote => !Leg.IsOfCall;
    }

    /// <summary>A leg was refused or gave up before it was in the room.</summary>
    public sealed record LegAborted(Leg Leg) : CallFact
    {
        internal override string InWords => $"{Leg.InWords} never got in";

        internal override bool IsNote => !Leg.IsOfCall;
    }

    /// <summary>
    /// A leg publishes audio. From an agent it is what makes LiveKit pick an inbound call up; from a dialled human it may be the ringing
    /// tone.
    /// </summary>
    public sealed record AudioPublished(string LegSid, string Identity) : CallFact
    {
        /// <summary>The track's sid (<c>TR_…</c>); <c>null</c> in events of earlier versions.</summary>
        public string? TrackSid { get; init; }

        internal override string InWords => $"{LegSid} publishes audio";
    }

    /// <summary>A leg no longer publishes an audio track.</summary>
    public sealed record AudioUnpublished(string LegSid, string Identity, string TrackSid) : CallFact
    {
        internal override string InWords => $"{LegSid} no longer publishes audio";
    }

    /// <summary>A job that holds the call's lease says that it has finished: the call may end.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Epoch">The epoch of its dispatch.</param>
    public sealed record AgentDone(string Job, int Epoch) : CallFact
    {
        internal override string InWords => $"agent {Epoch} says that it has finished";
    }

    /// <summary>The call began in the room of an earlier one that is over: what that one left there is none of it.</summary>
    /// <param name="Previous">The earlier call's id.</param>
    public sealed record CallFollows(string Previous) : CallFact
    {
        internal override string InWords => $"the call follows {Previous} in its room";
    }

    /// <summary>A dialled human has picked up. No webhook says so; LiveKit's list of participants does.</summary>
    public sealed record HumanAnswered(string LegSid, string Identity) : CallFact
    {
        internal override string InWords => $"human {LegSid} answered";
    }

    /// <summary>Twilio's Dial to one of the route's humans is over; nothing depends on it.</summary>
    /// <param name="Human">Which of the route's humans, counted from 0.</param>
    /// <param name="Status">
    /// <see cref="Served"/> where caller and human were connected, <c>declined</c> where the human picked up and did not take the call,
    /// and otherwise Twilio's DialCallStatus, lower case with dashes.
    /// </param>
    public sealed record HumanDialEnded(int Human, string Status) : CallFact
    {
        /// <summary>The status of a Dial that connected caller and human.</summary>
        public const string Served = "completed";

        internal override string InWords => $"Twilio's Dial to human {Human + 1} ended, {Status}";

        internal override bool IsNote => true;
    }

    /// <summary>Twilio's Dial to LiveKit is over.</summary>
    /// <param name="Status">Twilio's DialCallStatus, lower case with dashes.</param>
    /// <param name="SipCode">The final SIP response code, where Twilio gave it.</param>
    /// <param name="CallerIsGone">Whether the caller's own leg had ended by then.</param>
    public sealed record DialEnded(string Status, int? SipCode, bool CallerIsGone) : CallFact
    {
        internal override string InWords => $"Twilio's Dial ended, {Status}";
    }

    /// <summary>A Twilio leg reached a terminal status.</summary>
    /// <param name="Status">Twilio's CallStatus: completed, busy, failed, no-answer or canceled.</param>
    /// <param name="IsCaller">Whether it is the caller's own leg; otherwise it is the leg towards LiveKit.</param>
    public sealed record TwilioLegEnded(string Status, bool IsCaller) : CallFact
    {
        internal override string InWords => $"Twilio's leg {(IsCaller ? "of the caller" : "to LiveKit")} ended, {Status}";
    }

    /// <summary>From here on some events of the call were counted and not stored.</summary>
    /// <param name="Reason">Why, one of <see cref="Bounds.OmissionReason"/>.</param>
    public sealed record EventsOmitted(string Reason) : CallFact
    {
        internal override string InWords => $"some events are counted and not stored from here on: {Reason}";
    }

    /// <summary>An authentic event that changes no state; kept for the record.</summary>
    /// <param name="Name">The provider's name of the event.</param>
    public sealed record Unhandled(string Name) : CallFact
    {
        internal override string InWords => $"{Name}, noted only";

        internal override bool IsNote => true;
    }
}
