using System.Net.Http.Headers;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Tools;

namespace VoiceFunctions.Tools;

/// <summary>
/// Reads an answer as long as its attempt's deadline runs, and no more of it than is taken. What is too large, or compressed, comes out as
/// an answer without content type and body.
/// </summary>
/// <param name="inner">Sends.</param>
internal sealed class AnswerReader(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        using var content = response.Content;
        var type = content.Headers.ContentType?.MediaType;
        var body = content.Headers.ContentEncoding.Count > 0
            ? null
            : await RequestBody.ReadAsync(
                await content.ReadAsStreamAsync(cancellationToken),
                content.Headers.ContentLength,
                ToolReply.MaxResultBytes,
                cancellationToken);
        response.Content = new ReadOnlyMemoryContent(body ?? default);
        if (body is not null && type is not null)
        {
            response.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        return response;
    }
}
