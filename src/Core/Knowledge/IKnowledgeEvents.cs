using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>A document was taken.</summary>
/// <param name="Id">The same for every repetition: the same document with the same contents has the same.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Passages">Into how many passages it was cut.</param>
/// <param name="At">When, UTC.</param>
public sealed record IngestQueued(string Id, string Tenant, string DocumentId, int Passages, DateTimeOffset At)
{
    /// <summary>The event's name for subscribers.</summary>
    public const string Type = "ingest.queued";
}

/// <summary>
/// Hears of documents. It is told before the sender has its answer and after the document is kept; where the process dies in between, the
/// sender sends again, and it is told with the same <see cref="IngestQueued.Id"/>.
/// </summary>
public interface IKnowledgeEvents
{
    /// <summary>Takes an event over; an exception keeps the sender from being told that all is well.</summary>
    ValueTask QueuedAsync(IngestQueued queued, CancellationToken cancellationToken);
}

/// <summary>Writes the events into the log; neither texts nor sources.</summary>
public sealed partial class LoggingKnowledgeEvents(ILogger<LoggingKnowledgeEvents> logger) : IKnowledgeEvents
{
    /// <inheritdoc/>
    public ValueTask QueuedAsync(IngestQueued queued, CancellationToken cancellationToken)
    {
        LogQueued(IngestQueued.Type, queued.Tenant, queued.DocumentId, queued.Passages);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(4101, LogLevel.Information, "{Event} of tenant {Tenant}: document {DocumentId}, {Passages} passages")]
    private partial void LogQueued(string @event, string tenant, string documentId, int passages);
}
