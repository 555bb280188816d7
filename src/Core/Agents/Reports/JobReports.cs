using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Reports;

/// <summary>
/// Takes down what an agent's job reports of its call: that it has finished, what the caller agreed to, who answered the phone. Only the
/// job that holds the newest lease is believed.
/// </summary>
public sealed class JobReports(
    ICallJournal journal, RoomNaming naming, DispatchFence fence, EventIngestor ingestor, TimeProvider timeProvider)
{
    /// <summary>What the identities of agents begin with that join by a plain token; <c>null</c> where there are none.</summary>
    public string? PlainPrefix { get; init; }

    /// <summary>Takes a report from whoever brought a token: it must be the job's own.</summary>
    /// <inheritdoc cref="TakeAsync(LeaseRequest, string, Func{CallState, DateTimeOffset, CallEvent}, CancellationToken)"/>
    /// <param name="request">Which job reports.</param>
    /// <param name="token">The verified token.</param>
    /// <param name="report">The event of the report, from the call's state and the time; <c>null</c> where the call has it already.</param>
    /// <param name="cancellationToken">Ends it; the same job may report the same again.</param>
    public async Task<(LeaseAnswer Answer, CallState? State)> TakeAsync(
        LeaseRequest request,
        LiveKitTokenClaims token,
        Func<CallState, DateTimeOffset, CallEvent?> report,
        CancellationToken cancellationToken) =>
        AgentLease.IsOwn(token, request.Job, PlainPrefix)
            ? await TakeAsync(request, token.Grants.Room, report, cancellationToken)
            : (LeaseAnswer.NotItsOwn, null);

    /// <summary>Finds the call of whoever brought a token, which must be the job's own, if that job may report.</summary>
    /// <param name="request">Which job asks.</param>
    /// <param name="token">The verified token.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<(LeaseAnswer Answer, CallState? State)> FindAsync(
        LeaseRequest request, LiveKitTokenClaims token, CancellationToken cancellationToken) =>
        AgentLease.IsOwn(token, request.Job, PlainPrefix)
            ? await FindAsync(request, token.Grants.Room, cancellationToken)
            : (LeaseAnswer.NotItsOwn, null);

    /// <summary>Takes a report from a job that is known to be itself.</summary>
    /// <param name="request">Which job reports.</param>
    /// <param name="room">The room that the job's token is for. Of a call in another one it learns nothing.</param>
    /// <param name="report">The event of the report, from the call's state and the time; <c>null</c> where the call has it already.</param>
    /// <param name="cancellationToken">Ends it; the same job may report the same again.</param>
    /// <returns>
    /// <see cref="LeaseAnswer.Granted"/> where the report was taken, now or before, with the call as it stands then; else what the job
    /// would be told that asks for the lease.
    /// </returns>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<(LeaseAnswer Answer, CallState? State)> TakeAsync(
        LeaseRequest request, string? room, Func<CallState, DateTimeOffset, CallEvent?> report, CancellationToken cancellationToken)
    {
        var (answer, state) = await FindAsync(request, room, cancellationToken);
        if (answer == LeaseAnswer.Granted && report(state!, timeProvider.GetUtcNow()) is { } said)
        {
            await ingestor.IngestAsync(new ReceivedEvent(request.CallId, said, Tracking.Follow), cancellationToken);
            state = state!.Apply(said);
        }

        return (answer, state);
    }

    private async Task<(LeaseAnswer Answer, CallState? State)> FindAsync(
        LeaseRequest request, string? room, CancellationToken cancellationToken)
    {
        var state = CallState.Of(await journal.ReadAsync(request.CallId, cancellationToken));
        return room == (state.Rooms.Name ?? naming.NameOf(request.CallId))
            ? (AgentLease.DecideFinish(state, request, fence), state)
            : (LeaseAnswer.NotInvited, null);
    }
}
