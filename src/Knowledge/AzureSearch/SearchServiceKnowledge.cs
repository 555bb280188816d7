using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Knowledge.AzureSearch;

/// <summary>
/// The tenants' documents in one index of Azure AI Search. Every question carries the tenant as a filter, and every key is made of it.
/// A document is found a moment after it was put, as the service says. It is put in several steps; whoever is killed between them leaves
/// passages of two versions until the document is sent again.
/// </summary>
public sealed partial class SearchServiceKnowledge : IKnowledgeStore
{
    /// <summary>How many rows are sent at once; the service takes 1,000, and 16 MB.</summary>
    private const int BatchSize = 200;

    /// <summary>What the service's query language would read as more than a word.</summary>
    private const string Operators = "+-|\"*()\\~";

    /// <summary>How many passages the vector finds before they are ranked together with those that the words find.</summary>
    private const int Nearest = 50;

    private readonly SearchClient client;
    private readonly string? semanticConfiguration;
    private readonly Embeddings? embeddings;
    private readonly ILogger logger;
    private readonly int mostDocuments;

    internal SearchServiceKnowledge(
        SearchClient client,
        string? semanticConfiguration,
        Embeddings? embeddings,
        ILogger logger,
        int mostDocuments = KnowledgeLimits.DocumentsPerTenant) =>
        (this.client, this.semanticConfiguration, this.embeddings, this.logger, this.mostDocuments) =
        (client, semanticConfiguration, embeddings, logger, mostDocuments);

#pragma warning disable CA2000 // It lives as long as the process.
    /// <summary>Reaches the service by its key or by managed identity; nothing is asked yet.</summary>
    public static SearchServiceKnowledge Create(KnowledgeSettings.AzureSearch settings, ILogger<SearchServiceKnowledge> logger) => new(
        ClientOf(settings, Hurried()),
        settings.SemanticConfiguration,
        settings.Embeddings is { } embeddings ? new Embeddings(Embeddings.Client(), embeddings) : null,
        logger);
#pragma warning restore CA2000

    /// <summary>The vendor's client.</summary>
    internal static SearchClient ClientOf(KnowledgeSettings.AzureSearch settings, SearchClientOptions options) =>
        settings.Key is { } key
            ? new SearchClient(settings.Endpoint, settings.Index, new AzureKeyCredential(key), options)
            : new SearchClient(settings.Endpoint, settings.Index, IdentityOf(settings), options);

    /// <summary>A caller is waiting: one repetition, soon, and no more than a few seconds for each try.</summary>
    private static SearchClientOptions Hurried()
    {
        var options = new SearchClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(4);
        return options;
    }

