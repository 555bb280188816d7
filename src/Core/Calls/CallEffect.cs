using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>
/// Something that is done for a call, once, under a claim. Carries no personal data: the journal and the engines' histories keep it.
/// <para>
/// Discriminators, properties and claim keys are stored: they never change. What does the effect is its handler, in its feature's folder.
/// </para>
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(Admit), "admit")]
[JsonDerivedType(typeof(LeavePlaces), "leave-places")]
[JsonDerivedType(typeof(DispatchAgent), "dispatch")]
[JsonDerivedType(typeof(DispatchHelper), "dispatch-helper")]
[JsonDerivedType(typeof(OpenRoom), "open-room")]
[JsonDerivedType(typeof(Dial), "dial")]
[JsonDerivedType(typeof(HandOn), "hand-on")]
[JsonDerivedType(typeof(RemoveSurplusAgents), "remove-surplus")]
[JsonDerivedType(typeof(CallHuman), "call-human")]
[JsonDerivedType(typeof(StartRecording), "start-recording")]
[JsonDerivedType(typeof(StopRecordings), "stop-recordings")]
[JsonDerivedType(typeof(LookUpRecordings), "look-up-recordings")]
[JsonDerivedType(typeof(RingHuman), "ring-human")]
[JsonDerivedType(typeof(TransferCaller), "transfer-caller")]
[JsonDerivedType(typeof(SilenceAgents), "silence-agents")]
[JsonDerivedType(typeof(GiveUpHandoff), "give-up-handoff")]
[JsonDerivedType(typeof(Deliver), "deliver")]
[JsonDerivedType(typeof(Reconcile), "reconcile")]
[JsonDerivedType(typeof(EndCall), "end")]
[JsonDerivedType(typeof(DropCallers), "drop-callers")]
[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(DeleteRoom), "delete-room")]
public abstract partial record CallEffect
{
    private CallEffect()
    {
    }

    /// <summary>The keys of the claims that the effect stands on.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<string> ClaimKeys => [Key];

    /// <summary>The name of its kind, such as <c>DispatchAgent</c>.</summary>
    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>Whether it changes nothing for the people in the call, and so needs no place of its own in an engine's history.</summary>
    internal virtual bool IsChore => false;

    /// <summary>Whether it is done beside a look at the call: it is a chore, or one write to the journal.</summary>
    internal bool IsDoneInPassing => IsChore || JournalResult is not null;

    /// <summary>Whether the webhook that gave the reason for it does it before it is answered.</summary>
    internal virtual bool IsPrompt => false;

    /// <summary>
    /// Whether it only asks. It changes nothing outside, so no claim is written before it, and two hosts may ask at the same time.
    /// </summary>
    internal virtual bool IsQuestion => false;

    /// <summary>Whether somebody waits for it, so that it is tried before any orchestration wakes.</summary>
    internal virtual bool IsAwaited => false;

    /// <summary>Whether its claim may be taken again after it is done.</summary>
    internal virtual bool MayRepeat => false;

    /// <summary>
    /// The result of an effect that changes the journal alone: claim and result are one commit. <c>null</c> for all others.
    /// </summary>
    internal virtual string? JournalResult => null;

    /// <summary>From which attempt on an effect that runs out of time is given up.</summary>
    internal virtual int MaxAttempts => int.MaxValue;

    /// <summary>
    /// Whether it is known what follows once the holder of this claim is done: mostly it works, and otherwise it is begun again soon.
    /// </summary>
    internal static bool IsForeseeable(string claimKey) =>
        claimKey.StartsWith(Publish.ClaimPrefix, StringComparison.Ordinal)
        || claimKey.StartsWith(DeleteRoom.ClaimPrefix, StringComparison.Ordinal);

    /// <summary>Whether a claim is one of an effect that is a chore.</summary>
    internal static bool IsOfChore(string claimKey) =>
        claimKey.StartsWith(Publish.ClaimPrefix, StringComparison.Ordinal)
        || claimKey.StartsWith(Deliver.ClaimPrefix, StringComparison.Ordinal)
        || claimKey is Reconcile.ClaimKey or LookUpRecordings.ClaimKey or LeavePlaces.ClaimKey;

    /// <summary>The name of the agent that it sends; <c>null</c> where it sends none, or the route names it.</summary>
    internal virtual string? AgentName => null;

    /// <summary>The effect in words for operators.</summary>
    internal virtual string InWords => string.Join(' ', ClaimKeys);

    /// <summary>The key of the one claim.</summary>
    private protected virtual string Key => "";

    /// <summary>Decide whether the call gets an agent: ask the route's rules, and take a place of each limit.</summary>
    public sealed record Admit : CallEffect
    {
        /// <summary>The one claim.</summary>
        public const string ClaimKey = "admit";

        internal override bool IsAwaited => true;

        private protected override string Key => ClaimKey;
    }

    /// <summary>Give the places of the limits back: the call is over.</summary>
    public sealed record LeavePlaces : CallEffect
    {
        /// <summary>The one claim.</summary>
        public const string ClaimKey = "leave-places";

