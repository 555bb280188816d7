using System.Security.Claims;
using Microsoft.Azure.Functions.Worker.Http;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>A request as the worker hands it to a function: the URL is what the host wrote into it.</summary>
internal sealed class TestRequest : HttpRequestData
{
    public TestRequest(string method, string url, byte[] body, params (string Name, string Value)[] headers)
        : base(new NoFunctionContext())
    {
        Method = method;
        Url = new Uri(url);
        Body = new MemoryStream(body);
        Headers = new HttpHeadersCollection();
        foreach (var (name, value) in headers)
        {
            Headers.TryAddWithoutValidation(name, value);
        }
    }

    public override Stream Body { get; }

    public override HttpHeadersCollection Headers { get; }

    public override IReadOnlyCollection<IHttpCookie> Cookies => [];

    public override Uri Url { get; }

    public override IEnumerable<ClaimsIdentity> Identities => [];

    public override string Method { get; }

    public override HttpResponseData CreateResponse() => new TestResponse(FunctionContext);
}
