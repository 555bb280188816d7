using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>
/// The content of an event. Facts can be applied in any order and any number of times, with the same resulting state. Discriminators and
/// property names are stored, so they must never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(CallAnnounced), "arrived")]
[JsonDerivedType(typeof(CallRequested), "requested")]
[JsonDerivedType(typeof(CallScreened), "screened")]
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
[JsonDerivedType(typeof(HandoffRequested), "handoff_requested")]
[JsonDerivedType(typeof(CalleeVerdict), "answered_by")]
[JsonDerivedType(typeof(CallFollows), "call_follows")]
[JsonDerivedType(typeof(EndRequested), "end_requested")]
[JsonDerivedType(typeof(HumanDialEnded), "human_dial_ended")]
[JsonDerivedType(typeof(DialEnded), "dial_ended")]
[JsonDerivedType(typeof(TwilioLegEnded), "twilio_leg_ended")]
[JsonDerivedType(typeof(QualityMeasured), "quality_measured")]
[JsonDerivedType(typeof(QualityWarned), "quality_warned")]
[JsonDerivedType(typeof(RecordingStarted), "recording_started")]
[JsonDerivedType(typeof(RecordingEnded), "recording_ended")]
[JsonDerivedType(typeof(RecordingWanted), "recording_wanted")]
[JsonDerivedType(typeof(ConsentGiven), "consent_given")]
[JsonDerivedType(typeof(ToolBegun), "tool_begun")]
[JsonDerivedType(typeof(ToolAnswered), "tool_answered")]
[JsonDerivedType(typeof(EventsOmitted), "events_omitted")]
[JsonDerivedType(typeof(Unhandled), "noted")]
public abstract partial record CallFact
{
    private CallFact()
    {
    }

    /// <summary>A text for operators. It has no numbers, identities or room names, because those are personal data.</summary>
    internal abstract string InWords { get; }

    /// <summary>The sid of the leg that the fact is about; <c>null</c> for none.</summary>
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

    /// <summary>Whether it proves that there is a call. Before it, there may be only a room without a caller.</summary>
    internal virtual bool MakesCall => false;

    /// <summary>Whether somebody called one of the gateway's numbers or addresses, so that a route decides who owns the call.</summary>
    internal bool IsByPhone => this switch
    {
        CallAnnounced => true,
        LegJoined { Leg: var joined } => joined is { IsCallee: false, IsByToken: false },
        LegLeft { Leg: var left } => left is { IsCallee: false, IsByToken: false },
        _ => false,
    };

    /// <summary>Whether no decision needs it. Such a fact is stored only until the call's limit of events is reached.</summary>
    internal virtual bool IsNote => false;

    /// <summary>Whether it says nothing about who is in the room. No deadline is counted from such a fact.</summary>
    internal virtual bool IsAside => false;

    /// <summary>Twilio announced the call.</summary>
    /// <param name="CallSid">The CallSid of the caller's own leg.</param>
    /// <param name="From">The caller's number or address; <c>null</c> if it was withheld.</param>
    /// <param name="To">The number or address that was called.</param>
    public sealed record CallAnnounced(string CallSid, string? From, string? To) : CallFact
    {
        /// <summary>The Twilio account of the call; <c>null</c> if none was named, as in earlier builds.</summary>
        public string? AccountSid { get; init; }

        /// <summary>
        /// The token that Twilio sends with a request and its repetitions (<c>I-Twilio-Idempotency-Token</c>);
        /// <c>null</c> if there was none.
        /// </summary>
        public string? Token { get; init; }

        /// <summary>
        /// What the network says about the caller's number, such as <c>passed-a</c> (<c>Routing/Admission/CallerVerdict</c>);
        /// <c>null</c> if Twilio reported none.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public string? Verdict { get; init; }

        /// <summary>The direction of the call, seen from the gateway's number.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public CallDirection Direction { get; init; }

        internal override string InWords => "Twilio announced the call";

        internal override bool MakesCall => true;
    }

    /// <summary>A room session began.</summary>
    public sealed record RoomStarted : CallFact
    {
        internal override string InWords => "the room began";
    }

    /// <summary>A room session has ended; nobody is in it any more.</summary>
    public sealed record RoomFinished : CallFact
    {
        internal override string InWords => "the room is over";
    }

    /// <summary>A room of the gateway should not exist any more: its call is over, or only agents and recorders are left in it.</summary>
    public sealed record RoomAbandoned : CallFact
    {
        internal override string InWords => "nobody needs the room";
    }

    /// <summary>A leg is in the room.</summary>
    public sealed record LegJoined(Leg Leg) : CallFact
    {
        internal override string InWords => $"{Leg.InWords} joined";

        internal override bool MakesCall => Leg.Role == LegRole.Caller;

        internal override bool IsNote => !Leg.IsOfCall;
    }

    /// <summary>A leg left the room for good: its sid never comes back.</summary>
    /// <param name="Leg">The leg.</param>
    /// <param name="Reason">LiveKit's disconnect reason, such as <c>CLIENT_INITIATED</c>.</param>
    public sealed record LegLeft(Leg Leg, string Reason) : CallFact
    {
        internal override string InWords => $"{Leg.InWords} left, {Reason}";

