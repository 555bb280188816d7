using System.Collections.ObjectModel;

namespace VoiceFunctions.Core.Calls.State.Recorded;

/// <summary>The recordings of a record. Two are equal if they hold the same, so that records are.</summary>
public sealed class CallRecordingCollection : Collection<CallRecording>, IEquatable<CallRecordingCollection>
{
    /// <summary>None.</summary>
    public CallRecordingCollection()
    {
    }

    /// <summary>These, in their order.</summary>
    public CallRecordingCollection(IReadOnlyList<CallRecording> recordings)
        : base([.. recordings])
    {
    }

    /// <inheritdoc/>
    public bool Equals(CallRecordingCollection? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CallRecordingCollection);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}
