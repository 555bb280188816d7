using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>What must hold of the journal after every single write. Folds along, so that each write costs one more step.</summary>
internal sealed class JournalPromises(CallWorld world)
{
    private readonly Dictionary<CallId, CallState> states = [];
    private readonly Dictionary<CallId, CallStatus> statuses = [];
    private readonly Dictionary<string, Strand> owners = new(StringComparer.Ordinal);
    private readonly Dictionary<(Strand, CallId), CallState> reads = [];

    public IReadOnlyCollection<CallState> States => states.Values;

    public void Owns(string owner, Strand strand) => owners.TryAdd(owner, strand);

    public void Read(Strand strand, CallId callId) => reads[(strand, callId)] = StateOf(callId);

    /// <summary>Whether a strand holds a claim of one of these kinds right now.</summary>
    public bool Holds(Strand strand, IReadOnlyList<string> prefixes)
    {
        foreach (var state in states.Values)
        {
            foreach (var claim in state.Claims.Values)
            {
                if (claim.Status == ClaimStatus.Intent
                    && owners.GetValueOrDefault(claim.Owner) == strand
                    && prefixes.Any(prefix => claim.Key.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The call for which a strand holds a claim right now; <c>null</c> where it holds none.</summary>
    public CallState? Holder(Strand strand) => states.Values.FirstOrDefault(state => state.Claims.Values.Any(
        claim => claim.Status == ClaimStatus.Intent && owners.GetValueOrDefault(claim.Owner) == strand));

    /// <summary>What a strand had read of a call.</summary>
    public CallState ReadOf(Strand strand, CallId callId) => reads.GetValueOrDefault((strand, callId)) ?? new CallState(callId);

    /// <summary>What a strand had read of the call when it decided on a dispatch.</summary>
    public CallState? ReadBy(Strand strand, LiveKitDispatchRequest request) =>
        CallId.TryParse(DispatchMetadata.TryParse(request.Metadata)?.CallId, out var callId)
            ? reads.GetValueOrDefault((strand, callId))
            : null;

    public void Appended(CallId callId, CallEvent callEvent)
    {
        if (callEvent.Room is { } room && room.Name != world.RoomName)
        {
            world.Witness.Break("an event of somebody else's room was stored");
        }

        var before = StateOf(callId);
        var after = before.Apply(callEvent);
        Changed(before, after, after.Status);
    }

    /// <summary>
    /// A step is decided on the story as its writer knows it, its record is the fold of that story and the step, and what is settled stays
    /// so. The writer knows the story after it.
    /// </summary>
    public void Committed(Strand writer, CallId callId, JournalChange change)
    {
        var before = StateOf(callId);
        var read = reads.GetValueOrDefault((writer, callId)) ?? new CallState(callId);
        var decided = After(read, change);
        var after = ReferenceEquals(read, before) ? decided : After(before, change);
        if (CallDetailRecord.Of(decided, CallWorld.Naming) != change.Record)
        {
            world.Witness.Break("the record is not the fold of the journal");
        }

        var known = before;
        foreach (var step in change.Steps)
        {
            foreach (var claim in step.Claims)
            {
                SettledOnce(known, claim);
            }

            known = After(known, step);
        }

        reads[(writer, callId)] = decided;
        Changed(before, after, ReferenceEquals(after, decided) ? change.Record.Status : after.Status);
    }

    private void SettledOnce(CallState before, EffectClaim claim)
    {
        if (before.Claims.GetValueOrDefault(claim.Key) is { Status: ClaimStatus.Done or ClaimStatus.GivenUp } was
            && claim.Key is not (CallEffect.Reconcile.ClaimKey or CallEffect.HandOn.ClaimKey or CallEffect.LookUpRecordings.ClaimKey))
        {
            if (!claim.Key.StartsWith(AgentLease.ClaimPrefix, StringComparison.Ordinal))
            {
                world.Witness.Break($"the claim {claim.Key} was settled twice");
            }
            else if (claim.Result != was.Result
                && world.LiveKit.Rooms.Any(room => room.Agents.Any(agent => LiveKitJob.IsIdentityOf(was.Result!, agent.Identity))))
            {
                world.Witness.Break("a lease was given on while its holder was there");
            }
        }
    }

    private static CallState After(CallState state, JournalChange change) =>
        change.Steps.Aggregate(
            state,
            (known, step) => step.Events.Aggregate(known, (folded, callEvent) => folded.Apply(callEvent)).With(step.Claims));

    private CallState StateOf(CallId callId) => states.GetValueOrDefault(callId) ?? new CallState(callId);

    /// <summary>
    /// A status never goes back, an end never changes, and no call is declared over while its caller is there and served.
    /// </summary>
    private void Changed(CallState before, CallState after, CallStatus now)
    {
        states[after.CallId] = after;
        var was = statuses.GetValueOrDefault(after.CallId, CallStatus.Created);
        statuses[after.CallId] = now;
        if (now < was || (was is CallStatus.Ended or CallStatus.Failed && now != was))
        {
            world.Witness.Break($"the status went from {was} to {now}");
        }

        if (before.End is not null && after.End != before.End)
        {
            world.Witness.Break("the end changed");
        }

        if (before.End is null && after.End is { Result: { } cause } && !IsTrue(after, cause))
        {
            world.Witness.Break($"the call was declared over, {cause}, which was not so");
        }
    }

    /// <summary>Whether a cause fits what really happened to the call's callers.</summary>
    private bool IsTrue(CallState call, string cause)
    {
        var now = world.Schedule.Now;
        var callers = world.Witness.CallersOf(call).DefaultIfEmpty(world.Witness.Caller).ToList();
        var joined = callers.Min(caller => caller.JoinedAt);
        var heardUntil = callers.Max(caller => caller.HeardUntil);
        var isInside = callers.Exists(caller => caller.IsInside);
        var heard = heardUntil > joined ? heardUntil : joined;
        return cause switch
        {
            EndCause.NeverJoined or EndCause.Busy or EndCause.NoAnswer or EndCause.Failed => !isInside,
            EndCause.NoAgent when world.Scenario.IsOutbound && joined is null => true,
            // That a human picked up is known by asking alone: one who hangs up before that may not have been noticed.
            EndCause.NoAgent when world.Witness.HumanDialled
                && callers.TrueForAll(caller => caller.HeardUntil - caller.HeardFrom <= ReconcileRules.WhileWaiting) => true,
            EndCause.NoAgent => now - heard + world.Scenario.Skew >= world.Terms.Handover,
            // The caller was the human's: an agent who comes after that is about to be put out.
            EndCause.HumanHangup => heardUntil <= now || callers.TrueForAll(caller => caller.HumanHasGone),
            EndCause.AgentFinished => world.Others.AgentHasFinished,
            // Whether the trunk was asked after a claim whose answer got lost, and what it did, nobody knows.
            EndCause.Transferred => world.Witness.IsTransferred || (world.Witness.Troubles > 0 && !isInside),
            EndCause.ApiEnd => world.Operator.HasAsked,
            EndCause.OverLimit => world.Limits.RivalHeld,
            EndCause.TelephonyDisabled => !world.Scenario.TakesNewCalls,
            EndCause.MaxDuration => now - joined + world.Scenario.Skew >= world.Terms.MaxDuration,
            EndCause.CallerHangup or EndCause.DialCompleted or EndCause.DialNoAnswer or EndCause.CallerLost or EndCause.RoomClosed =>
                joined is not null && !isInside,
            _ => false,
        };
    }
}
