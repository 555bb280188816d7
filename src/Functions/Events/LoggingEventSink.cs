using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Events;

namespace VoiceFunctions.Functions.Events;

/// <summary>Tells the lifecycle events to the log, where queries and alerts find them. They name calls and participants by their ids, never by their numbers.</summary>
internal sealed partial class LoggingEventSink(ILogger<LoggingEventSink> logger) : ILifecycleEventSink
{
    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        LogEvent(lifecycleEvent.Name, lifecycleEvent.CallId, lifecycleEvent.Id, lifecycleEvent.Role, lifecycleEvent.Cause, lifecycleEvent.Epoch, lifecycleEvent.Inferred);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(4101, LogLevel.Information, "{Event} of call {CallId}: id {EventId}, role {Role}, cause {Cause}, epoch {Epoch}, inferred {Inferred}")]
    private partial void LogEvent(string @event, string callId, string eventId, string? role, string? cause, int? epoch, bool inferred);
}
