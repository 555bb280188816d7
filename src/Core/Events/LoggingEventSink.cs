using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Core.Events;

/// <summary>Writes lifecycle events into the log. They hold no personal data.</summary>
public sealed partial class LoggingEventSink(ILogger<LoggingEventSink> logger) : ILifecycleEventSink
{
    /// <inheritdoc/>
    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        LogHappened(lifecycleEvent.Name, lifecycleEvent.CallId, lifecycleEvent.ParticipantSid, lifecycleEvent.Role, lifecycleEvent.Cause, lifecycleEvent.Epoch);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(4001, LogLevel.Information, "{Event} call={CallId} participant={ParticipantSid} role={Role} cause={Cause} epoch={Epoch}")]
    private partial void LogHappened(string @event, string callId, string? participantSid, string? role, string? cause, int? epoch);
}
