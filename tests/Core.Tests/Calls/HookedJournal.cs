using System.Collections.Concurrent;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Calls;

/// <summary>A journal in memory that holds callers to the contract's limits and lets a test step in between.</summary>
internal sealed class HookedJournal(TimeProvider clock) : DelegatingJournal(new InMemoryCallJournal(clock))
{
    /// <summary>Runs before each call, which it gets by its name; what it throws is thrown.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every call of which an event was appended.</summary>
    public ConcurrentDictionary<CallId, bool> Appended { get; } = [];

    /// <summary>The store is away.</summary>
    public bool IsDown { get; set; }

    /// <summary>The store does not answer before its caller gives up.</summary>
    public bool Hangs { get; set; }

    /// <summary>Whether the store holds no row of that size.</summary>
    public Func<CallEvent, bool> IsTooLarge { get; set; } = _ => false;

    public override async ValueTask<AppendOutcome> AppendAsync(
        CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        await EnterAsync("Append", cancellationToken);
        Appended[callId] = true;
        return IsTooLarge(callEvent) ? AppendOutcome.Refused : await base.AppendAsync(callId, callEvent, watch, cancellationToken);
    }

    public override async ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        await EnterAsync("Read", cancellationToken);
        return await base.ReadAsync(callId, cancellationToken);
    }

    public override async ValueTask<StepOutcome> CommitAsync(
        CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        Assert.InRange(change.Steps.Sum(step => step.Claims.Count), 1, 40);
        Assert.InRange(change.Events.Count, 0, 40);
        Assert.All(change.Steps, step =>
        {
            Assert.NotEmpty(step.Claims);
            Assert.Equal(step.Claims.Count, step.Claims.DistinctBy(claim => claim.Key).Count());
        });
        Assert.All(change.Steps.Skip(1), step => Assert.Empty(step.Events));
        await EnterAsync("Commit", cancellationToken);
        return change.Events.Any(IsTooLarge)
            ? new StepOutcome(CommitOutcome.Refused)
            : await base.CommitAsync(callId, version, change, cancellationToken);
    }

    /// <summary>What somebody wrote into the rows by hand; <c>null</c> for nothing.</summary>
    public Func<StoredRow, StoredRow>? Spoils { get; set; }

    public override async ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken)
    {
        await EnterAsync("ReadRows", cancellationToken);
        var rows = await base.ReadRowsAsync(callId, cancellationToken);
        return Spoils is null ? rows : [.. rows.Select(Spoils)];
    }

    public override async ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken)
    {
        await EnterAsync("Close", cancellationToken);
        await base.CloseAsync(callId, cancellationToken);
    }

    public override ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => new(!IsDown);

    private async Task EnterAsync(string method, CancellationToken cancellationToken)
    {
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }

        if (IsDown)
        {
            throw new JournalUnavailableException("The store is away.");
        }

        await Before(method);
    }
}
