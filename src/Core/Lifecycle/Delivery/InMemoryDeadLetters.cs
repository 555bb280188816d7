namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>Dead letters that live and die with the process, the newest <paramref name="most"/> of them.</summary>
/// <param name="most">How many it keeps.</param>
public sealed class InMemoryDeadLetters(int most = 10_000) : IDeadLetters
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, DeadLetter> letters = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask KeepAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            letters[letter.Id] = letter;
            if (letters.Count > most)
            {
                letters.Remove(letters.Values.MinBy(one => one.At)!.Id);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<DeadLetterPage> ListAsync(string? tenant, string? after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var rest = letters.Values
                .Where(letter => tenant is null || letter.Tenant == tenant)
                .Where(letter => after is null || string.CompareOrdinal(letter.Id, after) > 0)
                .Take(limit + 1)
                .ToList();
            return new(new DeadLetterPage([.. rest.Take(limit)], rest.Count > limit ? rest[limit - 1].Id : null));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(letters.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            letters.Remove(id);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var old = letters.Values.Where(letter => letter.At < before).Select(letter => letter.Id).ToList();
            old.ForEach(id => letters.Remove(id));
            return new(old.Count);
        }
    }
}
