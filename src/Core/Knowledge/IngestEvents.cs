using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>
/// Tells of documents that were kept. An event is in the queue of events before the sender has its answer; where the process dies in
/// between, the sender sends again, and the event has the same id.
/// </summary>
/// <param name="outbox">Where events go.</param>
/// <param name="sink">Where they go besides.</param>
/// <param name="timeProvider">The time.</param>
internal sealed class IngestEvents(EventOutbox outbox, ILifecycleEventSink sink, TimeProvider timeProvider)
{
    /// <summary>Tells of a document, neither its text nor its source.</summary>
    /// <exception cref="Journal.JournalUnavailableException">It is not told; the sender is to send again.</exception>
    public async Task TellAsync(string tenant, KnowledgeDocument document, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var happened = new LifecycleEvent(IdOf(tenant, document), LifecycleEventName.IngestQueued, CallId: "", now)
        {
            DocumentId = document.Id.Value,
            Passages = document.Passages.Count,
        };
        foreach (var destination in outbox.NamesFor(tenant))
        {
            await outbox.Queue.AddAsync(QueuedEvent.Of(destination, new OutgoingEvent(happened, tenant), now), cancellationToken);
        }

        await sink.PublishAsync(happened, cancellationToken);
    }

    /// <summary>The same for the same contents under the same name.</summary>
    private static string IdOf(string tenant, KnowledgeDocument document) => "ingest:" + CallId.Digest(
        string.Join('\0', [tenant, document.Id.Value, document.Source, document.Metadata, .. document.Passages]));
}
