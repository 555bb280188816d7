using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>
/// Gives leases out. The claim is written only if nobody changed the call since it was read, so of any number of jobs that ask at the same
/// time one gets it. The holder's asking again writes it anew: for a job that is not known in the room it holds from then on.
/// </summary>
public sealed class AgentLeases(ICallJournal journal, RoomNaming naming, TimeProvider timeProvider)
{
    private const int MaxAttempts = 20;

    /// <summary>Answers a job.</summary>
    /// <param name="request">What the job says.</param>
    /// <param name="isInvited">Whether the asking job's token is for a room of that name.</param>
    /// <param name="cancellationToken">Ends the asking; the lease may then be given or not, and the same job may ask again.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<LeaseAnswer> AskAsync(LeaseRequest request, Func<string, bool> isInvited, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var history = await journal.ReadAsync(request.CallId, cancellationToken);
            var state = CallState.Of(history);
            var now = timeProvider.GetUtcNow();
            var answer = AgentLease.Decide(state, request, now);
            if (answer != LeaseAnswer.UnknownCall && !isInvited(state.Rooms.Name ?? naming.NameOf(request.CallId)))
            {
                return LeaseAnswer.NotInvited;
            }

            var key = AgentLease.ClaimKeyOf(request.Epoch);
            var held = state.Claims.GetValueOrDefault(key);
            if (answer != LeaseAnswer.Granted || (held?.Result == request.Job && AgentLease.IsThere(state, request.Job)))
            {
                return answer;
            }

            EffectClaim[] claims = [new(key, ClaimStatus.Done, request.Job, (held?.Attempt ?? 0) + 1, now) { Result = request.Job }];
            if (await journal.CommitAsync(
                request.CallId,
                history.Version,
                new JournalChange(claims, CallDetailRecord.Of(state.With(claims), naming)),
                cancellationToken) == CommitOutcome.Committed)
            {
                return answer;
            }
        }

        return LeaseAnswer.Undecided;
    }
}
