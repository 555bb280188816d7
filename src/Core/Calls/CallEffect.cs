using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>Something that is done for a call, once, under a claim. Carries no personal data: orchestration histories keep it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(DispatchAgent), "dispatch")]
[JsonDerivedType(typeof(RemoveSurplusAgents), "remove-surplus")]
[JsonDerivedType(typeof(CallHuman), "call-human")]
[JsonDerivedType(typeof(Reconcile), "reconcile")]
[JsonDerivedType(typeof(EndCall), "end")]
[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(DeleteRoom), "delete-room")]
public abstract record CallEffect
{
    private CallEffect()
    {
    }

    /// <summary>The keys of the claims that the effect stands on.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> ClaimKeys { get; }

    /// <summary>Whether it changes nothing for the people in the call, and so needs no place of its own in an engine's history.</summary>
    [JsonIgnore]
    public bool IsChore => this is Publish or Reconcile;

    /// <summary>Send an agent into the room. A higher epoch replaces an agent that is gone.</summary>
    public sealed record DispatchAgent(int Epoch) : CallEffect
    {
        /// <summary>Whether it is the route's reserve agent that is sent, also in the place of an agent that says nothing.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Reserve { get; init; }

        /// <summary>What the claim keys of all epochs begin with.</summary>
        public const string ClaimPrefix = "dispatch:";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [$"{ClaimPrefix}{Epoch}"];
    }

    /// <summary>Call the route's human into the room, in the place of the agents.</summary>
    public sealed record CallHuman : CallEffect
    {
        /// <summary>The one claim: a human is called once in a call.</summary>
        public const string ClaimKey = "call-human";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [ClaimKey];
    }

    /// <summary>Look who is in the room, and remove every agent but the first, or every one where a human has taken over.</summary>
    public sealed record RemoveSurplusAgents(int Round) : CallEffect
    {
        /// <summary>What the claim keys of all rounds begin with.</summary>
        public const string ClaimPrefix = "remove-surplus:";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [$"{ClaimPrefix}{Round}"];
    }

    /// <summary>Ask LiveKit who is there, and journal what no webhook told.</summary>
    public sealed record Reconcile : CallEffect
    {
        /// <summary>The one claim, written anew by each reconciliation.</summary>
        public const string ClaimKey = "reconcile";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [ClaimKey];
    }

    /// <summary>Declare the call over. Done in the journal alone, and only once.</summary>
    /// <param name="Cause">Why, a word of <see cref="EndCause"/>.</param>
    public sealed record EndCall(string Cause) : CallEffect
    {
        /// <summary>The one claim.</summary>
        public const string ClaimKey = "end";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [ClaimKey];
    }

    /// <summary>Tell the event sink what happened.</summary>
    /// <param name="Happenings">The keys of the happenings, each of which is told once.</param>
    public sealed record Publish(IReadOnlyList<string> Happenings) : CallEffect
    {
        /// <summary>What the claim keys of all happenings begin with.</summary>
        public const string ClaimPrefix = "publish:";

        /// <summary>How many happenings one effect tells at most: their claims go into one atomic step of the journal.</summary>
        public const int MaxAtOnce = 40;

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [.. Happenings.Select(key => ClaimPrefix + key)];

        /// <inheritdoc/>
        public bool Equals(Publish? other) => other is not null && Happenings.SequenceEqual(other.Happenings);

        /// <inheritdoc/>
        public override int GetHashCode() => Happenings.Count;
    }

    /// <summary>Make sure that the room is gone.</summary>
    public sealed record DeleteRoom(int Round) : CallEffect
    {
        /// <summary>What the claim keys of all rounds begin with.</summary>
        public const string ClaimPrefix = "delete-room:";

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [$"{ClaimPrefix}{Round}"];
    }
}
