using System.Collections.Concurrent;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Looks into the journal while the calls go on, and notes where a later look contradicts an earlier one.</summary>
internal sealed class Looks(ICallJournal journal, Action<Defect> found)
{
    private readonly ConcurrentDictionary<CallId, StoryLook> latest = [];
    private int count;

    /// <summary>How often it was looked.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Looks at a call; <c>null</c> where the journal is away. One look at a call at a time.</summary>
    public async Task<StoryLook?> TakeAsync(CallId callId, string name, CancellationToken cancellationToken)
    {
        StoryLook look;
        try
        {
            look = StoryLook.Of(await journal.ReadAsync(callId, cancellationToken));
        }
        catch (JournalUnavailableException)
        {
            return null;
        }

        Interlocked.Increment(ref count);
        if (latest.TryGetValue(callId, out var earlier) && look.After(earlier) is var (kind, words))
        {
            found(new Defect(kind, name, words));
        }

        latest[callId] = look;
        return look;
    }
}
