using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Simulator.Scenarios;

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

    /// <summary>What was decided before an agent was sent; <c>null</c> where nothing was.</summary>
    public CallFact.CallScreened? Screened { get; init; }

    /// <summary>When that was decided.</summary>
    public DateTimeOffset? ScreenedAt { get; init; }

    /// <summary>When the deciding was noted as done.</summary>
    public DateTimeOffset? AdmittedAt { get; init; }

    /// <summary>What happened to it, for those who hear of events.</summary>
    public IReadOnlyList<Happening> Happened { get; init; } = [];

    /// <summary>The tool calls on its record.</summary>
    public IReadOnlyList<ToolRecord> Tools { get; init; } = [];

    /// <summary>Whether something that was measured is on its record.</summary>
    public bool WasMeasured { get; init; }

    /// <summary>The measures that were warned of, each with its leg, once for each warning.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it got no agent, because others had all places or by a rule of its route.</summary>
    public bool IsTurnedAway => Screened is { Action: var action } && AdmissionAction.SendsNobody(action);

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
            Screened = state.Screening.Verdict,
            ScreenedAt = state.Screening.First?.At,
            AdmittedAt = state.Claims.GetValueOrDefault(CallEffect.Admit.ClaimKey)?.At,
            Happened = Happening.Of(state),
            Tools = [.. state.Tools.InOrder.Select(use => use.Record)],
            WasMeasured = state.Quality.Measured.Any(),
            Warnings =
            [
                .. state.Quality.Warnings
                    .Select(warning => (CallFact.QualityWarned)warning.Fact)
                    .Select(warning => $"{warning.Measure} of {warning.LegSid}"),
            ],
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
