using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Requests;

/// <summary>
/// Begins calls that are asked for over the API. Under an idempotency key the same request begins one call, however often it comes.
/// </summary>
/// <param name="journal">Tells what a key began before.</param>
/// <param name="ingestor">Takes the request in; the call's workflow does the rest.</param>
/// <param name="timeProvider">The time of the request.</param>
/// <param name="places">Takes the places of calls that begin at once.</param>
/// <param name="routes">Say how many places there are.</param>
public sealed class CallRequester(
    ICallJournal journal, EventIngestor ingestor, TimeProvider timeProvider, PlaceDesk places, RouteTable routes)
{
    /// <summary>The one id of the event, within its call.</summary>
    private const string EventId = "requested";

    /// <summary>Begins the call, or finds the one that the same request began.</summary>
    /// <param name="request">What is asked for; its tenant is set.</param>
    /// <param name="idempotencyKey">The asker's key; <c>null</c> begins a call each time.</param>
    /// <param name="cancellationToken">Ends the asking. The call may have begun.</param>
    /// <returns>The call; <c>null</c> where the key began a call by another request.</returns>
    /// <exception cref="JournalUnavailableException">It is not recorded. The same request may be made again.</exception>
    public async Task<RequestedCall?> BeginAsync(
        CallFact.CallRequested request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var digest = CallId.Digest(JsonSerializer.Serialize(request, JournalJson.Default.CallFact));
        var callId = CallId.ForRequest(request.Tenant ?? "", idempotencyKey);
        if (!await HasPlaceAsync(callId, request, isRepeatable: idempotencyKey is not null, cancellationToken))
        {
            return new RequestedCall(callId, IsNew: false) { IsOverLimit = true };
        }

        var asked = new CallEvent(EventId, timeProvider.GetUtcNow(), request with { Digest = digest });
        var outcome = await ingestor.IngestAsync(new ReceivedEvent(callId, asked, Tracking.Follow), cancellationToken);
        if (outcome == AppendOutcome.Appended)
        {
            return new RequestedCall(callId, IsNew: true);
        }

        var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        return state.Requests.Request?.Digest == digest ? new RequestedCall(callId, IsNew: false) : null;
    }

    /// <summary>
    /// Whether there is a place for the call. It is taken before anything is recorded, so that what is refused leaves nothing behind and
    /// can be asked for again; the call's workflow keeps it, or takes one when a call for later begins.
    /// </summary>
    private async Task<bool> HasPlaceAsync(
        CallId callId, CallFact.CallRequested request, bool isRepeatable, CancellationToken cancellationToken)
    {
        var query = new RouteQuery(request.From) { Caller = request.To, Tenant = request.Tenant };
        var route = routes.Find(query with { At = request.To is null ? timeProvider.GetUtcNow() : null });
        return !route.Timeouts.Admission.HasPlaces
            || route.IsClosed
            || request.NotBefore > timeProvider.GetUtcNow()
            || (isRepeatable && (await journal.ReadAsync(callId, cancellationToken)).Events.Count > 0)
            || (await places.TakeAsync(callId, route, cancellationToken)).Answer == PlaceAnswer.Taken;
    }
}
