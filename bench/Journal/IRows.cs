using Azure.Data.Tables;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Bench;

/// <summary>How the rows of a call are made: with seals, or without.</summary>
internal interface IRows
{
    /// <summary>The row of a webhook's event.</summary>
    TableEntity Append(CallEvent callEvent);

    /// <summary>The rows of a commit; the next one builds on it.</summary>
    IReadOnlyList<TableEntity> Commit(RecordedStep step);

    /// <summary>What a reader makes of the rows.</summary>
    object Read(IReadOnlyList<TableEntity> rows);
}
