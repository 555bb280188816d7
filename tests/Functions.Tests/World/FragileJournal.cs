using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>A journal that can be away.</summary>
internal sealed class FragileJournal(ICallJournal inner) : ICallJournal
{
    public bool IsAway { get; set; }

    private ICallJournal Reached => IsAway ? throw new JournalUnavailableException("The store does not answer.") : inner;

    public ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        Reached.AppendAsync(callId, callEvent, watch, cancellationToken);

    public ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken) => Reached.ReadAsync(callId, cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        Reached.CommitAsync(callId, version, change, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken) => Reached.ReadRowsAsync(callId, cancellationToken);

    public IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken) => Reached.ListNewestAsync(cancellationToken);

    public IAsyncEnumerable<CallId> ListOpenAsync(CancellationToken cancellationToken) => Reached.ListOpenAsync(cancellationToken);

    public ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken) => Reached.CloseAsync(callId, cancellationToken);

    public ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken) => Reached.FindByRoomAsync(roomName, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => Reached.PurgeAsync(before, cancellationToken);

    public ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(!IsAway);
}
