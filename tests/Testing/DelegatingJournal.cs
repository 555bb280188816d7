using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Testing;

/// <summary>A journal that passes everything on to another. A test overrides what it wants to count, to disturb or to get wrong.</summary>
public abstract class DelegatingJournal(ICallJournal inner) : ICallJournal
{
    /// <summary>The journal that does the work; where an override throws, it is away.</summary>
    protected virtual ICallJournal Inner { get; } = inner;

    /// <inheritdoc/>
    public virtual ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        Inner.AppendAsync(callId, callEvent, watch, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken) =>
        Inner.ReadAsync(callId, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken) =>
        Inner.HasStepsAsync(callId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken) =>
        Inner.ReadRowsAsync(callId, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        Inner.CommitAsync(callId, version, change, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<OpenCall> ListOpenAsync(CancellationToken cancellationToken) => Inner.ListOpenAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken) =>
        Inner.ListNewestAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken) =>
        Inner.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken) => Inner.CloseAsync(callId, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken) =>
        Inner.FindByRoomAsync(roomName, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Inner.PurgeAsync(before, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => Inner.IsReachableAsync(cancellationToken);
}
