using Azure.Data.Tables;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Bench;

/// <summary>The rows as this build writes them.</summary>
internal sealed class SealedRows(RecordedCall call) : IRows
{
    public StoryVersion Version { get; set; } = StoryVersion.Nothing with { IsHeardOf = true };

    public TableEntity Append(CallEvent callEvent) => CallRows.Of(call.CallId, callEvent, Call.Owner);

    public IReadOnlyList<TableEntity> Commit(RecordedStep step)
    {
        var read = Version with { ETag = Call.ETag, Owners = Call.Owners, Unsealed = [.. step.Seen.Select(Append).Select(CallRows.Seal)] };
        return Commit(step, read);
    }

    /// <summary>Only what the commit does; the reader did the rest.</summary>
    public IReadOnlyList<TableEntity> Commit(RecordedStep step, StoryVersion read)
    {
        var (header, actions) = StepRows.Of(call.CallId, read, step.Change, Call.Owner, step.Commit.At);
        Version = read with { Chain = HashChain.Of(CallRows.Stored(header)) };
        return [.. actions.Select(action => (TableEntity)action.Entity)];
    }

    public object Read(IReadOnlyList<TableEntity> rows) => CallRows.Story(call.CallId, rows);
}
