using System.Text.Json;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.EndToEnd;

/// <summary>What does not hang on a call and every host has to answer alike, however it finds its routes.</summary>
internal static class Edges
{
    private const string NoKey = "";

    private static readonly Edge[] All =
    [
        new("GET", "healthz", 200),
        new("HEAD", "healthz", 200),
        new("HEAD", "readyz", 200),
        new("GET", "Healthz/", 200),
        new("POST", "healthz", 405, "wrong-method") { Allow = "GET, HEAD" },
        new("GET", "twilio/voice", 405, "wrong-method") { Allow = "POST" },
        new("PUT", "livekit/webhook/", 405, "wrong-method") { Allow = "POST" },
        new("POST", "Twilio/Voice/", 401, "bad-signature"),
        new("GET", "", 404, "unknown-route"),
        new("GET", "nothing/here", 404, "unknown-route"),
        new("PATCH", "twilio/voice/more", 404, "unknown-route"),
        new("HEAD", "nothing", 404),
        new("GET", "calls/nonsense", 400, "bad-parameter"),
        new("GET", "calls/nonsense", 401, "bad-key") { Key = NoKey },
        new("GET", "calls/nonsense/proof", 401, "bad-key") { Key = "another-key-of-the-end-to-end-calls" },
        new("GET", "calls?room=nobody", 401, "bad-key") { Key = NoKey },
        new("GET", "calls/nonsense?code=a-key-of-the-end-to-end-calls", 401, "bad-key") { Key = NoKey },
        new("POST", "livekit/webhook", 401, "bad-signature") { BodyBytes = GatewayRoutes.LiveKitMaxBodyBytes },
        new("POST", "livekit/webhook", 413, "too-large") { BodyBytes = GatewayRoutes.LiveKitMaxBodyBytes + 1 },
        new("POST", "twilio/voice", 413, "too-large") { BodyBytes = GatewayRoutes.TwilioMaxBodyBytes + 1 },
    ];

    /// <summary>Every answer that is another one, in words.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(HttpClient http, CancellationToken cancellationToken)
    {
        List<string> broken = [];
        foreach (var edge in All)
        {
            var answer = await AnswerAsync(http, edge, cancellationToken);
            if (answer != edge.Expected)
            {
                broken.Add($"{edge.Method} /{edge.Path} is {answer} and not {edge.Expected}");
            }
        }

        return broken;
    }

    private static async Task<string> AnswerAsync(HttpClient http, Edge edge, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(edge.Method), new Uri(edge.Path, UriKind.Relative));
        if (edge.Key is { } key)
        {
            request.Headers.Add(DiagnosticsAccess.HeaderName, key);
        }

        if (edge.BodyBytes > 0)
        {
            // A host may refuse by the head and close: a sender who does not wait for leave to send may then miss the answer.
            request.Headers.ExpectContinue = true;
            request.Content = new ByteArrayContent(new byte[edge.BodyBytes]);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType == Problem.ContentType && body.Length > 0 ? TypeOf(body) : "";
        var allow = string.Join(", ", response.Content.Headers.Allow);
        var isBare = Array.Exists(GatewayResponse.CommonHeaders.ToArray(), common => HeaderOf(response, common.Key) != common.Value);
        return Edge.Words((int)response.StatusCode, type, allow, edge.Method == "HEAD" && body.Length > 0, isBare);
    }

    private static string HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static string TypeOf(byte[] problem)
    {
        using var json = JsonDocument.Parse(problem);
        return json.RootElement.GetProperty("type").GetString()!.Split(':')[^1];
    }

    private sealed record Edge(string Method, string Path, int Status, string Problem = "")
    {
        public string Allow { get; init; } = "";

        /// <summary>Another key than the right one.</summary>
        public string? Key { get; init; }

        /// <summary>The size of a body of zeros; none where it is 0.</summary>
        public int BodyBytes { get; init; }

        public string Expected => Words(Status, Problem, Allow, hasBodyForHead: false, isBare: false);

        public static string Words(int status, string problem, string allow, bool hasBodyForHead, bool isBare) =>
            $"{status} {problem}{(allow.Length > 0 ? $", Allow: {allow}" : "")}{(hasBodyForHead ? ", with a body" : "")}".Trim()
            + (isBare ? ", without the headers of every answer" : "");
    }
}