        /// <summary>How often it is tried; whoever finds all places taken then sees that this call is over.</summary>
        public const int Attempts = 20;

        internal override bool IsChore => true;

        internal override int MaxAttempts => Attempts;

        private protected override string Key => ClaimKey;
    }

    /// <summary>Dispatch an agent to the room. A higher epoch replaces an agent that is gone.</summary>
    public sealed record DispatchAgent(int Epoch) : CallEffect
    {
        /// <summary>What the claim keys of all epochs begin with.</summary>
        public const string ClaimPrefix = "dispatch:";

        /// <summary>What the claim keys of all epochs' leases begin with: which job may speak, <c>Agents/Lease</c>.</summary>
        public const string LeasePrefix = "lease:";

        /// <summary>The beginning of the result if no agent was dispatched, because one was there or on its way.</summary>
        public const string Adopted = "adopted:";

        /// <summary>Whether the route's reserve agent is dispatched; it also replaces an agent that stays silent.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Reserve { get; init; }

        internal override bool IsAwaited => true;

        private protected override string Key => $"{ClaimPrefix}{Epoch}";
    }

    /// <summary>Dispatch one of the route's helpers to the room, once in a call.</summary>
    /// <param name="Agent">The name under which the helper's workers registered.</param>
    public sealed record DispatchHelper(string Agent) : CallEffect
    {
        /// <summary>What the claim keys of all helpers begin with.</summary>
        public const string ClaimPrefix = "helper:";

        internal override string? AgentName => Agent;

        /// <summary>A name may hold anything, and a claim's key may not.</summary>
        private protected override string Key => $"{ClaimPrefix}{CallId.Digest(Agent)[..13]}";
    }

    /// <summary>Open the room of a call that was requested over the API.</summary>
    public sealed record OpenRoom : CallEffect
    {
        /// <summary>The claim of the first time.</summary>
        public const string ClaimKey = "open-room";

        /// <summary>What the claim keys of the others begin with; their numbers begin with 2.</summary>
        public const string ClaimPrefix = "open-room:";

        /// <summary>For which attempt to reach the callee, from 1; 0 is the first one too.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Round { get; init; }

        internal override bool IsAwaited => true;

        private protected override string Key => Round < 2 ? ClaimKey : $"{ClaimPrefix}{Round}";
    }

    /// <summary>Call the phone of an outbound call. Each attempt rings it at most once.</summary>
    /// <param name="Attempt">Which attempt, from 1.</param>
    public sealed record Dial(int Attempt) : CallEffect
    {
        /// <summary>What the claim keys of all attempts begin with.</summary>
        public const string ClaimPrefix = "dial:";

        private protected override string Key => $"{ClaimPrefix}{Attempt}";
    }

    /// <summary>
    /// Pass the events of the room to the call of a caller who came after the end of this one. Each time rewrites the same claim.
    /// </summary>
    public sealed record HandOn : CallEffect
    {
        /// <summary>The one claim; its result is the other call's id.</summary>
        public const string ClaimKey = "hand-on";

        internal override bool MayRepeat => true;

        private protected override string Key => ClaimKey;
    }

    /// <summary>Call one of the route's humans into the room, instead of the agents. Each of them is called once in a call.</summary>
    public sealed record CallHuman : CallEffect
    {
        /// <summary>The claim of the first human.</summary>
        public const string ClaimKey = "call-human";

        /// <summary>What the claim keys of the others begin with; their numbers begin with 2.</summary>
        public const string ClaimPrefix = "call-human:";

        /// <summary>Which of the route's humans, from 0.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Index { get; init; }

        private protected override string Key => Index == 0 ? ClaimKey : $"{ClaimPrefix}{Index + 1}";
    }

    /// <summary>Call one of a handoff's humans into the room, beside the agent. Each of them is called once in a handoff.</summary>
    /// <param name="Handoff">The handoff's number.</param>
    /// <param name="Index">Which of its humans, from 0.</param>
    public sealed record RingHuman(int Handoff, int Index) : CallEffect
    {
        /// <summary>The claim of one human; their numbers begin with 1.</summary>
        public static string KeyOf(int handoff, int index) => $"handoff:{handoff}:{index + 1}";

        private protected override string Key => KeyOf(Handoff, Index);
    }

    /// <summary>Transfer the caller to one of a handoff's humans; the call then leaves the gateway.</summary>
    /// <param name="Handoff">The handoff's number.</param>
    /// <param name="Index">Which of its humans, from 0.</param>
    public sealed record TransferCaller(int Handoff, int Index) : CallEffect
    {
        /// <summary>The claim of one human; their numbers begin with 1.</summary>
        public static string KeyOf(int handoff, int index) => $"transfer:{handoff}:{index + 1}";

        private protected override string Key => KeyOf(Handoff, Index);
    }

    /// <summary>The human is there: remove the agents, or mute them. If one speaks again, another round follows.</summary>
    public sealed record SilenceAgents(int Round) : CallEffect
    {
        /// <summary>What the claim keys of all rounds begin with.</summary>
        public const string ClaimPrefix = "silence-agents:";

