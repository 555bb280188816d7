using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <content>The effects that tell others about a call.</content>
public abstract partial record CallEffect
{
    /// <summary>Deliver lifecycle events to an outside destination.</summary>
    /// <param name="Destination">The destination's name.</param>
    /// <param name="EventKeys">The keys of the events within the call, in the order in which they are handed over.</param>
    public sealed record Deliver(string Destination, IReadOnlyList<string> EventKeys) : CallEffect
    {
        /// <summary>What the claim keys of all destinations and events begin with.</summary>
        public const string ClaimPrefix = "deliver:";

        /// <summary>How many events one effect hands over at most: their claims go into one atomic commit of the journal.</summary>
        public const int MaxAtOnce = 40;

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [.. EventKeys.Select(key => ClaimKey(Destination, key))];

        internal override bool IsChore => true;

        /// <summary>The claim of one event at one destination.</summary>
        public static string ClaimKey(string destination, string eventKey) => $"{ClaimPrefix}{destination}:{eventKey}";

        /// <inheritdoc/>
        public bool Equals(Deliver? other) =>
            other is not null && Destination == other.Destination && EventKeys.SequenceEqual(other.EventKeys);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Destination, EventKeys.Count);
    }

    /// <summary>Give lifecycle events to the event sink.</summary>
    /// <param name="EventKeys">The keys of the events within the call, each of which is published once.</param>
    public sealed record Publish([property: JsonPropertyName("happenings")] IReadOnlyList<string> EventKeys) : CallEffect
    {
        /// <summary>What the claim keys of all events begin with.</summary>
        public const string ClaimPrefix = "publish:";

        /// <summary>How many events one effect publishes at most: their claims go into one atomic commit of the journal.</summary>
        public const int MaxAtOnce = 40;

        /// <inheritdoc/>
        [JsonIgnore]
        public override IReadOnlyList<string> ClaimKeys => [.. EventKeys.Select(key => ClaimPrefix + key)];

        internal override bool IsChore => true;

        internal override bool IsPrompt => true;

        /// <inheritdoc/>
        public bool Equals(Publish? other) => other is not null && EventKeys.SequenceEqual(other.EventKeys);

        /// <inheritdoc/>
        public override int GetHashCode() => EventKeys.Count;
    }
}
