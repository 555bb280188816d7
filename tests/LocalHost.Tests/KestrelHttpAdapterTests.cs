using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Http;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost;

public sealed class KestrelHttpAdapterTests : IAsyncLifetime
{
    private const string Page = "https://app.example.com";

    private readonly HttpRouter gateway =
        new([new HealthHandler(GatewayRoutes.Health)], new Dictionary<RouteAccess, IAccessCheck>(), NullLogger<HttpRouter>.Instance)
        {
            Cors = new CorsPolicy(new HashSet<string> { Page }),
        };

    private readonly HttpClient http = new();
    private KestrelHttpAdapter front = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        front = await KestrelHttpAdapter.StartAsync(0, gateway.HandleAsync, next => next, Stop);
        http.BaseAddress = front.Address;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return front.DisposeAsync();
    }

    [Theory]
    [InlineData("healthz")]
    [InlineData("HealthZ/?a=b")]
    [InlineData("nothing")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path)
    {
        using var get = await http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var head = await http.SendAsync(request, Stop);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.NotNull(get.Content.Headers.ContentLength);
        Assert.Equal($"{get.Content.Headers}", $"{head.Content.Headers}");
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_page_of_the_settings_is_answered_before_and_when_it_asks()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri("healthz", UriKind.Relative));
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri("healthz", UriKind.Relative));
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Origin", Page);
        ask.Headers.Add("Origin", Page);

        using var told = await http.SendAsync(preflight, Stop);
        using var shown = await http.SendAsync(ask, Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (told.StatusCode, shown.StatusCode));
        Assert.Equal("GET, HEAD", string.Join(", ", told.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal(Page, Assert.Single(shown.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task A_body_is_read_only_where_a_route_reads_one()
    {
        using var body = new ByteArrayContent(new byte[10_000]);

        using var unknown = await http.PostAsync(new Uri("nothing", UriKind.Relative), body, Stop);
        using var wrong = await http.PostAsync(new Uri("healthz", UriKind.Relative), body, Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (unknown.StatusCode, wrong.StatusCode));
        Assert.Equal(["GET", "HEAD"], wrong.Content.Headers.Allow);
    }
}
