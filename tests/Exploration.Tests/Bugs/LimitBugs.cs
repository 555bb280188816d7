using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Writes over whatever stands there, not over what was read.</summary>
internal sealed class WritesOverAnything(ILimitStore inner) : ILimitStore
{
    public ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken) => inner.ReadAsync(key, cancellationToken);

    public async ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken) =>
        await inner.WriteAsync(key, version, text, expires, cancellationToken)
            ?? await inner.WriteAsync(
                key, (await inner.ReadAsync(key, cancellationToken)).Version, text, expires, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PurgeAsync(now, cancellationToken);
}

/// <summary>Says that a place was given back, and keeps it.</summary>
internal sealed class KeepsPlaces(ILimitStore inner) : ILimitStore
{
    public ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken) => inner.ReadAsync(key, cancellationToken);

    public async ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken) =>
        text.Length == 0
            ? await inner.ReadAsync(key, cancellationToken)
            : await inner.WriteAsync(key, version, text, expires, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PurgeAsync(now, cancellationToken);
}
