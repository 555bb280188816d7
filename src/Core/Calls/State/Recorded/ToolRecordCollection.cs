using System.Collections.ObjectModel;

namespace VoiceFunctions.Core.Calls.State.Recorded;

/// <summary>The tool calls of a record. Two are equal if they hold the same, so that records are.</summary>
public sealed class ToolRecordCollection : Collection<ToolRecord>, IEquatable<ToolRecordCollection>
{
    /// <summary>None.</summary>
    public ToolRecordCollection()
    {
    }

    /// <summary>These, in their order.</summary>
    public ToolRecordCollection(IReadOnlyList<ToolRecord> tools)
        : base([.. tools])
    {
    }

    /// <inheritdoc/>
    public bool Equals(ToolRecordCollection? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ToolRecordCollection);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}
