using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Journal;

/// <summary>
/// Stores the events and claims of every call. A change succeeds only if nobody changed the call since <see cref="ReadAsync"/> returned its
/// version; this protects every effect. All members throw <see cref="JournalUnavailableException"/> if the store cannot be reached; no
/// change is then written in part.
/// </summary>
public interface ICallJournal
{
    /// <summary>
    /// Stores an event unless an event with the same id exists. This is atomic, and it is the deduplication. First the call is listed as
    /// <paramref name="watch"/> says, so that after a crash no event is overlooked. Does not change the version that
    /// <see cref="CommitAsync"/> compares.
    /// </summary>
    ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken);

    /// <summary>Reads the whole history. For an unknown call it is empty, and its version allows the first change.</summary>
    ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>Whether the call has any step. This is one small read, for a history of any length.</summary>
    ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>
    /// All stored rows of a call, unchanged: the events and claims of <see cref="ReadAsync"/>, the steps, and the notes about duplicates.
    /// It is for proofs; no decision needs it.
    /// </summary>
    ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a step if the call's version is still <paramref name="version"/>. If the store's answer is lost, the journal reads the
    /// owner token back, so it still knows whether this call of the method wrote the step. The first step on an empty history lists the
    /// call as open; other steps do not change the list. With the step, a <see cref="JournalCommit"/> is written, which stores the basis
    /// of the decision and what was written. The answer names the version after the step, so that its writer need not read for the next
    /// one; events that came meanwhile are then unknown to the writer, and one with the id of an event of the step is a conflict.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="version">The version of the history on which the step was decided.</param>
    /// <param name="change">The step, or several that are written together, as one transaction (<see cref="JournalChange.Steps"/>).</param>
    /// <param name="cancellationToken">Stops waiting; the step may then be written or not.</param>
    ValueTask<StepOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken);

    /// <summary>
    /// The calls that are not closed, in no particular order. The cost depends on the number of open calls, not on that of all calls.
    /// </summary>
    IAsyncEnumerable<OpenCall> ListOpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The open calls, and then the closed ones, latest closing first; including rooms that were not calls. Only as
    /// much is read as the caller enumerates.
    /// </summary>
    IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A page of the list of calls, newest first. The cost depends on the number of calls on the page, and for active calls on the number
    /// of open calls; not on that of all calls. A call enters the list with the event that proves the call. It is shown after its first
    /// step, with its state after the last step.
    /// </summary>
    ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a finished call from the list of open calls. Its history stays readable. Closing it again changes nothing;
    /// a new event with <see cref="Tracking.Follow"/> lists it again. An event may have been stored just before, so the caller must read
    /// the history once more afterwards.
    /// </summary>
    ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>The newest call of a room, by its first event there; <c>null</c> if no call of that room is known.</summary>
    ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the histories of calls that were closed before <paramref name="before"/>, and of calls that were never watched and whose
    /// first event is older. Open calls are kept. Returns the number of deleted histories.
    /// </summary>
    ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Whether the store can be reached now.</summary>
    ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken);
}
