using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Knowledge.AzureSearch;

namespace VoiceFunctions.Knowledge;

/// <summary>A service of embeddings: a text's vector is how long it is, and how many words it has. It keeps every request.</summary>
internal sealed class EmbeddingBench : HttpMessageHandler
{
    public const string Key = "embeddings-key-hunter2";

    private static readonly Uri OpenAI = new("https://embeddings.example.com/v1/embeddings");

    /// <summary>Every request: its address, its two headers of keys, and its body.</summary>
    public List<(Uri Address, string? Bearer, string? ApiKey, JsonNode Body)> Requests { get; } = [];

    /// <summary>What is answered instead; <c>null</c> for nothing.</summary>
    public Func<HttpResponseMessage>? Instead { get; set; }

    /// <summary>The adapter's way here.</summary>
    public Embeddings Embeddings(Uri? address = null, string? model = "small") =>
        new(new HttpClient(this, disposeHandler: false), new EmbeddingSettings(address ?? OpenAI, Key, model));

    public static float[] VectorOf(string text) => [text.Length, text.Split(' ').Length];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = (await request.Content!.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
        Requests.Add((
            request.RequestUri!,
            request.Headers.Authorization?.ToString(),
            request.Headers.TryGetValues("api-key", out var keys) ? keys.Single() : null,
            body));
        if (Instead is not null)
        {
            return Instead();
        }

        // In any order: each vector says whose it is.
        var data = body["input"]!.AsArray().Select((text, index) => new { index, embedding = VectorOf((string)text!) }).Reverse();
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { data }) };
    }
}
