namespace VoiceFunctions.Core.Knowledge;

/// <summary>A document as it is kept: cut into passages, each of which can be an answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">What people call it.</param>
/// <param name="Passages">Its text, cut by <see cref="PassageCutter"/>; at least one.</param>
public sealed record KnowledgeDocument(DocumentId Id, string Source, IReadOnlyList<string> Passages)
{
    /// <summary>What else its tenant said of it, a JSON object as text; <c>null</c> for nothing.</summary>
    public string? Metadata { get; init; }

    /// <summary>By what it can be filtered: <see cref="DocumentLabels"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>How a document stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">What people call it.</param>
/// <param name="Passages">Into how many passages it was cut.</param>
public sealed record DocumentState(DocumentId Id, string Source, int Passages);
