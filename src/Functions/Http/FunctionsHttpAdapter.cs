using System.Globalization;
using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Functions.Http;

/// <summary>Hands requests of the Functions host to the gateway, and its answers back.</summary>
public sealed class FunctionsHttpAdapter(VoiceGateway gateway, DurableClientSlot durable)
{
    /// <summary>Answers a request that may start or wake a call's orchestration.</summary>
    public Task<HttpResponseData> AnswerAsync(
        GatewayRoute route, HttpRequestData request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Put(client);
        return AnswerAsync(route, request, cancellationToken);
    }

    /// <summary>Answers a request on a route.</summary>
    public async Task<HttpResponseData> AnswerAsync(GatewayRoute route, HttpRequestData request, CancellationToken cancellationToken) =>
        await AdaptAsync(
            request,
            await gateway.Front.HandleAsync(route, Adapt(request), request.Body, LengthOf(request.Body), cancellationToken),
            cancellationToken);

    /// <summary>
    /// Answers a request whose route the host does not know. It may be one of ours behind the path prefix of PUBLIC_URL, and start a call.
    /// </summary>
    public async Task<HttpResponseData> AnswerAsync(
        HttpRequestData request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Put(client);
        return await AdaptAsync(
            request,
            await gateway.Front.HandleAsync(Adapt(request), request.Body, LengthOf(request.Body), cancellationToken),
            cancellationToken);
    }

    /// <summary>The host has read the body already, so its length is known, whatever was announced.</summary>
    private static long? LengthOf(Stream body) => body.CanSeek ? body.Length : null;

    private static GatewayRequest Adapt(HttpRequestData request) => new(
        request.Method.ToUpperInvariant(),
        RawTarget(request.Url),
        name => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null,
        ReadOnlyMemory<byte>.Empty);

    /// <summary>
    /// Path and query as the host was asked for them: a <see cref="Uri"/>'s own parts are normalised, and signatures cover what was sent.
    /// </summary>
    private static string RawTarget(Uri url)
    {
        var text = url.OriginalString;
        var path = text.IndexOf('/', text.IndexOf("://", StringComparison.Ordinal) + 3);
        return path < 0 ? "/" : text[path..];
    }

    private static async Task<HttpResponseData> AdaptAsync(
        HttpRequestData request, GatewayResponse answer, CancellationToken cancellationToken)
    {
        var response = request.CreateResponse();
        response.StatusCode = (HttpStatusCode)answer.Status;
        if (answer.ContentType is { } contentType)
        {
            response.Headers.Add("Content-Type", contentType);
        }

        if (answer.RetryAfterSeconds is { } seconds)
        {
            response.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (answer.Allow is { } allow)
        {
            response.Headers.Add("Allow", allow);
        }

        if (answer.Location is { } location)
        {
            response.Headers.Add("Location", location);
        }

        if (answer is { RateLimitPolicy: { } policy, RateLimit: { } rateLimit })
        {
            response.Headers.Add("RateLimit-Policy", policy);
            response.Headers.Add("RateLimit", rateLimit);
        }

        foreach (var (name, value) in GatewayResponse.CommonHeaders)
        {
            response.Headers.Add(name, value);
        }

        await answer.WriteBodyAsync(response.Body, cancellationToken);
        return response;
    }
}
