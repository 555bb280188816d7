using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Core.Limits;

/// <summary>
/// Counts tenants' requests. Exact upwards, whatever number of hosts counts: a count is written only over the one that was read. Requests
/// that come to a host while it counts are counted together, and of a window that is full nothing is asked until it has room. Where the
/// store is away, everybody is let in.
/// </summary>
/// <param name="store">Holds the windows.</param>
/// <param name="limits">What the tenants may do.</param>
/// <param name="timeProvider">The time.</param>
/// <param name="logger">Is told where the store is away.</param>
public sealed partial class RequestLimiter(
    ILimitStore store, TenantLimits limits, TimeProvider timeProvider, ILogger<RequestLimiter> logger)
{
    private readonly ILimitStore store = store;
    private readonly TimeProvider timeProvider = timeProvider;

    /// <summary>
    /// How often a window is read and written for the requests that are counted together. Where other hosts were always faster, they are
    /// refused for a second.
    /// </summary>
    public const int MaxAttempts = 4;

    /// <summary>The most storage operations of one request.</summary>
    public const int MaxOperations = 2 * MaxAttempts;

    /// <summary>How long a request waits for the store.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);

    /// <summary>Counts a request of a tenant's.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="purpose">What is counted apart for it; empty for its requests of the API.</param>
    /// <returns>What its limit says; <c>null</c> where it has none.</returns>
    public async ValueTask<RequestCount?> TakeAsync(string tenant, string purpose = "") => limits.Of(tenant).Requests is { } limit
        ? await windows.GetOrAdd($"requests:{purpose}:{tenant}", key => new Window(this, key)).TakeAsync(limit)
        : null;

    [LoggerMessage(1901, LogLevel.Warning, "Requests could not be counted and are let in")]
    private partial void LogAway(Exception exception);

    /// <summary>One window as this host knows it.</summary>
    private sealed class Window(RequestLimiter limiter, string key)
    {
        private readonly Lock gate = new();
        private List<TaskCompletionSource<RequestCount>> waiting = [];
        private bool isCounting;
        private LimitText? known;
        private DateTimeOffset fullUntil = DateTimeOffset.MinValue;

        public Task<RequestCount> TakeAsync(RequestLimit limit)
        {
            var asked = new TaskCompletionSource<RequestCount>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                if (fullUntil - limiter.timeProvider.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                {
                    return Task.FromResult(new RequestCount(limit, IsAllowed: false, 0, wait));
                }

                waiting.Add(asked);
                if (isCounting)
                {
                    return asked.Task;
                }

                isCounting = true;
            }

            _ = CountAllAsync(limit);
            return asked.Task;
        }

        private async Task CountAllAsync(RequestLimit limit)
        {
            while (true)
            {
                List<TaskCompletionSource<RequestCount>> batch;
                lock (gate)
                {
                    (batch, waiting) = (waiting, []);
                    if (batch.Count == 0)
                    {
                        isCounting = false;
                        return;
                    }
                }

                var answers = await CountAsync(batch.Count, limit);
                foreach (var (index, asked) in batch.Index())
                {
                    asked.SetResult(answers(index));
                }
            }
        }

        private async Task<Func<int, RequestCount>> CountAsync(int wanted, RequestLimit limit)
        {
            using var budget = new CancellationTokenSource(Budget, limiter.timeProvider);
            try
            {
                for (var attempt = 0; attempt < MaxAttempts; attempt++)
                {
                    var read = known ?? await limiter.store.ReadAsync(key, budget.Token);
                    var window = SlidingWindow.Read(read.Text, limit, limiter.timeProvider.GetUtcNow());
                    var granted = Math.Min(wanted, window.Free);
                    var counted = granted > 0 ? window.Add(granted) : window;
                    if (granted > 0)
                    {
                        known = await limiter.store.WriteAsync(key, read.Version, counted.Write(), counted.Expires, budget.Token);
                    }

                    if (granted == 0 || known is not null)
                    {
                        var frees = counted.FreesAfter;
                        SetFull(granted < wanted ? limiter.timeProvider.GetUtcNow() + frees : DateTimeOffset.MinValue);
                        return index => new RequestCount(limit, index < granted, Math.Max(0, window.Free - index - 1), frees);
                    }
                }

                return _ => new RequestCount(limit, IsAllowed: false, 0, TimeSpan.FromSeconds(1));
            }
#pragma warning disable CA1031 // Whoever waits gets an answer, whatever it is: a limit must not keep a request from being answered.
            catch (Exception away)
#pragma warning restore CA1031
            {
                known = null;
                limiter.LogAway(away);
                return _ => new RequestCount(limit, IsAllowed: true, 0, TimeSpan.FromSeconds(1));
            }
        }

        private void SetFull(DateTimeOffset until)
        {
            lock (gate)
            {
                fullUntil = until;
            }
        }
    }
}
