using System.Globalization;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Lifecycle;

/// <summary>Writes lifecycle events into the log. They hold no personal data.</summary>
public sealed partial class LoggingEventSink(ILogger<LoggingEventSink> logger) : ILifecycleEventSink
{
    /// <inheritdoc/>
    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        if (lifecycleEvent.DocumentId is { } document)
        {
            LogDocument(lifecycleEvent.Name, document, lifecycleEvent.Passages);
        }
        else if (logger.IsEnabled(LogLevel.Information))
        {
            LogHappened(lifecycleEvent.Name, lifecycleEvent.CallId, DetailsOf(lifecycleEvent));
        }

        return ValueTask.CompletedTask;
    }

    private static string DetailsOf(LifecycleEvent happened) => string.Join(
        ", ",
        new[]
        {
            happened.ParticipantSid,
            happened.Role,
            happened.Direction is CallDirection.Outbound ? "outbound" : null,
            happened.Cause,
            happened.Epoch is { } epoch ? $"epoch {epoch}" : null,
            happened.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} after {happened.Baseline}") : null,
            happened.Inferred ? "inferred" : null,
        }
            .OfType<string>());

    [LoggerMessage(4001, LogLevel.Information, "{Event} of call {CallId}: {Details}")]
    private partial void LogHappened(string @event, string callId, string details);

    [LoggerMessage(4002, LogLevel.Information, "{Event} of document {DocumentId}: {Passages} passages")]
    private partial void LogDocument(string @event, string documentId, int? passages);
}
