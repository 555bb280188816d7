using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// A journal in memory that remembers everything that was asked of it, so that the same story can be written into another journal.
/// </summary>
internal sealed class RecordedJournal(TimeProvider clock) : DelegatingJournal(new InMemoryCallJournal(clock))
{
    private readonly List<(DateTimeOffset At, Func<ICallJournal, Dictionary<string, string>, Task> Again)> asked = [];

    /// <summary>The calls that were heard of.</summary>
    public HashSet<CallId> Calls { get; } = [];

    public override ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        Calls.Add(callId);
        Remember(async (journal, _) => await journal.AppendAsync(callId, callEvent, watch, CancellationToken.None));
        return base.AppendAsync(callId, callEvent, watch, cancellationToken);
    }

    public override async ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        var history = await base.ReadAsync(callId, cancellationToken);
        Remember(async (journal, versions) =>
            versions[$"{callId} {history.Version}"] = (await journal.ReadAsync(callId, CancellationToken.None)).Version);
        return history;
    }

    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        var told = await base.CommitAsync(callId, version, change, cancellationToken);
        Remember(async (journal, versions) =>
        {
            var step = await journal.CommitAsync(callId, versions[$"{callId} {version}"], change, CancellationToken.None);
            Assert.Equal(told.Outcome, step.Outcome);
            versions[$"{callId} {told.Version}"] = step.Version!;
        });
        return told;
    }

    public override ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken)
    {
        Remember(async (journal, _) => await journal.CloseAsync(callId, CancellationToken.None));
        return base.CloseAsync(callId, cancellationToken);
    }

    /// <summary>Writes the story into another journal, each thing at its time.</summary>
    public async Task WriteAsync(Func<TimeProvider, ICallJournal> journalOn)
    {
        var at = new ManualClock(asked[0].At);
        var journal = journalOn(at);
        var versions = new Dictionary<string, string>();
        foreach (var (time, again) in asked)
        {
            if (time > at.GetUtcNow())
            {
                at.SetUtcNow(time);
            }

            await again(journal, versions);
        }
    }

    private void Remember(Func<ICallJournal, Dictionary<string, string>, Task> again) => asked.Add((clock.GetUtcNow(), again));
}
