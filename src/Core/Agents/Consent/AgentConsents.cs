using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Agents.Consent;

/// <summary>Takes down what a caller answered when their agent asked whether the call may be recorded.</summary>
public sealed class AgentConsents(
    ICallJournal journal, RoomNaming naming, DispatchFence fence, EventIngestor ingestor, TimeProvider timeProvider)
{
    /// <summary>
    /// Takes the answer down from the job that holds the lease. The result is <see cref="LeaseAnswer.Granted"/> where it was taken, now or
    /// before, and else what the job would be told that says that it has finished.
    /// </summary>
    /// <param name="request">What the job says.</param>
    /// <param name="granted">Whether the caller agrees.</param>
    /// <param name="room">The room that the job's token is for.</param>
    /// <param name="cancellationToken">Ends the asking; the same job may say it again.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<LeaseAnswer> SayAsync(LeaseRequest request, bool granted, string? room, CancellationToken cancellationToken)
    {
        var state = CallState.Of(await journal.ReadAsync(request.CallId, cancellationToken));
        if (room != (state.Rooms.Name ?? naming.NameOf(request.CallId)))
        {
            return LeaseAnswer.NotInvited;
        }

        var answer = AgentLease.DecideFinish(state, request, fence);
        if (answer == LeaseAnswer.Granted && state.Recordings.HasConsent != granted)
        {
            // Named after the answer that it changes: said twice it is stored once, and an answer that comes back is another one.
            var before = CallId.Digest(state.Recordings.Consent?.Id ?? "")[..13];
            var said = new CallEvent(
                $"consent:{request.Epoch}:{request.Job}:{(granted ? "yes" : "no")}:{before}",
                timeProvider.GetUtcNow(),
                new CallFact.ConsentGiven(request.Job, request.Epoch, granted));
            await ingestor.IngestAsync(new ReceivedEvent(request.CallId, said, Tracking.Follow), cancellationToken);
        }

        return answer;
    }
}
