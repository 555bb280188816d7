namespace VoiceFunctions.Core.Knowledge;

/// <summary>
/// Where the documents of tenants are kept and searched. Everything is asked for one tenant, and no answer holds anything of another.
/// Every method throws <see cref="KnowledgeUnavailableException"/> where the store does not answer; the same may then be asked again.
/// </summary>
public interface IKnowledgeStore
{
    /// <summary>
    /// Keeps a document in the place of the one with its id. When this is over it is kept, whatever is killed afterwards; doing it again
    /// changes nothing.
    /// </summary>
    Task<PutOutcome> PutAsync(string tenant, KnowledgeDocument document, CancellationToken cancellationToken);

    /// <summary>How a document stands; <c>null</c> where the tenant has none of that id.</summary>
    Task<DocumentState?> FindAsync(string tenant, DocumentId id, CancellationToken cancellationToken);

    /// <summary>Forgets a document; <c>false</c> where the tenant has none of that id.</summary>
    Task<bool> DeleteAsync(string tenant, DocumentId id, CancellationToken cancellationToken);

    /// <summary>The passages that answer a question best, the best first; empty where none does.</summary>
    Task<IReadOnlyList<KnowledgeHit>> SearchAsync(string tenant, KnowledgeQuestion question, CancellationToken cancellationToken);
}
