using System.Net;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>A response as the worker takes it from a function.</summary>
internal sealed class TestResponse(FunctionContext functionContext) : HttpResponseData(functionContext)
{
    public override HttpStatusCode StatusCode { get; set; }

    public override HttpHeadersCollection Headers { get; set; } = new();

    public override Stream Body { get; set; } = new MemoryStream();

    public override HttpCookies Cookies => throw new NotSupportedException();

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(((MemoryStream)Body).ToArray());

    /// <summary>One header.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
