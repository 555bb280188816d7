using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>
/// The lease of an epoch: a claim in the call's journal whose holder is the one job that may speak. LiveKit can start a job twice for one
/// dispatch, and restarts one that failed; the first job that asks gets the lease, until it is known to be gone.
/// </summary>
public static class AgentLease
{
    /// <summary>What the claim keys of all epochs begin with.</summary>
    public const string ClaimPrefix = CallEffect.DispatchAgent.LeasePrefix;

    /// <summary>
    /// How long a grant is valid for a job that has not joined, which is also how long the policy waits for an agent that was just sent. A
    /// job that joins later asks again before it publishes audio.
    /// </summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a job renews its lease that said that it would.</summary>
    public static TimeSpan RenewalEvery { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a lease of such a job holds: a renewal may be late by as much as the next one comes after it.</summary>
    public static TimeSpan RenewedFor { get; } = RenewalEvery * 2;

    /// <summary>
    /// How long after a grant a participant list is conclusive: <see cref="Validity"/> and 2 s for the lag of the list and of clocks.
    /// </summary>
    public static TimeSpan Entering { get; } = Validity + ParticipantMapper.ListLag;

    /// <summary>The claim of an epoch's lease.</summary>
    public static string ClaimKeyOf(int epoch) => $"{ClaimPrefix}{epoch}";

    /// <summary>
    /// Whether a token is the asking job's own: for joining, under its identity, and of kind agent, as LiveKit gives it to the job. A token
    /// that an application made for a visitor is neither.
    /// </summary>
    /// <param name="token">The verified token.</param>
    /// <param name="job">Which job the asker says it is.</param>
    /// <param name="plainPrefix">
    /// What the identities of agents begin with that join by a plain token, of kind standard; <c>null</c> where there are none.
    /// </param>
    public static bool IsOwn(LiveKitTokenClaims token, string job, string? plainPrefix) =>
        token is { Grants.RoomJoin: true, Subject: { } identity }
        && LiveKitJob.IsIdentityOf(job, identity)
        && (token.Kind == LiveKitTokenClaims.Agent
            || (token.Kind == LiveKitTokenClaims.Standard
                && plainPrefix is not null
                && identity.StartsWith(plainPrefix, StringComparison.Ordinal)));

    /// <summary>The job that holds the lease of the newest epoch that sent one; <c>null</c> where none does.</summary>
    public static string? HolderOf(CallState state)
    {
        foreach (var (epoch, dispatch) in state.Dispatches.Reverse())
        {
            if (HolderOf(state, epoch) is { } job)
            {
                return job;
            }

            if (MaySend(dispatch))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// When LiveKit is to be asked whether a job of an earlier epoch joined, so that the newest epoch's job gets its answer; <c>null</c>
    /// where no earlier job can join any more.
    /// </summary>
    public static DateTimeOffset? KnownAt(CallState state) =>
        Earlier(state, state.Dispatches.LastOrDefault().Epoch).Max(earlier => (DateTimeOffset?)earlier.KnownAt);

    /// <summary>Whether a job that was granted the lease is known to be in the room, so that nothing runs out for it.</summary>
    public static bool IsThere(CallState state, string job) =>
        state.EveryAgent.Where(state.IsLive).Any(leg => LiveKitJob.IsIdentityOf(job, leg.Leg!.Identity));

    /// <summary>
    /// For how long what is stored already answers a job that holds the lease; zero where it has to be written anew.
    /// </summary>
    public static TimeSpan StillHeld(CallState state, LeaseRequest request, DateTimeOffset now) =>
        state.Claims.GetValueOrDefault(ClaimKeyOf(request.Epoch)) is not { } held || held.Result != request.Job || request.Renews
            ? TimeSpan.Zero
            : IsThere(state, request.Job) ? Validity
            : held.At <= now && held.At + Validity > now ? held.At + Validity - now
            : TimeSpan.Zero;

    /// <summary>
    /// The answer to a job, from the state alone. <see cref="LeaseAnswer.Granted"/> holds only if the claim is stored or can be written.
    /// </summary>
    public static LeaseAnswer Decide(CallState state, LeaseRequest request, DispatchFence fence, DateTimeOffset now)
    {
        if (!state.IsCall)
        {
            return LeaseAnswer.UnknownCall;
        }

        if (!IsSent(state, request, fence))
        {
            return LeaseAnswer.WrongFence;
        }

        if (state.End is not null
            || state.IsHandedOver
            || state.Dispatches.Any(dispatch => dispatch.Epoch > request.Epoch && MaySend(dispatch.Claim)))
        {
            return LeaseAnswer.Superseded;
        }

        var holder = HolderOf(state, request.Epoch);
        return HasLeft(state, request.Job) ? LeaseAnswer.Superseded
            : holder == request.Job ? LeaseAnswer.Granted
            : holder is not null && !HasLeft(state, holder) ? LeaseAnswer.Taken
            : IsChoosing(state, now) || EarlierMaySpeak(state, request.Epoch) ? LeaseAnswer.Undecided
            : LeaseAnswer.Granted;
    }

    /// <summary>The answer to a job that says that it has finished: only the holder of the newest lease may end a call.</summary>
    public static LeaseAnswer DecideFinish(CallState state, LeaseRequest request, DispatchFence fence) =>
        !state.IsCall ? LeaseAnswer.UnknownCall
        : !IsSent(state, request, fence) ? LeaseAnswer.WrongFence
        : state.IsHandedOver || HolderOf(state, request.Epoch) != request.Job ? LeaseAnswer.Superseded
        : state.Dispatches.Any(dispatch => dispatch.Epoch > request.Epoch && MaySend(dispatch.Claim)) ? LeaseAnswer.Superseded
        : LeaseAnswer.Granted;

    private static bool IsSent(CallState state, LeaseRequest request, DispatchFence fence) =>
        state.Dispatches.FirstOrDefault(dispatch => dispatch.Epoch == request.Epoch).Claim is { } sent
        && fence.Accepts(state.CallId, request.Epoch, request.Fence, sent.FirstBegunAt);

    /// <summary>
    /// Whether a dispatch sent an agent or still may: one that found an agent there or on its way takes nothing from that agent.
    /// </summary>
    private static bool MaySend(EffectClaim dispatch) => dispatch is not { Status: ClaimStatus.Done, Result: { } result }
        || !result.StartsWith(CallEffect.DispatchAgent.Adopted, StringComparison.Ordinal);

    private static string? HolderOf(CallState state, int epoch) => state.Claims.GetValueOrDefault(ClaimKeyOf(epoch))?.Result;

    /// <summary>Whether a job's agent was there and is gone. One that joined under another identity is not known to leave.</summary>
    private static bool HasLeft(CallState state, string job)
    {
        var legs = state.EveryAgent.Where(leg => LiveKitJob.IsIdentityOf(job, leg.Leg!.Identity)).ToList();
        return legs.Count > 0 && !legs.Any(state.IsLive);
    }

    /// <summary>
    /// Whether the holder of an earlier epoch's lease is in the room, or LiveKit was not asked yet since it could last have come in.
    /// </summary>
    private static bool EarlierMaySpeak(CallState state, int epoch) =>
        Earlier(state, epoch).Any(earlier => IsThere(state, earlier.Job) || state.ReconciledAt < earlier.KnownAt);

    private static IEnumerable<(string Job, DateTimeOffset KnownAt)> Earlier(CallState state, int epoch) =>
        from lease in state.Numbered(ClaimPrefix)
        where lease.Number < epoch && lease.Claim.Result is not null && !HasLeft(state, lease.Claim.Result)
        select (lease.Claim.Result, lease.Claim.At + Entering);

    /// <summary>Whether somebody is removing surplus agents right now, who does not know of this job's claim.</summary>
    private static bool IsChoosing(CallState state, DateTimeOffset now) =>
        state
            .Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix)
            .Any(round => round.Claim.Status == ClaimStatus.Intent && round.Claim.Until > now);
}
