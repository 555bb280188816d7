using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Agents.Goodbye;

/// <summary>Takes down that a job has finished.</summary>
public sealed class AgentGoodbye(
    ICallJournal journal, RoomNaming naming, DispatchFence fence, EventIngestor ingestor, TimeProvider timeProvider)
{
    /// <summary>
    /// Takes down that the job which holds the lease has finished. The answer is <see cref="LeaseAnswer.Granted"/> where it was, now or
    /// before, and else what the job would be told that asks for the lease.
    /// </summary>
    /// <param name="request">What the job says.</param>
    /// <param name="room">The room that the job's token is for.</param>
    /// <param name="cancellationToken">Ends the asking; the same job may say it again.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<LeaseAnswer> SayAsync(LeaseRequest request, string? room, CancellationToken cancellationToken)
    {
        var state = CallState.Of(await journal.ReadAsync(request.CallId, cancellationToken));
        if (room != (state.Rooms.Name ?? naming.NameOf(request.CallId)))
        {
            return LeaseAnswer.NotInvited;
        }

        var now = timeProvider.GetUtcNow();
        var answer = AgentLease.DecideFinish(state, request, fence);
        if (answer == LeaseAnswer.Granted && state.Goodbyes.Of(request.Epoch) is null)
        {
            var done = new CallEvent($"done:{request.Epoch}:{request.Job}", now, new CallFact.AgentDone(request.Job, request.Epoch));
            await ingestor.IngestAsync(new ReceivedEvent(request.CallId, done, Tracking.Follow), cancellationToken);
        }

        return answer;
    }
}
