using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>A journal that only passes on; a bug overrides what it gets wrong.</summary>
internal abstract class PassingJournal(ICallJournal inner) : ICallJournal
{
    protected ICallJournal Inner { get; } = inner;

    public virtual ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        Inner.AppendAsync(callId, callEvent, watch, cancellationToken);

    public virtual ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken) => Inner.ReadAsync(callId, cancellationToken);

    public virtual ValueTask<CommitOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        Inner.CommitAsync(callId, version, change, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken) => Inner.ReadRowsAsync(callId, cancellationToken);

    public IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken) => Inner.ListNewestAsync(cancellationToken);

    public IAsyncEnumerable<CallId> ListOpenAsync(CancellationToken cancellationToken) => Inner.ListOpenAsync(cancellationToken);

    public virtual ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken) => Inner.CloseAsync(callId, cancellationToken);

    public ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken) => Inner.FindByRoomAsync(roomName, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => Inner.PurgeAsync(before, cancellationToken);

    public ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => Inner.IsReachableAsync(cancellationToken);
}