        internal override bool MakesCall => Leg.Role == LegRole.Caller;

        internal override bool IsNote => !Leg.IsOfCall;
    }

    /// <summary>A leg was refused or gave up before it was in the room.</summary>
    public sealed record LegAborted(Leg Leg) : CallFact
    {
        internal override string InWords => $"{Leg.InWords} never got in";

        internal override bool IsNote => !Leg.IsOfCall;
    }

    /// <summary>
    /// A leg publishes audio. When an agent does so, LiveKit answers an inbound call. From a dialled human it may be the ringing tone.
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

    /// <summary>The call started in the room of an earlier call that is over. What was left there does not belong to it.</summary>
    /// <param name="Previous">The earlier call's id.</param>
    public sealed record CallFollows(string Previous) : CallFact
    {
        internal override string InWords => $"the call follows {Previous} in its room";
    }

    /// <summary>A dialled phone was picked up. No webhook reports this; LiveKit's list of participants shows it.</summary>
    public sealed record HumanAnswered(string LegSid, string Identity) : CallFact
    {
        internal override string InWords => $"human {LegSid} answered";
    }

    /// <summary>Twilio's Dial to one of the route's humans is over; nothing depends on it.</summary>
    /// <param name="Human">Which of the route's humans, counted from 0.</param>
    /// <param name="Status">
    /// <see cref="Served"/> if caller and human were connected, <c>declined</c> if the human picked up and did not take the call,
    /// otherwise Twilio's DialCallStatus, lower case with dashes.
    /// </param>
    public sealed record HumanDialEnded(int Human, string Status) : CallFact
    {
        /// <summary>The status of a Dial that connected caller and human.</summary>
        public const string Served = "completed";

        /// <summary>How long the phone was connected, in whole seconds as Twilio counts them; <c>null</c> if unknown.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? Seconds { get; init; }

        internal override string InWords => $"Twilio's Dial to human {Human + 1} ended, {Status}";

        internal override bool IsNote => true;
    }

    /// <summary>Twilio's Dial to LiveKit is over.</summary>
    /// <param name="Status">Twilio's DialCallStatus, lower case with dashes.</param>
    /// <param name="SipCode">The final SIP response code, where Twilio gave it.</param>
    /// <param name="CallerIsGone">Whether the caller's own leg had ended by then.</param>
    public sealed record DialEnded(string Status, int? SipCode, bool CallerIsGone) : CallFact
    {
        /// <summary>How long LiveKit's side was connected, in whole seconds as Twilio counts them; <c>null</c> if unknown.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? Seconds { get; init; }

        internal override string InWords => $"Twilio's Dial ended, {Status}";
    }

    /// <summary>A Twilio leg reached a terminal status.</summary>
    /// <param name="Status">Twilio's CallStatus: completed, busy, failed, no-answer or canceled.</param>
    /// <param name="IsCaller">Whether it is the caller's own leg; otherwise it is the leg towards LiveKit.</param>
    public sealed record TwilioLegEnded(string Status, bool IsCaller) : CallFact
    {
        /// <summary>How long the leg was connected, in whole seconds as Twilio counts them; <c>null</c> if unknown.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? Seconds { get; init; }

        internal override string InWords => $"Twilio's leg {(IsCaller ? "of the caller" : "to LiveKit")} ended, {Status}";
    }

    /// <summary>LiveKit has accepted a recording, or has begun to record.</summary>
    /// <param name="EgressId">LiveKit's id of the recording (<c>EG_…</c>).</param>
    /// <param name="File">What its file holds.</param>
    public sealed record RecordingStarted(string EgressId, RecordingFile File) : CallFact
    {
        /// <summary>Whether it has begun to record; otherwise it was only accepted.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsActive { get; init; }

        internal override string InWords => $"recording {EgressId} of {File.Unit} {(IsActive ? "records" : "was taken")}";
    }

    /// <summary>A recording has ended, successfully or not.</summary>
    /// <param name="EgressId">LiveKit's id of the recording.</param>
    /// <param name="File">What its file holds.</param>
    /// <param name="Status">
    /// LiveKit's status, such as <c>EGRESS_COMPLETE</c>; <see cref="Lost"/> if LiveKit has not reported it for too long.
    /// </param>
    public sealed record RecordingEnded(string EgressId, RecordingFile File, string Status) : CallFact
    {
        /// <summary>The status of a recording that LiveKit has not reported for too long.</summary>
        public const string Lost = "LOST";

        /// <summary>The longest <see cref="Error"/> and <see cref="Location"/> in characters.</summary>
        public const int MaxTextLength = 500;

        /// <summary>LiveKit's error; <c>null</c> for none. It can name the storage.</summary>
        public string? Error { get; init; }

        /// <summary>The file's address; <c>null</c> if there is no file.</summary>
        public string? Location { get; init; }

        /// <summary>The file's size in bytes.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public long SizeBytes { get; init; }

        /// <summary>The recorded time in milliseconds.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public long DurationMs { get; init; }

        internal override string InWords => $"recording {EgressId} of {File.Unit} is over, {Status}";
    }

    /// <summary>From here on, some events of the call were counted but not stored.</summary>
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
