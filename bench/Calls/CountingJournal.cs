using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Bench.Calls;

/// <summary>A journal that counts how often calls are read and changed.</summary>
internal sealed class CountingJournal(ICallJournal inner) : ICallJournal
{
    public int Appends { get; private set; }

    public int Reads { get; private set; }

    public int Commits { get; private set; }

    public ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        Appends++;
        return inner.AppendAsync(callId, callEvent, watch, cancellationToken);
    }

    public ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        Reads++;
        return inner.ReadAsync(callId, cancellationToken);
    }

    public ValueTask<StepOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        Commits++;
        return inner.CommitAsync(callId, version, change, cancellationToken);
    }

    public ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken) =>
        inner.HasStepsAsync(callId, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken) =>
        inner.ReadRowsAsync(callId, cancellationToken);

    public IAsyncEnumerable<CallId> ListOpenAsync(CancellationToken cancellationToken) => inner.ListOpenAsync(cancellationToken);

    public IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken) => inner.ListNewestAsync(cancellationToken);

    public ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken) => inner.CloseAsync(callId, cancellationToken);

    public ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken) =>
        inner.FindByRoomAsync(roomName, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.PurgeAsync(before, cancellationToken);

    public ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => inner.IsReachableAsync(cancellationToken);
}
