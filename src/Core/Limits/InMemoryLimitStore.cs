using System.Globalization;

namespace VoiceFunctions.Core.Limits;

/// <summary>The limits' texts in memory, for one process: gone when it ends.</summary>
public sealed class InMemoryLimitStore : ILimitStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (LimitText Text, DateTimeOffset Expires)> texts = new(StringComparer.Ordinal);
    private long writes;

    /// <inheritdoc/>
    public ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return ValueTask.FromResult(texts.TryGetValue(key, out var found) ? found.Text : LimitText.None);
        }
    }

    /// <inheritdoc/>
    public ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var stands = texts.TryGetValue(key, out var found) ? found.Text : LimitText.None;
            if (stands.Version != version)
            {
                return ValueTask.FromResult<LimitText?>(null);
            }

            var written = new LimitText(text, (++writes).ToString(CultureInfo.InvariantCulture));
            texts[key] = (written, expires);
            return ValueTask.FromResult<LimitText?>(written);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var old = texts.Where(text => text.Value.Expires <= now).Select(text => text.Key).ToList();
            old.ForEach(key => texts.Remove(key));
            return ValueTask.FromResult(old.Count);
        }
    }
}
