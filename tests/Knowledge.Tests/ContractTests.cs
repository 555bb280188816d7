using Lucene.Net.Store;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Knowledge.AzureSearch;
using VoiceFunctions.Knowledge.Lexical;

namespace VoiceFunctions.Knowledge;

// The contract, once for each store.
public sealed class MemoryKnowledgeTests : KnowledgeContract, IDisposable
{
    private readonly LexicalKnowledge store = new(_ => new RAMDirectory(), Most);

    protected override IKnowledgeStore Store => store;

    public void Dispose() => store.Dispose();
}

public sealed class FolderKnowledgeTests : KnowledgeContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LexicalKnowledge store;

    public FolderKnowledgeTests() => store = new(name => FSDirectory.Open(Path.Combine(folder.Path, name)), Most);

    protected override IKnowledgeStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}

public sealed class SearchServiceKnowledgeTests : KnowledgeContract, IDisposable
{
    private readonly SearchServer server = new();

    protected override IKnowledgeStore Store => 
        new SearchServiceKnowledge(server.Client(), null, null, NullLogger.Instance, Most);

    public void Dispose() => server.Dispose();
}

public sealed class HybridKnowledgeTests : KnowledgeContract, IDisposable
{
    private readonly SearchServer server = new();
    private readonly EmbeddingBench embeddings = new();

    protected override IKnowledgeStore Store =>
        new SearchServiceKnowledge(server.Client(), null, embeddings.Embeddings(), NullLogger.Instance, Most);

    public void Dispose()
    {
        server.Dispose();
        embeddings.Dispose();
    }
}
