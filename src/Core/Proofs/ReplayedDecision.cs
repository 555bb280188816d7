using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Proofs;

/// <summary>One recorded decision of a call, taken again.</summary>
/// <param name="Step">The step that it began.</param>
/// <param name="At">The time that the policy was asked about.</param>
/// <param name="Recorded">What was decided then.</param>
/// <param name="Today">What this build decides.</param>
/// <param name="Differs">Whether that is something else.</param>
public sealed record ReplayedDecision(int Step, DateTimeOffset At, string Recorded, string Today, bool Differs);

/// <summary>A stored call, decided again by this build.</summary>
/// <param name="CallId">The call.</param>
/// <param name="IsCall">Whether a caller was announced or came; a room that was no call is kept for the record only.</param>
/// <param name="IsChained">Whether the story holds its steps; without them nothing can be decided again.</param>
/// <param name="Decisions">Every recorded decision.</param>
/// <param name="LeftToDo">What this build would still do although the story was closed; <c>null</c> where nothing is.</param>
public sealed record ReplayedCall(string CallId, bool IsCall, bool IsChained, IReadOnlyList<ReplayedDecision> Decisions, string? LeftToDo)
{
    /// <summary>The decisions that differ.</summary>
    public IEnumerable<ReplayedDecision> Differences => Decisions.Where(decision => decision.Differs);

    /// <summary>Whether this build would have done the same.</summary>
    public bool IsSame => LeftToDo is null && !Differences.Any();
}
