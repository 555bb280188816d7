using System.Collections.Concurrent;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Looks into the journal while the calls go on, and notes where a later look contradicts an earlier one.</summary>
internal sealed class JournalSamples(ICallJournal journal, RouteTable routes, Action<Defect> found)
{
    private static readonly string[] Delayed = ["one_agent", "agent_sent", "agent_silent", "room_deleted"];

    private readonly ConcurrentDictionary<CallId, JournalSample> latest = [];
    private int count;

    /// <summary>How often it was looked.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Looks at a call; <c>null</c> where the journal is away. One look at a call at a time.</summary>
    public async Task<JournalSample?> TakeAsync(CallId callId, string name, CancellationToken cancellationToken)
    {
        JournalSample sample;
        try
        {
            sample = JournalSample.Of(await journal.ReadAsync(callId, cancellationToken));
        }
        catch (JournalUnavailableException)
        {
            return null;
        }

        Interlocked.Increment(ref count);
        if (latest.TryGetValue(callId, out var earlier) && sample.After(earlier) is var (kind, words))
        {
            found(new Defect(kind, name, words));
        }

        latest[callId] = sample;
        return sample;
    }

    /// <summary>
    /// The promises that a call's stored history shows to be broken; <c>null</c> where the journal is away. What an outage may delay is
    /// judged by <see cref="DefectRules"/>, which knows when there was one. A call of which nothing is stored has no history: its voice
    /// webhook may be answered without that (decision 5), and whether it should have an end is judged by its caller.
    /// </summary>
    public async Task<IReadOnlyList<string>?> AuditAsync(CallId callId, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await journal.ReadRowsAsync(callId, cancellationToken);
            return rows.Count == 0 ? [] : [.. CallAuditor.Audit(callId, rows, routes).Promises
                .Where(promise => promise.Answer == ProofAnswer.No && !Delayed.Contains(promise.Name))
                .Select(promise => $"{promise.Name}: {promise.Text}")];
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }
}
