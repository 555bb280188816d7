using System.Runtime.CompilerServices;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>A journal that lives and dies with the process; held to the same contract as the durable one.</summary>
/// <param name="clock">Tells when a call was closed.</param>
public sealed class InMemoryCallJournal(TimeProvider clock) : ICallJournal
{
    private readonly Lock gate = new();
    private readonly Dictionary<CallId, InMemoryStory> stories = [];

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var story = stories.GetValueOrDefault(callId);
            if (story?.Events.ContainsKey(callEvent.Id) == true)
            {
                story.Duplicates.Add((callEvent.Id, clock.GetUtcNow()));
                return new(AppendOutcome.Duplicate);
            }

            story ??= stories[callId] = new InMemoryStory { KeptFrom = callEvent.At };
            story.Add(callEvent);
            story.IsOpen |= watch == Tracking.Follow;
            return new(AppendOutcome.Appended);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(stories.TryGetValue(callId, out var story)
                ? new CallHistory(callId, story.Version, [.. story.Events.Values], [.. story.Claims.Values])
                : new CallHistory(callId, "", [], []));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(stories.TryGetValue(callId, out var story) ? InMemoryRows.Of(story) : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var story = stories.GetValueOrDefault(callId) ?? new InMemoryStory { KeptFrom = clock.GetUtcNow() };
            if (!story.Accepts(version) || change.Events.Any(e => story.Events.ContainsKey(e.Id)))
            {
                return new(CommitOutcome.Conflict);
            }

            story.Take(version, change, clock.GetUtcNow());
            story.IsOpen |= version.Length == 0;
            stories[callId] = story;
            return new(CommitOutcome.Committed);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallId> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallId[] open;
        lock (gate)
        {
            open = [.. stories.Where(s => s.Value.IsOpen).Select(s => s.Key)];
        }

        foreach (var callId in open)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return callId;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallId> ListNewestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallId[] newest;
        lock (gate)
        {
            newest = [.. stories.OrderByDescending(s => s.Value.IsOpen).ThenByDescending(s => s.Value.KeptFrom).Select(s => s.Key)];
        }

        foreach (var callId in newest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return callId;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (stories.TryGetValue(callId, out var story) && story.IsOpen)
            {
                story.IsOpen = false;
                story.KeptFrom = clock.GetUtcNow();
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<CallId?> FindByRoomAsync(string roomName, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var ofRoom = stories.Where(s => s.Value.Rooms.ContainsKey(roomName));
            return new(ofRoom.OrderByDescending(s => s.Value.Rooms[roomName]).FirstOrDefault().Key);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            CallId[] old = [.. stories.Where(s => !s.Value.IsOpen && s.Value.KeptFrom < before).Select(s => s.Key)];
            Array.ForEach(old, callId => stories.Remove(callId));
            return new(old.Length);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => new(true);
}
