// Members of Microsoft.Azure.Functions.Worker.Core's HTTP model and of Worker.Extensions.Http.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;

namespace Microsoft.Azure.Functions.Worker
{
    public enum AuthorizationLevel
    {
        Anonymous,
        User,
        Function,
        System,
        Admin,
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
    {
        public string? Route { get; set; }

        public string[]? Methods { get; } = methods;

        public AuthorizationLevel AuthLevel { get; } = authLevel;
    }
}

namespace Microsoft.Azure.Functions.Worker.Http
{
    public abstract class HttpRequestData(FunctionContext functionContext)
    {
        public abstract Stream Body { get; }

        public abstract HttpHeadersCollection Headers { get; }

        public abstract IReadOnlyCollection<IHttpCookie> Cookies { get; }

        public abstract Uri Url { get; }

        public abstract IEnumerable<ClaimsIdentity> Identities { get; }

        public abstract string Method { get; }

        public FunctionContext FunctionContext { get; } = functionContext;

        public abstract HttpResponseData CreateResponse();
    }

    public abstract class HttpResponseData(FunctionContext functionContext)
    {
        public abstract HttpStatusCode StatusCode { get; set; }

        public abstract HttpHeadersCollection Headers { get; set; }

        public abstract Stream Body { get; set; }

        public abstract HttpCookies Cookies { get; }

        public FunctionContext FunctionContext { get; } = functionContext;
    }

    public class HttpHeadersCollection : HttpHeaders;

    public abstract class HttpCookies;

    public interface IHttpCookie;
}
