namespace VoiceFunctions.Core.Limits;

/// <summary>A store that counts what is asked of it, and in which somebody else may always be faster, or which is away.</summary>
internal sealed class CountingStore : ILimitStore
{
    private readonly InMemoryLimitStore inner = new();

    public int Operations { get; set; }

    /// <summary>Whether somebody else writes before each of our writings.</summary>
    public bool IsContested { get; set; }

    /// <summary>Whether it does not answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>What a reading waits for.</summary>
    public Task Pause { get; set; } = Task.CompletedTask;

    /// <summary>Every key that was asked for.</summary>
    public HashSet<string> Keys { get; } = [];

    /// <summary>Every text that was written.</summary>
    public List<string> Texts { get; } = [];

    public async ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken)
    {
        Ask(key);
        await Pause;
        return await inner.ReadAsync(key, cancellationToken);
    }

    public ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        Ask(key);
        Texts.Add(text);
        return IsContested ? ValueTask.FromResult<LimitText?>(null) : inner.WriteAsync(key, version, text, expires, cancellationToken);
    }

    public ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PurgeAsync(now, cancellationToken);

    private void Ask(string key)
    {
        Operations++;
        Keys.Add(key);
        if (IsAway)
        {
            throw new Journal.JournalUnavailableException("away");
        }
    }
}
