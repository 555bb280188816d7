namespace VoiceFunctions.Core.Quality;

/// <summary>One thing that a report says.</summary>
internal abstract record QualitySample
{
    private QualitySample()
    {
    }

    /// <summary>How a stream of packets was at some time: an entry of WebRTC's <c>getStats()</c>.</summary>
    /// <param name="Key">Tells the streams of a leg apart: the entry's type, and its SSRC or id.</param>
    /// <param name="AtMs">When, in milliseconds; later ones have more.</param>
    public sealed record Stream(string Key, double AtMs) : QualitySample
    {
        /// <summary>Where the packets are counted of which this entry knows only what the other side tells; <c>null</c> for here.</summary>
        public string? CountedBy { get; init; }

        /// <summary>How many packets came, or were sent, since the stream began.</summary>
        public long? Packets { get; init; }

        /// <summary>How many of them were lost since the stream began.</summary>
        public long? Lost { get; init; }

        /// <summary>The share that was lost lately; <c>null</c> where only <see cref="Lost"/> tells.</summary>
        public double? LostShare { get; init; }

        /// <summary>The jitter in seconds.</summary>
        public double? Jitter { get; init; }

        /// <summary>The time there and back in seconds.</summary>
        public double? RoundTrip { get; init; }

        /// <summary>How often the time there and back was measured; <c>null</c> where nothing is said.</summary>
        public long? RoundTrips { get; init; }
    }

    /// <summary>How long a part of one of the agent's turns took.</summary>
    /// <param name="Measure">The part: one of <see cref="Calls.Quality.QualityMeasure"/>.</param>
    /// <param name="Seconds">How long.</param>
    /// <param name="Speech">The agent's name of the turn; <c>null</c> where it is not said.</param>
    public sealed record Turn(string Measure, double Seconds, string? Speech) : QualitySample;
}
