using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Core.Http;

/// <summary>Keeps every log line of every level as text: the message, each field, and the exception with all its inner ones.</summary>
internal sealed class CollectingLoggers : ILoggerFactory, ILogger
{
    private readonly Lock gate = new();

    public List<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This is where the lines go.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var fields = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
        lock (gate)
        {
            Lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)} {fields} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
