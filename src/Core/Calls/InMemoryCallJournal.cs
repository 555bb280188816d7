using System.Globalization;
using System.Runtime.CompilerServices;

namespace VoiceFunctions.Core.Calls;

/// <summary>A journal that lives and dies with the process; held to the same contract as the durable one.</summary>
/// <param name="clock">Tells when a call was closed.</param>
public sealed class InMemoryCallJournal(TimeProvider clock) : ICallJournal
{
    private readonly Lock gate = new();
    private readonly Dictionary<CallId, Story> stories = [];

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, CallWatch watch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var story = stories.GetValueOrDefault(callId);
            if (story?.Events.ContainsKey(callEvent.Id) == true)
            {
                return new(AppendOutcome.Duplicate);
            }

            story ??= stories[callId] = new Story { KeptFrom = callEvent.At };
            story.Add(callEvent);
            story.IsOpen |= watch == CallWatch.Open;
            return new(AppendOutcome.Appended);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CallStory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(stories.TryGetValue(callId, out var story)
                ? new CallStory(callId, story.Version, [.. story.Events.Values], [.. story.Claims.Values])
                : new CallStory(callId, "", [], []));
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var story = stories.GetValueOrDefault(callId) ?? new Story { KeptFrom = clock.GetUtcNow() };
            if (!story.Accepts(version) || change.Events.Any(e => story.Events.ContainsKey(e.Id)))
            {
                return new(CommitOutcome.Conflict);
            }

            foreach (var claim in change.Claims)
            {
                story.Claims[claim.Key] = claim;
            }

            foreach (var callEvent in change.Events)
            {
                story.Add(callEvent);
            }

            story.Commits++;
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

    /// <summary>What is known of one call; touched only under the gate.</summary>
    private sealed class Story
    {
        public Dictionary<string, CallEvent> Events { get; } = [];

        public Dictionary<string, EffectClaim> Claims { get; } = [];

        /// <summary>Each room that the call was in, with its first event there.</summary>
        public Dictionary<string, DateTimeOffset> Rooms { get; } = [];

        public int Commits { get; set; }

        public bool IsOpen { get; set; }

        /// <summary>When the call was closed, or first heard of if nobody watched it: its age for the purge.</summary>
        public required DateTimeOffset KeptFrom { get; set; }

        public string Version => Commits.ToString(CultureInfo.InvariantCulture);

        /// <summary>The version of an unknown call stays good until the first step: events alone do not change it.</summary>
        public bool Accepts(string version) => version == Version || (version.Length == 0 && Commits == 0);

        public void Add(CallEvent callEvent)
        {
            Events.Add(callEvent.Id, callEvent);
            if (callEvent.Room is { } room)
            {
                Rooms.TryAdd(room.Name, callEvent.At);
            }
        }
    }
}
