namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>Events that wait in this process, and are lost with it.</summary>
public sealed class InMemoryQueuedEvents : IQueuedEvents
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, QueuedEvent> waiting = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask AddAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            waiting.TryAdd(queued.Id, queued);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEvent>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new([.. waiting.Values.Where(queued => queued.Next <= now).OrderBy(queued => queued.Next).Take(most)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask PostponeAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiting.ContainsKey(queued.Id))
            {
                waiting[queued.Id] = queued;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            waiting.Remove(id);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var old = waiting.Values.Where(queued => queued.Since < before).Select(queued => queued.Id).ToList();
            old.ForEach(id => waiting.Remove(id));
            return new(old.Count);
        }
    }
}
