using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using VoiceFunctions.Core.Knowledge;
using Lock = System.Threading.Lock;

namespace VoiceFunctions.Knowledge.Lexical;

/// <summary>
/// The index of one tenant. Each change is one commit of Lucene's: its files are written and flushed to disk under new names, and then one
/// file that names them takes effect. Whoever is killed before leaves the index as it was. A writer is open only while it writes, under
/// the index's lock, so that processes can take turns; a reader sees every commit.
/// </summary>
/// <param name="directory">Where it is.</param>
/// <param name="mostDocuments">How many documents it may hold.</param>
internal sealed class TenantIndex(Lucene.Net.Store.Directory directory, int mostDocuments) : IDisposable
{
    /// <summary>How much a word counts that the document's source has too.</summary>
    private const float SourceWeight = 1;

    /// <summary>How long another process may hold the lock, in milliseconds.</summary>
    private const long LongestWait = 3_000;

    private static readonly PassageAnalyzer Analyzer = new();
    private static readonly BM25Similarity Similarity = new();

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Lock opening = new();
    private SearcherManager? searchers;

    public async Task<PutOutcome> PutAsync(KnowledgeDocument document, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (Find(document.Id) is null && Read(searcher => Count(searcher, new TermQuery(PassageRows.EveryHead)), 0) >= mostDocuments)
            {
                return PutOutcome.Full;
            }

            Write(writer => writer.UpdateDocuments(PassageRows.TermOf(document.Id), PassageRows.Of(document)));
            return PutOutcome.Ready;
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task<bool> DeleteAsync(DocumentId id, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (Find(id) is null)
            {
                return false;
            }

            Write(writer => writer.DeleteDocuments(PassageRows.TermOf(id)));
            return true;
        }
        finally
        {
            writing.Release();
        }
    }

    public DocumentState? Find(DocumentId id) => Read(
        searcher =>
        {
            var both = new BooleanQuery
            {
                { new TermQuery(PassageRows.TermOf(id)), Occur.MUST },
                { new TermQuery(PassageRows.EveryHead), Occur.MUST },
            };
            return searcher.Search(both, 1).ScoreDocs is [var head, ..] ? PassageRows.StateOf(id, searcher.Doc(head.Doc)) : null;
        },
        null);

    public IReadOnlyList<KnowledgeHit> Search(KnowledgeQuestion question) => QueryOf(question) is not { } query ? [] : Read(
        searcher => searcher.Search(query, FilterOf(question), question.Most).ScoreDocs
            .Select(hit => PassageRows.HitOf(searcher.Doc(hit.Doc), hit.Score))
            .ToList(),
        []);

    public void Dispose()
    {
        searchers?.Dispose();
        directory.Dispose();
        writing.Dispose();
    }

    /// <summary>
    /// The question's words, each of which may be missing; <c>null</c> where it has none. It is not parsed: what a caller says is no
    /// query language.
    /// </summary>
    private static BooleanQuery? QueryOf(KnowledgeQuestion question)
    {
        var builder = new QueryBuilder(Analyzer);
        if (builder.CreateBooleanQuery(PassageRows.Text, question.Text) is not { } inText)
        {
            return null;
        }

        var inSource = builder.CreateBooleanQuery(PassageRows.Source, question.Text);
        inSource.Boost = SourceWeight;
        return new BooleanQuery { { inText, Occur.SHOULD }, { inSource, Occur.SHOULD } };
    }

    private static QueryWrapperFilter? FilterOf(KnowledgeQuestion question)
    {
        if (question.Labels.Count == 0)
        {
            return null;
        }

        var all = new BooleanQuery();
        foreach (var label in question.Labels)
        {
            all.Add(new TermQuery(PassageRows.TermOf(label)), Occur.MUST);
        }

        return new QueryWrapperFilter(all);
    }

    private static int Count(IndexSearcher searcher, Query query)
    {
        var counter = new TotalHitCountCollector();
        searcher.Search(query, counter);
        return counter.TotalHits;
    }

    private void Write(Action<IndexWriter> change)
    {
        if (!IsThere())
        {
            Create();
        }

        Commit(OpenMode.APPEND, change);
    }

    /// <summary>
    /// The first commit of an index is an empty one: a kill in the middle of the very first, which has none before it, then loses nothing.
    /// Only one makes it; whoever else was about to finds it there.
    /// </summary>
    private void Create()
    {
        using var creating = directory.MakeLock("creation.lock");
        if (!creating.Obtain(LongestWait))
        {
            throw new IOException("Another process makes the index.");
        }

        if (!IsThere())
        {
            foreach (var unfinished in directory.ListAll().Where(file => file.StartsWith("segments", StringComparison.Ordinal)))
            {
                directory.DeleteFile(unfinished);
            }

            Commit(OpenMode.CREATE, _ => { });
        }
    }

    /// <summary>Whether a first commit was made. One that cannot be read was not.</summary>
    private bool IsThere()
    {
        if (!DirectoryReader.IndexExists(directory) || SegmentInfos.GetLastCommitGeneration(directory) > 1)
        {
            return DirectoryReader.IndexExists(directory);
        }

        try
        {
            new SegmentInfos().Read(directory);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Commit(OpenMode mode, Action<IndexWriter> change)
    {
        var config = new IndexWriterConfig(PassageAnalyzer.Version, Analyzer)
        {
            Similarity = Similarity,
            OpenMode = mode,
            MergeScheduler = new SerialMergeScheduler(), // No thread goes on when the writer is closed.
            WriteLockTimeout = LongestWait,
        };
        var writer = new IndexWriter(directory, config);
        var isDone = false;
        try
        {
            change(writer);
            writer.Commit();
            writer.Dispose();
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                writer.Rollback(); // Closing would commit what is there of it.
            }
        }
    }

    /// <summary>Reads the newest commit; <paramref name="nothing"/> where nothing was ever committed.</summary>
    private T Read<T>(Func<IndexSearcher, T> read, T nothing)
    {
        if (Searchers() is not { } manager)
        {
            return nothing;
        }

        manager.MaybeRefreshBlocking();
        var searcher = manager.Acquire();
        try
        {
            return read(searcher);
        }
        finally
        {
            manager.Release(searcher);
        }
    }

    private SearcherManager? Searchers()
    {
        lock (opening)
        {
            return searchers ??= IsThere() ? new SearcherManager(directory, new Bm25Searchers()) : null;
        }
    }

    private sealed class Bm25Searchers : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader) => new(reader) { Similarity = Similarity };
    }
}
