using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>
/// Gives leases out. The claim is written only if nobody changed the call since it was read, so of any number of jobs that ask at the same
/// time one gets it. The holder's asking again while it holds is answered from what is stored; a later one writes it anew, and for a job
/// that is not known in the room it holds from then on.
/// </summary>
public sealed class AgentLeases(ICallJournal journal, RoomNaming naming, DispatchFence fence, TimeProvider timeProvider)
{
    private const int MaxAttempts = 20;

    /// <summary>Answers a job.</summary>
    /// <param name="request">What the job says.</param>
    /// <param name="room">
    /// The room that the job's token is for. Of a call in another one it learns nothing, not even that there is one.
    /// </param>
    /// <param name="cancellationToken">Ends the asking; the lease may then be given or not, and the same job may ask again.</param>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<LeaseReply> AskAsync(LeaseRequest request, string? room, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var history = await journal.ReadAsync(request.CallId, cancellationToken);
            var state = CallState.Of(history);
            if (room != (state.Rooms.Name ?? naming.NameOf(request.CallId)))
            {
                return new LeaseReply(LeaseAnswer.NotInvited, TimeSpan.Zero);
            }

            var now = timeProvider.GetUtcNow();
            var answer = AgentLease.Decide(state, request, fence, now);
            var validity = answer == LeaseAnswer.Granted ? AgentLease.StillHeld(state, request, now) : TimeSpan.Zero;
            if (answer != LeaseAnswer.Granted || validity > TimeSpan.Zero)
            {
                return new LeaseReply(answer, validity);
            }

            var key = AgentLease.ClaimKeyOf(request.Epoch);
            var before = state.Claims.GetValueOrDefault(key)?.Attempt ?? 0;
            EffectClaim[] claims =
            [
                new(key, ClaimStatus.Done, request.Job, before + 1, now)
                {
                    Result = request.Job,
                    Until = request.Renews ? now + AgentLease.RenewedFor : null,
                },
            ];
            var change = new JournalChange(claims, CallDetailRecord.Of(state.With(claims), naming));
            var step = await journal.CommitAsync(request.CallId, history.Version, change, cancellationToken);
            if (step.Outcome == CommitOutcome.Committed)
            {
                return new LeaseReply(answer, AgentLease.Validity) { RenewIn = request.Renews ? AgentLease.RenewalEvery : null };
            }
        }

        return new LeaseReply(LeaseAnswer.Undecided, TimeSpan.Zero);
    }
}
