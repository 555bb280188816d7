using System.Net;
using System.Text;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// A LiveKit server that answers what the test says, one step per request, and remembers what it was asked. One request too
/// many is a failure of the test.
/// </summary>
internal sealed class ScriptedHttp(params IEnumerable<Func<CancellationToken, Task<HttpResponseMessage>>> steps) : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> steps = new(steps);

    public List<SentRequest> Sent { get; } = [];

    public static Func<CancellationToken, Task<HttpResponseMessage>> Answer(
        int status, string body, string mediaType = "application/json") => _ =>
            Task.FromResult(
                new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) });

    public static Func<CancellationToken, Task<HttpResponseMessage>> Failure(Exception exception) =>
        _ => Task.FromException<HttpResponseMessage>(exception);

    public static Func<CancellationToken, Task<HttpResponseMessage>> Silence() => async cancellationToken =>
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException("Silence ended.");
    };

    public static Func<CancellationToken, Task<HttpResponseMessage>> AnswerThatBreaksOff() => _ =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream()) });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add(new SentRequest(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.Content!.Headers.ContentType!.ToString(),
            request.Headers.Authorization!.ToString(),
            request.Headers.TryGetValues("X-Livekit-Request-Id", out var ids) ? ids.Single() : null,
            await request.Content.ReadAsStringAsync(cancellationToken)));
        return steps.TryDequeue(out var step)
            ? await step(cancellationToken)
            : throw new InvalidOperationException("One request too many.");
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("The connection broke.");
    }
}

/// <summary>A request as the server saw it.</summary>
internal sealed record SentRequest(string Method, string Uri, string ContentType, string Authorization, string? RequestId, string Body);
