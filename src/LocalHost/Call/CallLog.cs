using System.Globalization;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>Tells a call as it happens: the time since it began, who, and what. It is also where the gateway's log lines go.</summary>
internal sealed class CallLog(TimeProvider clock, TextWriter? output) : ILoggerFactory, ILogger
{
    private readonly DateTimeOffset start = clock.GetUtcNow();
    private readonly Lock gate = new();

    /// <summary>Tells something.</summary>
    public void Tell(string who, string what)
    {
        if (output is not null)
        {
            var since = clock.GetUtcNow() - start;
            lock (gate)
            {
                output.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{(int)since.TotalMinutes,3}:{since:ss\\.fff}  {who,-8}  {what}"));
            }
        }
    }

    /// <summary>Tells what happened in the network.</summary>
    public void Tell(NetworkEvent happened) => Tell(happened.Who, happened.What);

    /// <summary>Tells a lifecycle event.</summary>
    public void Tell(LifecycleEvent published)
    {
        string?[] details =
        [
            published.Role,
            published.Cause,
            published.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} after {published.Baseline}") : null,
            published.Epoch is { } epoch ? $"epoch {epoch}" : null,
            published.Inferred ? "inferred" : null,
        ];
        Tell("gateway", $"● {published.Name} {string.Join(", ", details.OfType<string>())}".TrimEnd());
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // The story has one teller.
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Tell("gateway", formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => output is not null && logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
        // The output is its owner's.
    }
}
