using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Journal;

/// <summary>A step of a call that is written as a whole or not at all.</summary>
/// <param name="Claims">
/// The claims to write, replacing those of the same key; at most <see cref="MaxClaims"/>.
/// </param>
/// <param name="Record">The call's record as it stands after the step; after all of them where steps are written together.</param>
public sealed record JournalChange(IReadOnlyList<EffectClaim> Claims, CallDetailRecord Record)
{
    /// <summary>How many claims a step holds at most.</summary>
    public const int MaxClaims = 40;

    /// <summary>How many events a step holds at most: it is one atomic step of the store.</summary>
    public const int MaxEvents = 40;

    /// <summary>Events to store with the step, none of which the history may hold already; at most <see cref="MaxEvents"/>.</summary>
    public IReadOnlyList<CallEvent> Events { get; init; } = [];

    /// <summary>The decision that begins the step; <c>null</c> where the step writes what became of one.</summary>
    public RecordedDecision? Decision { get; init; }

    /// <summary>The next step, which is written with this one or not at all; <c>null</c> for the last.</summary>
    public JournalChange? Then { get; private init; }

    /// <summary>Whether it is written with the step before it.</summary>
    public bool IsJoined { get; internal init; }

    /// <summary>This step and those that are written with it, in their order.</summary>
    public IEnumerable<JournalChange> Steps
    {
        get
        {
            for (var step = this; step is not null; step = step.Then)
            {
                yield return step.Then is null ? step : step with { Then = null };
            }
        }
    }

    /// <summary>
    /// Makes one write of some steps, one at least: what became of an effect, and the claim of the next one. Together they have at most
    /// <see cref="MaxClaims"/> claims, of which the last counts where several have one key. Only the first may have events.
    /// </summary>
    public static JournalChange Of(IReadOnlyList<JournalChange> steps)
    {
        var change = steps[^1];
        for (var i = steps.Count - 2; i >= 0; i--)
        {
            change = steps[i] with { Then = change with { IsJoined = true } };
        }

        return change;
    }
}
