namespace VoiceFunctions.Core.Knowledge;

/// <summary>What is asked.</summary>
/// <param name="Text">The question, as a person says it; it has no syntax.</param>
/// <param name="Most">How many passages are wanted, 1 to <see cref="KnowledgeLimits.MostResults"/>.</param>
public sealed record KnowledgeQuestion(string Text, int Most)
{
    /// <summary>Labels that a document must have, all of them.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>A passage that was found.</summary>
/// <param name="Text">The passage.</param>
/// <param name="Source">What people call its document.</param>
/// <param name="Score">How well it answers, 0 to 1; comparable only within one answer.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="Metadata">What else its tenant said of the document, a JSON object as text; <c>null</c> for nothing.</param>
public sealed record KnowledgeHit(string Text, string Source, double Score, string DocumentId, string? Metadata)
{
    /// <summary>A score without an upper end as one between 0 and 1, in the same order.</summary>
    public static double Bounded(double score) => score <= 0 ? 0 : score / (score + 1);
}
