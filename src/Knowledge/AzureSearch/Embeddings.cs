using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Knowledge.AzureSearch;

/// <summary>Makes vectors of texts, at an endpoint that speaks like OpenAI's embeddings.</summary>
/// <param name="http">Goes there, and bounds how much it reads; it belongs to whoever made it.</param>
/// <param name="settings">Where, and with which key.</param>
internal sealed class Embeddings(HttpClient http, EmbeddingSettings settings)
{
    /// <summary>How many texts go at once: some services take no more, and their bounds of tokens are far away.</summary>
    public const int MostAtOnce = 64;

    /// <summary>The longest answer: so many vectors of 4,096 numbers, and room to spare.</summary>
    private const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>How long a caller waits for the vector of a question.</summary>
    public static TimeSpan QuestionBudget { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the sender of a document waits for some of its vectors.</summary>
    public static TimeSpan DocumentBudget { get; } = TimeSpan.FromSeconds(15);

#pragma warning disable CA2000 // The client owns it.
    /// <summary>A client as this needs it.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = LongestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };
#pragma warning restore CA2000

    /// <summary>The vectors of texts, in their order.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="budget">How long each request may take.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="KnowledgeUnavailableException">There is no such answer.</exception>
    public async Task<IReadOnlyList<float[]>> OfAsync(
        IReadOnlyList<string> texts, TimeSpan budget, CancellationToken cancellationToken)
    {
        var vectors = new List<float[]>(texts.Count);
        foreach (var some in texts.Chunk(MostAtOnce))
        {
            vectors.AddRange(await AskAsync(some, budget, cancellationToken));
        }

        return vectors;
    }

    private async Task<IEnumerable<float[]>> AskAsync(string[] texts, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url)
        {
            Content = JsonContent.Create(new EmbeddingRequest(texts, settings.Model), EmbeddingJson.Default.EmbeddingRequest),
        };

        // Azure takes keys in a header of its own; a bearer there is a token of Entra ID.
        if (settings.Url.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Add("api-key", settings.Key);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Key);
        }

        using var deadline = new CancellationTokenSource(budget, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, ending.Token);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync(EmbeddingJson.Default.EmbeddingAnswer, ending.Token);
            return VectorsOf(answer, texts.Length)
                ?? throw new KnowledgeUnavailableException("The service of embeddings did not answer with a vector for each text.");
        }
        catch (Exception failed) when (
            failed is HttpRequestException or JsonException
            || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new KnowledgeUnavailableException("The service of embeddings does not answer as it should.", failed);
        }
    }

    /// <summary>The vectors by their indexes; <c>null</c> where there is not exactly one for each text.</summary>
    private static List<float[]>? VectorsOf(EmbeddingAnswer? answer, int count)
    {
        var data = (answer?.Data ?? []).OfType<EmbeddingDatum>().OrderBy(datum => datum.Index).ToList();
        return data.Select(datum => datum.Index).SequenceEqual(Enumerable.Range(0, count))
            && data.TrueForAll(datum => datum.Embedding is { Length: > 0 })
                ? data.ConvertAll(datum => datum.Embedding!)
                : null;
    }
}

internal sealed record EmbeddingRequest(IReadOnlyList<string> Input, string? Model);

internal sealed record EmbeddingAnswer(IReadOnlyList<EmbeddingDatum?>? Data);

internal sealed record EmbeddingDatum(int Index, float[]? Embedding);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingAnswer))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;
