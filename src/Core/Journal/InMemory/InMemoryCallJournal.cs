using System.Runtime.CompilerServices;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>
/// A journal that lives and dies with the process; held to the same contract as the durable one. It forgets the oldest histories that
/// nobody follows: it keeps the newest <paramref name="mostKept"/> whole, and of the others for <see cref="LeastKept"/>, within which
/// senders repeat themselves, what decisions need.
/// </summary>
/// <param name="clock">Tells when a call was closed.</param>
/// <param name="mostKept">How many histories that nobody follows it keeps; a finished call is about 26 KB.</param>
public sealed class InMemoryCallJournal(TimeProvider clock, int mostKept = 1000) : ICallJournal
{
    /// <summary>For how long a history is kept at least: LiveKit and Twilio have given up on an event within minutes.</summary>
    public static TimeSpan LeastKept { get; } = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<CallId, InMemoryHistory> histories = [];
    private readonly InMemoryList list = new();

    /// <summary>The calls that were in a room of that name.</summary>
    private readonly Dictionary<string, HashSet<CallId>> byRoom = new(StringComparer.Ordinal);

    /// <summary>The calls that somebody follows, and the others by their age.</summary>
    private readonly HashSet<CallId> open = [];
    private readonly SortedSet<CallPlace> closed = [];

    /// <summary>Those of the closed ones that are kept whole.</summary>
    private readonly SortedSet<CallPlace> whole = [];

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var history = histories.GetValueOrDefault(callId);
            if (history?.Contents.Events.ContainsKey(callEvent.Id) == true)
            {
                history.Contents.Duplicates.Add((callEvent.Id, clock.GetUtcNow()));
                history.Rest();
                return new(AppendOutcome.Duplicate);
            }

            history ??= Begin(callId, callEvent.At);
            history.Add(callEvent);
            history.IsOpen |= watch == Tracking.Follow;
            Index(callId, history, [callEvent]);
            return new(AppendOutcome.Appended);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!histories.TryGetValue(callId, out var history))
            {
                return new(new CallHistory(callId, "", [], []));
            }

            var contents = history.Contents;
            var read = new CallHistory(callId, history.Version, [.. contents.Events.Values], [.. contents.Claims.Values]);
            history.Rest();
            return new(read);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasStepsAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(histories.TryGetValue(callId, out var history) && history.Record is not null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRow>> ReadRowsAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(histories.TryGetValue(callId, out var history) && !history.IsThinned ? InMemoryRows.Of(history) : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StepOutcome> CommitAsync(CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var history = histories.GetValueOrDefault(callId) ?? new InMemoryHistory { KeptFrom = clock.GetUtcNow() };
            if (!history.Accepts(version) || change.Events.Any(e => history.Contents.Events.ContainsKey(e.Id)))
            {
                history.Rest();
                return new(new StepOutcome(CommitOutcome.Conflict));
            }

            history.IsOpen |= version.Length == 0;
            histories[callId] = history;
            foreach (var step in change.Steps)
            {
                history.Take(version, step, clock.GetUtcNow());
                version = history.VersionAfterStep();
            }

            Index(callId, history, change.Events);
            return new(new StepOutcome(CommitOutcome.Committed, version));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OpenCall> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OpenCall[] followed;
        lock (gate)
        {
            followed = [.. open.Select(callId => new OpenCall(callId, histories[callId].Listing))];
        }

        foreach (var call in followed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return call;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallId> ListNewestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallId[] newest;
        lock (gate)
        {
            newest = [.. histories.OrderByDescending(s => s.Value.IsOpen).ThenByDescending(s => s.Value.KeptFrom).Select(s => s.Key)];
        }

        foreach (var callId in newest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return callId;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var found = list.Behind(query)
                .Select(place => (Place: place, History: histories[place.CallId]))
                .Where(call => call.History.Record is not null && query.Fits(call.Place, call.History.Listing!.Tenant))
                .Select(call => (call.Place, Record: call.History.Record!))
                .Where(call => query.HasEnded is null || query.HasEnded == call.Record.EndCause is not null)
                .Take(query.Limit + 1)
                .ToList();
            var shown = found.Take(query.Limit).ToList();
            return new(new CallPage(
                shown.ConvertAll(call => call.Record with { Raw = null }), found.Count > shown.Count ? shown[^1].Place : null));
        }
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(CallId callId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (histories.TryGetValue(callId, out var history) && history.IsOpen)
            {
                history.IsOpen = false;
                history.KeptFrom = clock.GetUtcNow();
                Index(callId, history, []);
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
            return new(byRoom.TryGetValue(roomName, out var ofRoom) ? ofRoom.MaxBy(callId => histories[callId].Rooms[roomName]) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var forgotten = 0;
            while (closed.Max is { } oldest && oldest.Since < before)
            {
                Forget(oldest.CallId);
                forgotten++;
            }

            return new(forgotten);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken) => new(true);

    /// <summary>Puts a history where it is found from now on.</summary>
    private void Index(CallId callId, InMemoryHistory history, IReadOnlyList<CallEvent> added)
    {
        list.Update(callId, history);
        foreach (var callEvent in added)
        {
            if (callEvent.Room is { Name: var name })
            {
                if (!byRoom.TryGetValue(name, out var ofRoom))
                {
                    byRoom[name] = ofRoom = [];
                }

                ofRoom.Add(callId);
            }
        }

        if (!history.IsOpen)
        {
            open.Remove(callId);
            closed.Add(new CallPlace(history.KeptFrom, callId));
            if (!history.IsThinned)
            {
                whole.Add(new CallPlace(history.KeptFrom, callId));
                ThinOldest();
            }

            history.Rest();
        }
        else if (open.Add(callId))
        {
            closed.Remove(new CallPlace(history.KeptFrom, callId));
            whole.Remove(new CallPlace(history.KeptFrom, callId));
        }
    }

    private void ThinOldest()
    {
        while (whole.Count > mostKept && whole.Max is { } oldest)
        {
            whole.Remove(oldest);
            histories[oldest.CallId].Thin();
        }
    }

    private void Forget(CallId callId)
    {
        if (histories.Remove(callId, out var history))
        {
            list.Remove(callId, history);
            open.Remove(callId);
            closed.Remove(new CallPlace(history.KeptFrom, callId));
            whole.Remove(new CallPlace(history.KeptFrom, callId));
            foreach (var name in history.Rooms.Keys)
            {
                if (byRoom.TryGetValue(name, out var ofRoom) && ofRoom.Remove(callId) && ofRoom.Count == 0)
                {
                    byRoom.Remove(name);
                }
            }
        }
    }

    /// <summary>Begins a history, and forgets what is too much.</summary>
    private InMemoryHistory Begin(CallId callId, DateTimeOffset at)
    {
        var old = clock.GetUtcNow() - LeastKept;
        while (closed.Count > mostKept && closed.Max is { } oldest && oldest.Since < old)
        {
            Forget(oldest.CallId);
        }

        return histories[callId] = new InMemoryHistory { KeptFrom = at };
    }
}
