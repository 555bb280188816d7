using VoiceFunctions.Knowledge.Lexical;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>The embedded store in memory, that can be away or full.</summary>
internal sealed class HookedKnowledge : IKnowledgeStore
{
    private readonly LexicalKnowledge store = LexicalKnowledge.InMemory();

    /// <summary>Whether it does not answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it takes no further document.</summary>
    public bool IsFull { get; set; }

    public Task<PutOutcome> PutAsync(string tenant, KnowledgeDocument document, CancellationToken cancellationToken) =>
        IsFull ? Task.FromResult(PutOutcome.Full) : Store.PutAsync(tenant, document, cancellationToken);

    public Task<DocumentState?> FindAsync(string tenant, DocumentId id, CancellationToken cancellationToken) =>
        Store.FindAsync(tenant, id, cancellationToken);

    public Task<bool> DeleteAsync(string tenant, DocumentId id, CancellationToken cancellationToken) =>
        Store.DeleteAsync(tenant, id, cancellationToken);

    public Task<IReadOnlyList<KnowledgeHit>> SearchAsync(
        string tenant, KnowledgeQuestion question, CancellationToken cancellationToken) =>
        Store.SearchAsync(tenant, question, cancellationToken);

    private LexicalKnowledge Store => IsAway ? throw new KnowledgeUnavailableException("hunter2 is away") : store;
}
