using System.Runtime.CompilerServices;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// The journal as a strand asks it: reads can fail, writes can fail before or after they are written, and the host
/// can die on either side of them.
/// </summary>
internal sealed class JournalPort(Strand strand, ModelJournal journal) : ICallJournal
{
    private static readonly string[] ReadTroubles = ["away"];
    private static readonly string[] WriteTroubles = ["away", "lost", Strand.Crash, Strand.CrashAfter];
    private static readonly string[] FencedTroubles = [.. WriteTroubles, Strand.Stall];

    public ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) =>
        WriteAsync("Append", WriteTroubles, () => journal.Append(callId, callEvent, watch), outcome => (ulong)outcome, cancellationToken);

    public ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken) =>
        new(strand.AskAsync(
            "Read",
            ReadTroubles,
            trouble => Reading(trouble, () => journal.Read(strand, callId), _ => journal.PrintOf(callId)),
            cancellationToken));

    public ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken) =>
        new(strand.AskAsync(
            "Read",
            ReadTroubles,
            trouble => Reading(trouble, () => journal.HasSteps(callId), hasSteps => hasSteps ? 1UL : 0),
            cancellationToken));

    public ValueTask<StepOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
        WriteAsync(
            "Commit",
            strand.Host.HasOthers ? FencedTroubles : WriteTroubles,
            () => journal.Commit(strand, callId, version, change),
            step => (ulong)step.Outcome,
            cancellationToken);

    public async IAsyncEnumerable<OpenCall> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var callId in await strand.AskAsync(
            "ListOpen", ReadTroubles, trouble => Reading(trouble, journal.ListOpen, _ => journal.Print()), cancellationToken))
        {
            yield return new OpenCall(callId, null);
        }
    }

    public ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken) => new(
        WriteAsync(
            "Close",
            WriteTroubles,
            () =>
            {
                journal.Close(callId);
                return true;
            },
            _ => 0,
            cancellationToken).AsTask());

    public ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No call asks for that.");

    public IAsyncEnumerable<CallId> ListNewestAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("No call asks for that.");

    public ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No call asks for that.");

    public ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No call asks for that.");

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is old enough.");

    public ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("No call asks for that.");

    private static Answer<T> Reading<T>(string trouble, Func<T> read, Func<T, ulong> seen)
    {
        if (trouble.Length > 0)
        {
            return new Answer<T>(default, 1) { Error = new JournalUnavailableException("The store is away.") };
        }

        var value = read();
        return new Answer<T>(value, seen(value));
    }

    private ValueTask<T> WriteAsync<T>(
        string what, string[] troubles, Func<T> write, Func<T, ulong> seen, CancellationToken cancellationToken) =>
        new(strand.AskAsync(
            what,
            troubles,
            trouble =>
            {
                var value = trouble == "away" ? default : write();
                return trouble.Length > 0
                    ? new Answer<T>(default, 1) { Error = new JournalUnavailableException("The store is away.") }
                    : new Answer<T>(value, Fingerprint.Of(2, seen(value!)));
            },
            cancellationToken));
}
