using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Polly.Timeout;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Tools;

/// <summary>
/// Asks backends over HTTP: the arguments are the body of a POST to the tool's own URL, the answer is JSON. No redirect is followed, so
/// nothing that is not configured is ever asked.
/// </summary>
public sealed class HttpToolBackends : IToolBackends, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Dictionary<Tool, Line> lines;
    private readonly HttpMessageHandler handler;
    private readonly TimeProvider timeProvider;

    /// <param name="tools">The tools; their schemas are ones that <see cref="ToolSchema.FaultOf(JsonElement)"/> takes.</param>
    /// <param name="handler">Sends requests; it must follow no redirects. Disposed with this.</param>
    /// <param name="timeProvider">Measures deadlines and circuits.</param>
    /// <exception cref="ArgumentException">A schema is none.</exception>
    public HttpToolBackends(IReadOnlyList<Tool> tools, HttpMessageHandler handler, TimeProvider timeProvider)
    {
        this.handler = handler;
        this.timeProvider = timeProvider;
        lines = tools.ToDictionary(tool => tool, tool => new Line(tool, handler, timeProvider));
    }

    /// <summary>
    /// A handler for the life of a process: connections are renewed so that changes of DNS are seen, no redirects, no cookies.
    /// </summary>
    public static HttpMessageHandler Connections() => new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
    };

    /// <inheritdoc/>
    public string? FaultOf(Tool tool, JsonElement arguments) => lines[tool].Arguments?.FaultOf(arguments, "arguments");

    /// <inheritdoc/>
    public async Task<ToolReply> AskAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        var line = lines[request.Tool];
        using var message = MessageOf(request);
        try
        {
            using var response = await line.Http.SendAsync(message, cancellationToken);
            return await ToolReplies.OfAsync(response, line.Answer, cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return new ToolReply(ToolOutcome.TimedOut);
        }
        catch (Exception away) when (away is BrokenCircuitException or HttpRequestException or IOException)
        {
            return new ToolReply(ToolOutcome.Unavailable);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var line in lines.Values)
        {
            line.Dispose();
        }

        handler.Dispose();
    }

    private HttpRequestMessage MessageOf(ToolRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Tool.Url)
        {
            Content = new StringContent(request.Arguments, Json),
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json.MediaType!));
        foreach (var (name, value) in request.Tool.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Headers.Add("Idempotency-Key", request.IdempotencyKey);
        message.Headers.Add("X-VoiceFunctions-Call-Id", request.CallId.Value);
        message.Headers.Add("X-VoiceFunctions-Tool-Call-Id", request.ToolCall);
        if (request.Tool.SigningKey is { } key)
        {
            var timestamp = timeProvider.GetUtcNow().ToUnixTimeSeconds();
            message.Headers.Add(ToolSignature.IdHeader, request.IdempotencyKey);
            message.Headers.Add(ToolSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
            message.Headers.Add(
                ToolSignature.SignatureHeader, ToolSignature.Of(key.Span, request.IdempotencyKey, timestamp, request.Arguments));
        }

        return message;
    }

    /// <summary>One tool's way to its backend, with a circuit of its own.</summary>
    private sealed class Line : IDisposable
    {
        public Line(Tool tool, HttpMessageHandler handler, TimeProvider timeProvider)
        {
            Arguments = tool.Arguments is { } arguments ? ToolSchema.Read(arguments) : null;
            Answer = tool.Answer is { } answer ? ToolSchema.Read(answer) : null;
#pragma warning disable CA2000 // The line owns its handlers.
            Http = new HttpMessageInvoker(
                new ResilienceHandler(ToolPipeline.Of(tool, timeProvider)) { InnerHandler = new AnswerReader(handler) });
#pragma warning restore CA2000
        }

        /// <summary>What arguments are held against; <c>null</c> for nothing.</summary>
        public ToolSchema? Arguments { get; }

        /// <summary>What answers are held against; <c>null</c> for nothing.</summary>
        public ToolSchema? Answer { get; }

        /// <summary>
        /// Sends within deadline, attempts and circuit. An attempt ends when the answer was read, and not with its first byte.
        /// </summary>
        public HttpMessageInvoker Http { get; }

        public void Dispose() => Http.Dispose();
    }
}
