using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Lucene.Net.Store;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Knowledge.Lexical;

/// <summary>
/// The tenants' documents in Lucene indexes that are searched by their words (BM25): one index for each tenant, so that no question can
/// reach another's. A document is on disk when it has been put.
/// </summary>
public sealed class LexicalKnowledge : IKnowledgeStore, IDisposable
{
    private readonly Func<string, Lucene.Net.Store.Directory> open;
    private readonly int mostDocuments;
    private readonly ConcurrentDictionary<string, Lazy<TenantIndex>> tenants = new(StringComparer.Ordinal);

    /// <param name="open">Opens the place of a folder's name.</param>
    /// <param name="mostDocuments">How many documents a tenant may have.</param>
    internal LexicalKnowledge(Func<string, Lucene.Net.Store.Directory> open, int mostDocuments = KnowledgeLimits.DocumentsPerTenant) =>
        (this.open, this.mostDocuments) = (open, mostDocuments);

    /// <summary>Keeps documents in memory, as long as this lives.</summary>
    public static LexicalKnowledge InMemory() => new(_ => new RAMDirectory());

    /// <summary>Keeps documents in a folder, which is made when the first one comes: a folder in it for each tenant.</summary>
    public static LexicalKnowledge InFolder(string path) => new(name => FSDirectory.Open(Path.Combine(path, name)));

    /// <summary>
    /// The folder of a tenant. Names of tenants are anything, so it is a digest; and a name that differs in case alone is another tenant.
    /// </summary>
    public static string FolderOf(string tenant) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..32];

    /// <inheritdoc/>
    public Task<PutOutcome> PutAsync(string tenant, KnowledgeDocument document, CancellationToken cancellationToken) =>
        AskAsync(tenant, index => index.PutAsync(document, cancellationToken));

    /// <inheritdoc/>
    public Task<DocumentState?> FindAsync(string tenant, DocumentId id, CancellationToken cancellationToken) =>
        AskAsync(tenant, index => Task.FromResult(index.Find(id)));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string tenant, DocumentId id, CancellationToken cancellationToken) =>
        AskAsync(tenant, index => index.DeleteAsync(id, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<KnowledgeHit>> SearchAsync(
        string tenant, KnowledgeQuestion question, CancellationToken cancellationToken) =>
        AskAsync(tenant, index => Task.FromResult(index.Search(question)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tenant in tenants.Values.Where(tenant => tenant.IsValueCreated))
        {
            tenant.Value.Dispose();
        }
    }

    /// <summary>
    /// A lock that another process holds for long, a disk that is full or away, a damaged index: the sender hears that it may ask again,
    /// and the log why.
    /// </summary>
    private async Task<T> AskAsync<T>(string tenant, Func<TenantIndex, Task<T>> ask)
    {
        try
        {
            var index = tenants.GetOrAdd(FolderOf(tenant), folder => new(
                () => new TenantIndex(open(folder), mostDocuments), LazyThreadSafetyMode.PublicationOnly));
            return await ask(index.Value);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new KnowledgeUnavailableException("The index does not answer.", failed);
        }
    }
}
