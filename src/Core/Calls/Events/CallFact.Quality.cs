using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls.Quality;

namespace VoiceFunctions.Core.Calls.Events;

/// <content>What agents and clients measure of the legs.</content>
public abstract partial record CallFact
{
    /// <summary>What was measured of a leg in some time: many reports in one fact.</summary>
    /// <param name="LegSid">The leg.</param>
    /// <param name="Tallies">The measures, in the order of <see cref="QualityMeasure.All"/>.</param>
    public sealed record QualityMeasured(string LegSid, IReadOnlyList<QualityTally> Tallies) : CallFact
    {
        internal override string InWords => $"what {LegSid} is like was measured";

        internal override bool IsNote => true;

        internal override bool IsAside => true;

        /// <inheritdoc/>
        public bool Equals(QualityMeasured? other) =>
            other is not null && LegSid == other.LegSid && Tallies.SequenceEqual(other.Tallies);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(LegSid, Tallies.Count);
    }

    /// <summary>A measure of a leg is far above what it was in this call.</summary>
    /// <param name="LegSid">The leg.</param>
    /// <param name="Measure">One of <see cref="QualityMeasure"/>.</param>
    /// <param name="Number">Which of the warnings of the leg's measure, from 1.</param>
    /// <param name="Value">The value, in seconds or as a share.</param>
    /// <param name="Baseline">The median of the values before it.</param>
    public sealed record QualityWarned(string LegSid, string Measure, int Number, double Value, double Baseline) : CallFact
    {
        /// <summary>What the warning is about, and which one it is.</summary>
        [JsonIgnore]
        public string Key => Number == 1 ? $"{LegSid}:{Measure}" : $"{LegSid}:{Measure}:{Number}";

        internal override bool IsAside => true;

        internal override string InWords => $"the {Measure} of {LegSid} is far above its baseline";
    }
}