    /// <inheritdoc/>
    public Task<PutOutcome> PutAsync(string tenant, KnowledgeDocument document, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var before = await HeadAsync(tenant, document.Id, cancellationToken);
            if (before is null && await CountAsync(tenant, cancellationToken) >= mostDocuments)
            {
                return PutOutcome.Full;
            }

            // Without its vectors a document is not kept: it is sent again whole.
            var vectors = embeddings is null
                ? null
                : await embeddings.OfAsync(document.Passages, Embeddings.DocumentBudget, cancellationToken);

            // What the former version had more goes first: its head, which says how many there were, stays until then. The new head comes
            // last.
            var count = document.Passages.Count;
            await SendAsync(
                Rows(count, before?.Passages ?? 0, number => SearchRows.Delete(tenant, document.Id, number)), cancellationToken);
            await SendAsync(Rows(1, count, Upload), cancellationToken);
            await SendAsync(Rows(0, 1, Upload), cancellationToken);
            IndexDocumentsAction<SearchDocument> Upload(int number) => SearchRows.Upload(tenant, document, number, vectors?[number]);
            return PutOutcome.Queued;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<DocumentState?> FindAsync(string tenant, DocumentId id, CancellationToken cancellationToken) =>
        AskAsync(() => HeadAsync(tenant, id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string tenant, DocumentId id, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            if (await HeadAsync(tenant, id, cancellationToken) is not { } state)
            {
                return false;
            }

            await SendAsync(Rows(1, state.Passages, number => SearchRows.Delete(tenant, id, number)), cancellationToken);
            await SendAsync(Rows(0, 1, number => SearchRows.Delete(tenant, id, number)), cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<KnowledgeHit>> SearchAsync(
        string tenant, KnowledgeQuestion question, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<KnowledgeHit>>(
        async () =>
        {
            var options = new SearchOptions { Filter = FilterOf(tenant, question), Size = question.Most };
            options.SearchFields.Add(SearchRows.Text);
            options.SearchFields.Add(SearchRows.Source);
            foreach (var field in SearchRows.Shown)
            {
                options.Select.Add(field);
            }

            if (semanticConfiguration is not null)
            {
                options.QueryType = SearchQueryType.Semantic;
                options.SemanticSearch = new SemanticSearchOptions { SemanticConfigurationName = semanticConfiguration };
            }

            var words = string.Concat(question.Text.Select(character => Operators.Contains(character, StringComparison.Ordinal)
                ? ' '
                : character));
            if (string.IsNullOrWhiteSpace(words))
            {
                return []; // Asking for nothing gives everything.
            }

            if (await VectorOfAsync(question, cancellationToken) is { } vector)
            {
                // The filter holds before the vector looks for what is nearest: that is the service's default.
                var nearest = new VectorizedQuery(vector) { KNearestNeighborsCount = Nearest, Fields = { SearchRows.Vector } };
                options.VectorSearch = new VectorSearchOptions { Queries = { nearest } };
            }

            var results = await client.SearchAsync<SearchDocument>(words, options, cancellationToken);
            var hits = new List<KnowledgeHit>();
            await foreach (var found in results.Value.GetResultsAsync().WithCancellation(cancellationToken))
            {
                hits.Add(SearchRows.HitOf(found, options.VectorSearch is not null));
            }

            return hits;
        },
        cancellationToken);

    /// <summary>The vector of a question; <c>null</c> where none is made, or cannot be had soon: then it is asked by words alone.</summary>
    private async Task<float[]?> VectorOfAsync(KnowledgeQuestion question, CancellationToken cancellationToken)
    {
        if (embeddings is null)
        {
            return null;
        }

        try
        {
            return (await embeddings.OfAsync([question.Text], Embeddings.QuestionBudget, cancellationToken))[0];
        }
        catch (KnowledgeUnavailableException away)
        {
            LogWordsAlone(away);
            return null;
        }
    }

    [LoggerMessage(4111, LogLevel.Warning, "A question was asked by words alone: it got no vector")]
    private partial void LogWordsAlone(Exception exception);

    private static TokenCredential IdentityOf(KnowledgeSettings.AzureSearch settings) => settings.ClientId is { } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();

    private static string FilterOf(string tenant, KnowledgeQuestion question) => string.Join(
        " and ",
        [
            SearchFilter.Create($"tenant_id eq {tenant}"),
            .. question.Labels.Select(label => SearchFilter.Create($"labels/any(l: l eq {label})")),
        ]);

    private static IEnumerable<IndexDocumentsAction<SearchDocument>> Rows(
        int from, int to, Func<int, IndexDocumentsAction<SearchDocument>> row) =>
        Enumerable.Range(from, Math.Max(0, to - from)).Select(row);

    private async Task<DocumentState?> HeadAsync(string tenant, DocumentId id, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetDocumentAsync<SearchDocument>(SearchRows.KeyOf(tenant, id, 0), null, cancellationToken);
            return SearchRows.StateOf(id, head.Value);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private async Task<long> CountAsync(string tenant, CancellationToken cancellationToken)
    {
        var options = new SearchOptions
        {
            Filter = SearchFilter.Create($"tenant_id eq {tenant} and number eq 0"),
            Size = 0,
            IncludeTotalCount = true,
        };
        return (await client.SearchAsync<SearchDocument>("*", options, cancellationToken)).Value.TotalCount ?? 0;
    }

    private async Task SendAsync(IEnumerable<IndexDocumentsAction<SearchDocument>> rows, CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(BatchSize))
        {
            var done = await client.IndexDocumentsAsync(IndexDocumentsBatch.Create(batch), null, cancellationToken);
            if (done.Value.Results.FirstOrDefault(row => !row.Succeeded) is { } failed)
            {
                throw new KnowledgeUnavailableException($"The service did not take a row: {failed.Status}.");
            }
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception failed) when (
            failed is RequestFailedException or AuthenticationFailedException or AggregateException
            || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new KnowledgeUnavailableException("The search service does not answer as it should.", failed);
        }
    }
}
