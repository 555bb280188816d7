namespace VoiceFunctions.Core.Proofs.Replay;

/// <summary>A stored call, decided again by this build.</summary>
/// <param name="CallId">The call.</param>
/// <param name="IsCall">Whether a caller was announced or came; a room that was no call is kept for the record only.</param>
/// <param name="HasSteps">Whether the history holds its steps; without them nothing can be decided again.</param>
/// <param name="Decisions">Every recorded decision.</param>
/// <param name="LeftToDo">What this build would still do although the call was closed; <c>null</c> where nothing is.</param>
public sealed record ReplayedCall(string CallId, bool IsCall, bool HasSteps, IReadOnlyList<ReplayedDecision> Decisions, string? LeftToDo)
{
    /// <summary>The decisions that differ.</summary>
    public IEnumerable<ReplayedDecision> Differences => Decisions.Where(decision => decision.Differs);

    /// <summary>Whether this build would have done the same.</summary>
    public bool IsSame => LeftToDo is null && !Differences.Any();
}