        private protected override string Key => $"{ClaimPrefix}{Round}";
    }

    /// <summary>Give up a handoff that nobody took: all its phones stop ringing, and the caller stays with the agent.</summary>
    /// <param name="Handoff">The handoff's number.</param>
    /// <param name="Cause">Why, a word of <see cref="HandoffFailure"/>.</param>
    public sealed record GiveUpHandoff(int Handoff, string Cause) : CallEffect
    {
        /// <summary>What the claim keys of all handoffs begin with.</summary>
        public const string ClaimPrefix = "handoff-failed:";

        /// <summary>The claim of a handoff; its result is the cause.</summary>
        public static string KeyOf(int handoff) => $"{ClaimPrefix}{handoff}";

        private protected override string Key => KeyOf(Handoff);
    }

    /// <summary>Look who is in the room, and remove all agents except one, or all agents if a human has taken over.</summary>
    public sealed record RemoveSurplusAgents(int Round) : CallEffect
    {
        /// <summary>What the claim keys of all rounds begin with.</summary>
        public const string ClaimPrefix = "remove-surplus:";

        private protected override string Key => $"{ClaimPrefix}{Round}";
    }

    /// <summary>
    /// Record a part of the call, once: the whole room, or one track. If the recording is not wanted any more, only the result of an
    /// earlier attempt is looked up, and nothing is started.
    /// </summary>
    /// <param name="Segment">Which part, from 1.</param>
    public sealed record StartRecording(int Segment) : CallEffect
    {
        /// <summary>What the claim keys of all recordings begin with.</summary>
        public const string ClaimPrefix = "record:";

        /// <summary>The track's sid (<c>TR_…</c>); <c>null</c> for all of the room.</summary>
        public string? Track { get; init; }

        /// <summary>Whose sound it is, as the file is named; <c>null</c> where it is only looked up.</summary>
        public string? Of { get; init; }

        private protected override string Key => Track is null ? $"{ClaimPrefix}{Segment}" : $"{ClaimPrefix}{Segment}:{Track}";
    }

    /// <summary>Stop recordings, each once.</summary>
    /// <param name="EgressIds">LiveKit's ids of them.</param>
    public sealed record StopRecordings(IReadOnlyList<string> EgressIds) : CallEffect
    {
        /// <summary>What the claim keys of all of them begin with.</summary>
        public const string ClaimPrefix = "stop-recording:";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [.. EgressIds.Select(id => ClaimPrefix + id)];

        /// <inheritdoc/>
        public bool Equals(StopRecordings? other) => other is not null && EgressIds.SequenceEqual(other.EgressIds);

        /// <inheritdoc/>
        public override int GetHashCode() => EgressIds.Count;
    }

    /// <summary>
    /// Ask LiveKit for the state of the call's recordings, and store what no webhook reported. Each time rewrites the same claim.
    /// </summary>
    public sealed record LookUpRecordings : CallEffect
    {
        /// <summary>The one claim.</summary>
        public const string ClaimKey = "look-up-recordings";

        internal override bool IsChore => true;

        internal override bool IsQuestion => true;

        internal override bool MayRepeat => true;

        private protected override string Key => ClaimKey;
    }

    /// <summary>Ask LiveKit who is there, and store what no webhook reported. Each reconciliation rewrites the same claim.</summary>
    public sealed record Reconcile : CallEffect
    {
        /// <summary>The one claim.</summary>
        public const string ClaimKey = "reconcile";

        internal override bool IsChore => true;

        internal override bool IsQuestion => true;

        internal override bool MayRepeat => true;

        private protected override string Key => ClaimKey;
    }

    /// <summary>Declare the call over. Done in the journal alone, and only once.</summary>
    /// <param name="Cause">Why, a word of <see cref="EndCause"/>.</param>
    public sealed record EndCall(string Cause) : CallEffect
    {
        /// <summary>The one claim.</summary>
        public const string ClaimKey = "end";

        internal override string? JournalResult => Cause;

        internal override string InWords => $"end {Cause}";

        private protected override string Key => ClaimKey;
    }

    /// <summary>Remove the call's callers from a room in which other people stay.</summary>
    public sealed record DropCallers(int Round) : CallEffect
    {
        /// <summary>What the claim keys of all rounds begin with.</summary>
        public const string ClaimPrefix = "drop-callers:";

        private protected override string Key => $"{ClaimPrefix}{Round}";
    }

    /// <summary>Make sure that the room is gone.</summary>
    public sealed record DeleteRoom(int Round) : CallEffect
    {
        /// <summary>What the claim keys of all rounds begin with.</summary>
        public const string ClaimPrefix = "delete-room:";

        /// <summary>How often a deletion is tried before it is given up: about half an hour, with growing pauses.</summary>
        public const int Attempts = 36;

        internal override int MaxAttempts => Attempts;

        private protected override string Key => $"{ClaimPrefix}{Round}";
    }
}
