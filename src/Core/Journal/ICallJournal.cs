using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Journal;

/// <summary>
/// The truth about every call. Whoever holds a version from <see cref="ReadAsync"/> may change the call if nobody changed it since: that is
/// the fence on which every effect stands. All members throw <see cref="JournalUnavailableException"/> where the store cannot be reached;
/// nothing is then half written.
/// </summary>
public interface ICallJournal
{
    /// <summary>
    /// Stores an event unless one of the same id is there: atomic, and this is the deduplication. Before the event is stored, the call is
    /// listed as <paramref name="watch"/> says, so that no crash can leave an event that nobody looks at. Does not change the version that
    /// <see cref="CommitAsync"/> compares.
    /// </summary>
    ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken);

    /// <summary>Reads the whole history; an unknown call has an empty one, whose version accepts the first change.</summary>
    ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>Whether a step of the call was ever taken. One small read, however long the history is.</summary>
    ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>
    /// Everything that is stored of a call, row by row and as it is stored: the events and claims of <see cref="ReadAsync"/>, the steps,
    /// and the notes of duplicates. For proofs; no decision needs it.
    /// </summary>
    ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a step if the call's version is still <paramref name="version"/>. Where the store's answer is lost, the journal reads the
    /// owner token back and so still knows whether this very call wrote it. A first step on an empty history lists the call as open;
    /// other steps leave the list alone. With the step a <see cref="JournalCommit"/> is written, which records what the step was
    /// decided on and what it wrote.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="version">The version of the history on which the step was decided.</param>
    /// <param name="change">The step.</param>
    /// <param name="cancellationToken">Stops waiting; the step may then be written or not.</param>
    ValueTask<CommitOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken);

    /// <summary>
    /// The calls that are not closed, in no particular order. Its cost depends on how many there are, not on how many there ever were.
    /// </summary>
    IAsyncEnumerable<CallId> ListOpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The open calls, and after them the closed ones, the newest closing first; also rooms that were no calls. As
    /// much is read as is asked for.
    /// </summary>
    IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A page of the list of calls, the newest first. Its cost depends on how many calls it holds, and for active calls on how many are
    /// open; not on how many there ever were. A call is in the list since the event is stored that made it one, and is shown once a step of
    /// it was taken, as it stood after the last one.
    /// </summary>
    ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a call that needs nothing more off the list of open calls. Its history stays readable. Closing it again changes nothing;
    /// a new event with <see cref="Tracking.Follow"/> lists it again. An event may have come in just before: who closes reads the
    /// history once more afterwards.
    /// </summary>
    ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>The call whose first event in that room came last; <c>null</c> where no call of that room is known.</summary>
    ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the histories of calls that were closed, or were never watched and first heard of, before <paramref name="before"/>; open
    /// calls are kept. Returns how many.
    /// </summary>
    ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Whether the store answers now.</summary>
    ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken);
}
