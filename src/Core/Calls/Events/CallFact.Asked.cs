using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls.Events;

/// <content>What people and agents ask for or say of a call, over the API.</content>
public abstract partial record CallFact
{
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

        internal override bool MakesCall => true;

        internal override string InWords => To is null ? "a call with a token was asked for" : "a call to a phone was asked for";
    }

    /// <summary>Before an agent was sent it was decided what is done with the call. Nothing of the caller is kept with it.</summary>
    /// <param name="Action">What is done, a word of <see cref="AdmissionAction"/>.</param>
    public sealed record CallScreened(string Action) : CallFact
    {
        /// <summary>Why, a word of <see cref="AdmissionReason"/>; <c>null</c> where nothing spoke against it.</summary>
        public string? Reason { get; init; }

        /// <summary>The number of the route's rule that decided, from 1; 0 where none did.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Rule { get; init; }

        /// <summary>The route of whose places the call holds one; <c>null</c> for none.</summary>
        public string? RoutePlace { get; init; }

        /// <summary>The tenant of whose places the call holds one; <c>null</c> for none.</summary>
        public string? TenantPlace { get; init; }

        internal override string InWords => Reason is null ? $"screened: {Action}" : $"screened: {Action}, {Reason}";
    }

    /// <summary>An operator or an application wants the call to end.</summary>
    public sealed record EndRequested : CallFact
    {
        internal override string InWords => "somebody wants the call to end";
    }

    /// <summary>The agent or an operator asks for a human. Who is called, and how, is settled with it, whatever routes say later.</summary>
    /// <param name="Number">Which of the call's handoffs, from 1.</param>
    /// <param name="Mode">Whether the human comes to the caller or the caller goes to the human.</param>
    /// <param name="Humans">The numbers that are tried, in E.164 and in this order; none for a human in a browser. Personal data.</param>
    /// <param name="RingSeconds">How long each phone rings, or a human in a browser is waited for, in seconds.</param>
    public sealed record HandoffRequested(int Number, HandoffMode Mode, IReadOnlyList<string> Humans, int RingSeconds) : CallFact
    {
        /// <summary>The queue that was named; <c>null</c> for a number or a browser.</summary>
        public string? Queue { get; init; }

        /// <summary>Why, in the words of whoever asks; may be personal.</summary>
        public string? Reason { get; init; }

        /// <summary>What the human may want to know, a JSON object as it was passed in, cut; personal data.</summary>
        public string? Context { get; init; }

        /// <summary>Whether the agent stays in the room without a voice; otherwise it is put out.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool MutesAgent { get; init; }

        /// <summary>Whether the agent asked; otherwise an operator did.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool ByAgent { get; init; }

        /// <summary>Whether it is a human with a LiveKit token who is waited for.</summary>
        [JsonIgnore]
        public bool InBrowser => Humans.Count == 0;

        /// <summary>How long each phone rings.</summary>
        [JsonIgnore]
        public TimeSpan RingTime => TimeSpan.FromSeconds(RingSeconds);

        internal override string InWords =>
            $"{(ByAgent ? "the agent" : "an operator")} asks for handoff {Number}, {(Mode == HandoffMode.Warm ? "warm" : "cold")}";

        /// <inheritdoc/>
        public bool Equals(HandoffRequested? other) =>
            other is not null
            && (Number, Mode, RingSeconds, Queue, Reason, Context, MutesAgent, ByAgent)
                == (other.Number, other.Mode, other.RingSeconds, other.Queue, other.Reason, other.Context, other.MutesAgent, other.ByAgent)
            && Humans.SequenceEqual(other.Humans);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Number, Mode, Humans.Count);
    }

    /// <summary>The agent says who answered the phone that we called.</summary>
    /// <param name="Job">LiveKit's id of its job.</param>
    /// <param name="Epoch">The epoch of the dispatch that brought it.</param>
    /// <param name="AnsweredBy">One of <see cref="Human"/>, <see cref="Machine"/> and <see cref="Unknown"/>.</param>
    public sealed record CalleeVerdict(string Job, int Epoch, string AnsweredBy) : CallFact
    {
        /// <summary>A human.</summary>
        public const string Human = "human";

        /// <summary>A voicemail or another machine.</summary>
        public const string Machine = "machine";

        /// <summary>The agent cannot tell.</summary>
        public const string Unknown = "unknown";

        internal override string InWords => $"agent {Epoch} says that the phone was answered by: {AnsweredBy}";
    }

    /// <summary>A job that holds the call's lease says that it has finished: the call may end.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Epoch">The epoch of its dispatch.</param>
    public sealed record AgentDone(string Job, int Epoch) : CallFact
    {
        internal override string InWords => $"agent {Epoch} says that it has finished";
    }

    /// <summary>Somebody wants the call recorded, or not; of several the last one counts.</summary>
    /// <param name="Want">One of <see cref="Start"/>, <see cref="Stop"/> and <see cref="Pause"/>.</param>
    public sealed record RecordingWanted(string Want) : CallFact
    {
        /// <summary>It is to be recorded.</summary>
        public const string Start = "start";

        /// <summary>It is not to be recorded.</summary>
        public const string Stop = "stop";

        /// <summary>It is not to be recorded for now.</summary>
        public const string Pause = "pause";

        internal override string InWords => $"somebody wants the recording to {Want}";
    }

    /// <summary>
    /// What the caller said when the agent asked whether the call may be recorded; of several answers the last one counts.
    /// </summary>
    /// <param name="Job">The agent's job, which holds the lease.</param>
    /// <param name="Epoch">The epoch of its dispatch.</param>
    /// <param name="Granted">Whether it may.</param>
    public sealed record ConsentGiven(string Job, int Epoch, bool Granted) : CallFact
    {
        internal override string InWords =>
            $"agent {Epoch} says that the caller {(Granted ? "agrees" : "does not agree")} to a recording";
    }
}
