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

    /// <summary>Whether it shows that there is a call: before, there may be a room that nobody calls into.</summary>
    internal virtual bool MakesCall => false;

    /// <summary>Whether no decision needs it: it is kept for the record, as long as there is room.</summary>
    internal virtual bool IsNote => false;

    /// <summary>Whether it says nothing of who is there, so that no deadline is counted from it.</summary>
    internal virtual bool IsAside => false;

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

        /// <summary>
        /// What the network says about the caller's number, such as <c>passed-a</c> (<c>Routing/Admission/CallerVerdict</c>);
        /// <c>null</c> where Twilio named nothing.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public string? Verdict { get; init; }

        /// <summary>Which way the call goes, as seen from our number.</summary>
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

    /// <summary>The call began in the room of an earlier one that is over: what that one left there is none of it.</summary>
    /// <param name="Previous">The earlier call's id.</param>
    public sealed record CallFollows(string Previous) : CallFact
    {
        internal override string InWords => $"the call follows {Previous} in its room";
    }

    /// <summary>A phone that was called was picked up. No webhook says so; LiveKit's list of participants does.</summary>
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

        /// <summary>How long the phone was connected, in whole seconds as Twilio counts them; <c>null</c> where it did not say.</summary>
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
        /// <summary>How long LiveKit's side was connected, in whole seconds by Twilio; <c>null</c> where it did not say.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? Seconds { get; init; }

        internal override string InWords => $"Twilio's Dial ended, {Status}";
    }

    /// <summary>A Twilio leg reached a terminal status.</summary>
    /// <param name="Status">Twilio's CallStatus: completed, busy, failed, no-answer or canceled.</param>
    /// <param name="IsCaller">Whether it is the caller's own leg; otherwise it is the leg towards LiveKit.</param>
    public sealed record TwilioLegEnded(string Status, bool IsCaller) : CallFact
    {
        /// <summary>How long the leg was connected, in whole seconds as Twilio counts them; <c>null</c> where it did not say.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? Seconds { get; init; }

        internal override string InWords => $"Twilio's leg {(IsCaller ? "of the caller" : "to LiveKit")} ended, {Status}";
    }

    /// <summary>LiveKit has taken a recording, or records by now.</summary>
    /// <param name="EgressId">LiveKit's id of the recording (<c>EG_…</c>).</param>
    /// <param name="File">What its file holds.</param>
    public sealed record RecordingStarted(string EgressId, RecordingFile File) : CallFact
    {
        /// <summary>Whether it records; otherwise it was only taken.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsActive { get; init; }

        internal override string InWords => $"recording {EgressId} of {File.Unit} {(IsActive ? "records" : "was taken")}";
    }

    /// <summary>A recording is over, well or not.</summary>
    /// <param name="EgressId">LiveKit's id of the recording.</param>
    /// <param name="File">What its file holds.</param>
    /// <param name="Status">
    /// LiveKit's status, such as <c>EGRESS_COMPLETE</c>; <see cref="Lost"/> where LiveKit had no word of it for too long.
    /// </param>
    public sealed record RecordingEnded(string EgressId, RecordingFile File, string Status) : CallFact
    {
        /// <summary>The status of a recording of which LiveKit had no word for too long.</summary>
        public const string Lost = "LOST";

        /// <summary>The longest <see cref="Error"/> and <see cref="Location"/> in characters.</summary>
        public const int MaxTextLength = 500;

        /// <summary>LiveKit's error; <c>null</c> where there is none. It can name the storage.</summary>
        public string? Error { get; init; }

        /// <summary>The file's address; <c>null</c> where there is no file.</summary>
        public string? Location { get; init; }

        /// <summary>The file's size in bytes.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public long SizeBytes { get; init; }

        /// <summary>The recorded time in milliseconds.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public long DurationMs { get; init; }

        internal override string InWords => $"recording {EgressId} of {File.Unit} is over, {Status}";
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
