using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Operations;

/// <summary>Ends calls for operators and applications.</summary>
public sealed class CallEnder(CallFinder calls, EventIngestor ingestor, TimeProvider timeProvider)
{
    /// <summary>A call is ended once, however often that is asked for: every asking is this one event.</summary>
    private const string EventId = "api:end";

    /// <summary>
    /// Ends a call: takes the wish down and does at once what follows from it. Asking again changes nothing.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="credential">Who asks, as <see cref="CallFinder"/> knows them.</param>
    /// <param name="cancellationToken">Ends the asking. The call may end all the same.</param>
    /// <returns>The call as it stands then, over or about to be; <c>null</c> where there is no such call for them.</returns>
    /// <exception cref="JournalUnavailableException">The wish may not have been taken down; ask again.</exception>
    public async Task<CallState?> EndAsync(CallId callId, object? credential, CancellationToken cancellationToken)
    {
        var state = await calls.FindAsync(callId, credential, cancellationToken);
        if (state is not { End: null })
        {
            return state;
        }

        var wish = new CallEvent(EventId, timeProvider.GetUtcNow(), new CallFact.EndRequested());
        await ingestor.IngestAsync(new ReceivedEvent(callId, wish, Tracking.Follow), cancellationToken);
        return await calls.FindAsync(callId, credential, cancellationToken);
    }
}
