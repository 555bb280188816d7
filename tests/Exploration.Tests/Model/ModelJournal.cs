using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Exploration.Promises;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>The journal that all hosts share: the real one in memory, with an eye on every write.</summary>
internal sealed class ModelJournal(Schedule schedule, JournalPromises promises)
{
    private readonly InMemoryCallJournal inner = new(new StoreClock(schedule));
    private readonly Dictionary<CallId, ulong> prints = [];
    private readonly Dictionary<string, ulong> owners = new(StringComparer.Ordinal);
    private readonly HashSet<CallId> open = [];

    /// <summary>Every call that the journal has heard of, in the order in which it did.</summary>
    public List<CallId> Calls { get; } = [];

    public AppendOutcome Append(CallId callId, CallEvent callEvent, Tracking watch)
    {
        var outcome = Now(inner.AppendAsync(callId, callEvent, watch, CancellationToken.None));
        if (outcome == AppendOutcome.Appended)
        {
            Heard(callId);
            prints[callId] += PrintOf(callEvent);
            if (watch == Tracking.Follow)
            {
                open.Add(callId);
            }

            promises.Appended(callId, callEvent);
        }

        return outcome;
    }

    public CallHistory Read(Strand reader, CallId callId)
    {
        promises.Read(reader, callId);
        return History(callId);
    }

    public bool HasSteps(CallId callId) => Now(inner.HasStepsAsync(callId, CancellationToken.None));

    public StepOutcome Commit(Strand writer, CallId callId, string version, JournalChange change)
    {
        var claims = change.Steps.SelectMany(step => step.Claims).ToList();
        foreach (var claim in claims)
        {
            owners.TryAdd(claim.Owner, Fingerprint.Of(Fingerprint.Of(writer.Label), Fingerprint.Of(writer.Host.Life)));
            promises.Owns(claim.Owner, writer);
        }

        var before = History(callId);
        var step = Now(inner.CommitAsync(callId, version, change, CancellationToken.None));
        if (step.Outcome == CommitOutcome.Committed)
        {
            Heard(callId);
            if (before.IsEmpty)
            {
                open.Add(callId);
            }

            foreach (var claim in claims.GroupBy(claim => claim.Key, (_, same) => same.Last()))
            {
                var old = before.Claims.FirstOrDefault(known => known.Key == claim.Key);
                prints[callId] += PrintOf(claim) - (old is null ? 0 : PrintOf(old));
            }

            foreach (var callEvent in change.Events)
            {
                prints[callId] += PrintOf(callEvent);
            }

            promises.Committed(writer, callId, change);
        }

        return step;
    }

    public void Close(CallId callId)
    {
        open.Remove(callId);
        Now(inner.CloseAsync(callId, CancellationToken.None));
    }

    public IReadOnlyList<CallId> ListOpen() => [.. Calls.Where(open.Contains)];

    public CallHistory History(CallId callId) => Now(inner.ReadAsync(callId, CancellationToken.None));

    public ulong PrintOf(CallId callId) => prints.GetValueOrDefault(callId) + (open.Contains(callId) ? 1UL : 0);

    public ulong Print()
    {
        var print = 0UL;
        foreach (var callId in Calls)
        {
            print = Fingerprint.Of(print, PrintOf(callId));
        }

        return print;
    }

    private static T Now<T>(ValueTask<T> done) =>
        done.IsCompleted ? done.Result : throw new InvalidOperationException("The journal in memory answers at once.");

    private static void Now(ValueTask done)
    {
        if (!done.IsCompleted)
        {
            throw new InvalidOperationException("The journal in memory answers at once.");
        }
    }

    private static ulong PrintOf(CallEvent callEvent) => Fingerprint.Of(Fingerprint.Of(callEvent.Id), Fingerprint.Of(callEvent.At));

    private ulong PrintOf(EffectClaim claim) => Fingerprint.Of(
        Fingerprint.Of(claim.Key),
        (ulong)claim.Status,
        owners.GetValueOrDefault(claim.Owner),
        (ulong)claim.Attempt,
        Fingerprint.Of(claim.At),
        Fingerprint.Of(claim.Until),
        Fingerprint.Of(claim.Result));

    private void Heard(CallId callId)
    {
        if (prints.TryAdd(callId, Fingerprint.Of(callId.Value)))
        {
            Calls.Add(callId);
        }
    }

    private sealed class StoreClock(Schedule schedule) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => schedule.Now;
    }
}
