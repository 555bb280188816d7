using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>What the journal said of a call when somebody looked.</summary>
/// <param name="IsCall">Whether it knew of a call at all.</param>
/// <param name="Status">Where the call stood.</param>
/// <param name="End">The claim of its end; <c>null</c> before.</param>
internal sealed record JournalSample(bool IsCall, CallStatus Status, EndSample? End)
{
    /// <summary>How many agents were sent.</summary>
    public int Dispatches { get; init; }

    /// <summary>Whether a host died over putting a surplus agent out, so that its claim's lease had to end before another could.</summary>
    public bool RemovalWasLeft { get; init; }

    /// <summary>Whether CALL_ENDED was told and noted.</summary>
    public bool EndWasTold { get; init; }

    /// <summary>Reads a story.</summary>
    public static JournalSample Of(CallHistory history)
    {
        var state = CallState.Of(history);
        var status = history.IsEmpty ? CallStatus.Created : state.Status;
        return new JournalSample(state.IsCall, status, state.End is { } end ? new EndSample(end.Owner, end.At, end.Result ?? "") : null)
        {
            Dispatches = state.Dispatches.Count(),
            RemovalWasLeft = state
                .Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix)
                .Any(round => round.Claim.Status == ClaimStatus.Intent || round.Claim.At - round.Claim.BegunAt >= EffectExecutor.Lease),
            EndWasTold =
                state.Claims.GetValueOrDefault(CallEffect.Publish.ClaimPrefix + LifecycleEventName.CallEnded)?.Status == ClaimStatus.Done,
        };
    }

    /// <summary>
    /// What is wrong with this look after an earlier one: a call never goes back, and its end is written once. <c>null</c> for nothing.
    /// </summary>
    public (DefectKind Kind, string Words)? After(JournalSample earlier) => this switch
    {
        _ when earlier.End is not null && End is not null && End != earlier.End =>
            (DefectKind.DuplicateEnds, $"its end was written twice: {earlier.End.Cause}, then {End.Cause}"),
        _ when (earlier.End is not null && End is null)
            || Status < earlier.Status
            || (earlier.End is not null && Status != earlier.Status) =>
            (DefectKind.RegressedStates, $"it was {earlier.Status} and then {Status}"),
        _ => null,
    };
}

/// <summary>The end of a call in the journal.</summary>
/// <param name="Owner">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Cause">Why the call ended.</param>
internal sealed record EndSample(string Owner, DateTimeOffset At, string Cause);
