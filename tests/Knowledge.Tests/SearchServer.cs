using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.Search.Documents;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Knowledge.AzureSearch;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Knowledge;

/// <summary>
/// A server on this machine that speaks as much of Azure AI Search's REST API as the adapter uses, for one index: rows are sent, looked up,
/// searched by their words and filtered. It keeps every request. Its ranking is not the service's.
/// </summary>
internal sealed partial class SearchServer : IDisposable
{
    public const string Key = "search-key-hunter2";
    public const string Index = "voice-knowledge";

    private static readonly string[] Fillers = ["a", "and", "are", "is", "on", "or", "the", "to", "what"];

    private readonly HttpListener listener = new();
    private readonly Dictionary<string, JsonObject> rows = [];
    private readonly int port = Ports.Free();

    public SearchServer()
    {
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Every request: method, path and query, the key that it brought, and its body.</summary>
    public ConcurrentQueue<(string Method, string Target, string? Key, JsonNode? Body)> Requests { get; } = [];

    /// <summary>What is answered to everything instead; <c>null</c> for nothing.</summary>
    public int? Failure { get; set; }

    /// <summary>The keys of rows that are refused, each by itself.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    public KnowledgeSettings.AzureSearch Settings =>
        new(new Uri($"https://127.0.0.1:{port}/"), Index) { Key = Key };

    public IReadOnlyDictionary<string, JsonObject> Rows => rows;

    /// <summary>The vendor's client, patient as on a busy machine. It asks for https; what goes over the wire here is http.</summary>
    public SearchClient Client()
    {
        var options = new SearchClientOptions { Transport = new HttpClientTransport(new PlainHttp()) };
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return SearchServiceKnowledge.ClientOf(Settings, options);
    }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var text = await reader.ReadToEndAsync();
                var body = text.Length == 0 ? null : JsonNode.Parse(text);
                Requests.Enqueue((context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers["api-key"], body));
                var (status, answer) = Failure is { } failure ? (failure, []) : Answer(context.Request, body);
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json; odata.metadata=none";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private (int Status, JsonObject Answer) Answer(HttpListenerRequest request, JsonNode? body)
    {
        var path = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        return LookupPattern.Match(path) is { Success: true } lookup
            ? rows.TryGetValue(lookup.Groups[1].Value, out var row) ? (200, Copy(row)) : (404, [])
            : path.EndsWith("docs/search.index", StringComparison.Ordinal) ? Take(body!["value"]!.AsArray())
            : path.EndsWith("docs/search.post.search", StringComparison.Ordinal) ? (200, Search(body!))
            : (400, []);
    }

    private (int Status, JsonObject Answer) Take(JsonArray actions)
    {
        var results = new JsonArray();
        foreach (var action in actions.Select(action => action!.AsObject()))
        {
            var (key, kind) = (action["id"]!.GetValue<string>(), action["@search.action"]!.GetValue<string>());
            var isTaken = !Refuses(key);
            if (isTaken && kind == "delete")
            {
                rows.Remove(key);
            }
            else if (isTaken)
            {
                var row = Copy(action);
                row.Remove("@search.action");
                rows[key] = row;
            }

            results.Add(new JsonObject
            {
                ["key"] = key,
                ["status"] = isTaken,
                ["errorMessage"] = isTaken ? null : "too busy",
                ["statusCode"] = isTaken ? 200 : 503,
            });
        }

        return (results.All(result => (bool)result!["status"]!) ? 200 : 207, new JsonObject { ["value"] = results });
    }

    private JsonObject Search(JsonNode body)
    {
        var asked = (string?)body["search"] ?? "*";
        var words = WordPattern.Matches(asked.ToLowerInvariant()).Select(word => word.Value).Except(Fillers).ToHashSet();
        var conditions = ((string?)body["filter"] ?? "").Split(" and ", StringSplitOptions.RemoveEmptyEntries);
        var found = rows.Values
            .Where(row => Array.TrueForAll(conditions, condition => Fulfils(row, condition)))
            .Select(row => (Row: row, Score: asked == "*" ? 1 : WordPattern.Matches(
                $"{row["text"]} {row["source"]}".ToLowerInvariant()).Select(word => word.Value).Distinct().Count(words.Contains)))
            .Where(row => row.Score > 0)
            .OrderByDescending(row => row.Score)
            .ToList();
        var answer = new JsonObject();
        if ((bool?)body["count"] == true)
        {
            answer["@odata.count"] = found.Count;
        }

        answer["value"] = new JsonArray([.. found.Take((int?)body["top"] ?? 50).Select((row, place) =>
        {
            // In a hybrid answer every row stands one place lower by its vector than by its words.
            var fused = (1.0 / (61 + place)) + (1.0 / (62 + place));
            var shown = new JsonObject { ["@search.score"] = body["vectorQueries"] is null ? row.Score : fused };
            foreach (var field in ((string?)body["select"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                shown[field] = row.Row[field]?.DeepClone();
            }

            if ((string?)body["queryType"] == "semantic")
            {
                shown["@search.rerankerScore"] = 3.0;
            }

            return shown;
        })]);
        return answer;
    }

    private static bool Fulfils(JsonObject row, string condition) =>
        LabelPattern.Match(condition) is { Success: true } label
            ? row["labels"]!.AsArray().Any(one => (string)one! == Plain(label.Groups[1].Value))
            : EqualPattern.Match(condition) is { Success: true } equal
            ? (string)row[equal.Groups[1].Value]! == Plain(equal.Groups[2].Value)
            : condition == "number eq 0"
            ? (int)row["number"]! == 0
            : throw new InvalidOperationException(condition);

    private static string Plain(string quoted) => quoted.Replace("''", "'", StringComparison.Ordinal);

    private static JsonObject Copy(JsonObject row) => row.DeepClone().AsObject();

    [GeneratedRegex(@"/docs\('([^']+)'\)\z")]
    private static partial Regex LookupPattern { get; }

    [GeneratedRegex(@"\w+")]
    private static partial Regex WordPattern { get; }

    [GeneratedRegex(@"^labels/any\(l: l eq '(.*)'\)\z", RegexOptions.Singleline)]
    private static partial Regex LabelPattern { get; }

    [GeneratedRegex(@"^(tenant_id) eq '(.*)'\z", RegexOptions.Singleline)]
    private static partial Regex EqualPattern { get; }

    private sealed class PlainHttp() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http" }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
