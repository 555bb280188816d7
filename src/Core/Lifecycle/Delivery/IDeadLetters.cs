namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>Keeps dead letters until they are replayed, or are older than the retention. Where the store is away, each method throws
/// <see cref="Journal.JournalUnavailableException"/>.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps a letter; one with the same id is replaced.</summary>
    ValueTask KeepAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>The letters in the order of their ids.</summary>
    /// <param name="tenant">Only those of a tenant's calls; <c>null</c> for all.</param>
    /// <param name="after">The id behind which the page begins; <c>null</c> for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<DeadLetterPage> ListAsync(string? tenant, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>A letter; <c>null</c> where there is none of that id.</summary>
    ValueTask<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Forgets a letter; nothing where there is none.</summary>
    ValueTask RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Forgets the letters from before that time; returns how many.</summary>
    ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>For gateways without destinations: there is nothing to keep.</summary>
internal sealed class NoDeadLetters : IDeadLetters
{
    public ValueTask KeepAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no dead letters without a destination.");

    public ValueTask<DeadLetterPage> ListAsync(string? tenant, string? after, int limit, CancellationToken cancellationToken) =>
        new(new DeadLetterPage([], null));

    public ValueTask<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) => new((DeadLetter?)null);

    public ValueTask RemoveAsync(string id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => new(0);
}
