using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>Steps of a call that are to be written together.</summary>
/// <param name="Evaluation">
/// The call as it will be after them, and what is next then. Its history still has the version on which they are to be written.
/// </param>
internal sealed record CallDraft(CallEvaluation Evaluation)
{
    /// <summary>The steps; none where there is nothing to write.</summary>
    public IReadOnlyList<DraftStep> Steps { get; init; } = [];

    /// <summary>The effect that is to be done once they are written; <c>null</c> where there is none.</summary>
    public BegunEffect? Begun { get; init; }

    /// <summary>Whether the call's version is known; otherwise it must be read.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>Whether they have room for some claims more.</summary>
    public bool HasRoomFor(int claims) => Steps.Sum(step => step.Claims.Count) + claims <= JournalChange.MaxClaims;

    /// <summary>The same with a step more; nobody has asked what is next then.</summary>
    public CallDraft With(DraftStep step)
    {
        var (history, state) = Evaluation.Known;
        state = step.Events.Aggregate(state, (folded, callEvent) => folded.Apply(callEvent)).With(step.Claims);
        var known = new CallSnapshot(history.After(history.Version, step.Claims, step.Events), state);
        return this with { Steps = [.. Steps, step], Evaluation = Evaluation.As(known) };
    }

    /// <summary>Once they are written.</summary>
    /// <param name="version">The version after them; <c>null</c> if the store's answer was lost.</param>
    public CallDraft Written(string? version) => version is null
        ? this with { Steps = [], IsKnown = false }
        : this with { Steps = [], Evaluation = Evaluation with { History = Evaluation.History with { Version = version } } };
}

/// <summary>What one step of a draft writes, as <see cref="JournalChange"/> tells.</summary>
internal sealed record DraftStep(IReadOnlyList<EffectClaim> Claims, IReadOnlyList<CallEvent> Events, RecordedDecision? Decision);

/// <summary>An effect that may be done now.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Claims">Its claims as they were begun. A question's are not written before it is answered.</param>
/// <param name="Decision">The decision as the journal keeps it.</param>
/// <param name="Decided">The evaluation that decided it.</param>
internal sealed record BegunEffect(
    CallEffect Effect, IReadOnlyList<EffectClaim> Claims, RecordedDecision Decision, CallEvaluation Decided);
