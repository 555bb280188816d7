using System.Collections.ObjectModel;

namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>What a record says of its legs' quality. Two are equal if they hold the same, so that records are.</summary>
public sealed class CallQualityCollection : Collection<CallQuality>, IEquatable<CallQualityCollection>
{
    /// <summary>Nothing.</summary>
    public CallQualityCollection()
    {
    }

    /// <summary>These, in their order.</summary>
    public CallQualityCollection(IReadOnlyList<CallQuality> qualities)
        : base([.. qualities])
    {
    }

    /// <inheritdoc/>
    public bool Equals(CallQualityCollection? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CallQualityCollection);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}
