using System.Net;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>The reference of the API at /docs. tests/console looks at it in a browser.</summary>
public sealed partial class ApiPageTests : IAsyncLifetime
{
    private readonly GatewayProcess gateway = new([new("PORT", "0")]);
    private readonly HttpClient http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var greeting = await gateway.LineWithAsync("VoiceFunctions on", Stop);
        http.BaseAddress = new Uri(greeting.Split(' ')[^1]);
        await gateway.LineWithAsync("Ctrl-C stops", Stop);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        gateway.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_page_runs_its_own_scripts_alone_and_names_no_other_host()
    {
        var (first, text) = await GetAsync("/docs");
        var (second, _) = await GetAsync("/docs/");

        var nonce = NonceOf(first);
        Assert.NotEqual(nonce, NonceOf(second));
        Assert.Equal(ScriptPattern().Count(text), ScriptPattern().Matches(text).Count(tag => tag.Value.Contains($"nonce=\"{nonce}\"")));
        Assert.NotEqual(0, ScriptPattern().Count(text));
        Assert.DoesNotMatch("(https?:)?//[a-z]", text);
        Assert.DoesNotContain("unsafe-eval", first, StringComparison.Ordinal);
        Assert.StartsWith($"default-src 'none'; script-src 'self' 'nonce-{nonce}';", first, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/")]
    [InlineData("/DOCS/scalar.js")]
    public async Task HEAD_is_answered_where_GET_is_and_nothing_is_kept(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
        Assert.True(head.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", Assert.Single(head.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Whatever_else_is_asked_there_gets_the_gateways_own_answers()
    {
        using var posted = await http.PostAsync(new Uri("/docs", UriKind.Relative), null, Stop);
        using var near = await http.GetAsync(new Uri("/docsy", UriKind.Relative), Stop);
        using var none = await http.GetAsync(new Uri("/docs/no/such/file.js", UriKind.Relative), Stop);

        Assert.All([posted, near, none], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.All([posted, near], answer => Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Nothing_of_it_is_loaded_before_somebody_asks_for_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells which files a process has mapped.");

        using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative), Stop);
        var before = await MappedAsync();
        await GetAsync("/docs/");
        var after = await MappedAsync();

        Assert.DoesNotContain("Scalar.AspNetCore.dll", before, StringComparison.Ordinal);
        Assert.Contains("Scalar.AspNetCore.dll", after, StringComparison.Ordinal);
    }

    private async Task<(string Policy, string Text)> GetAsync(string path)
    {
        using var page = await http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return (Assert.Single(page.Headers.GetValues("Content-Security-Policy")), await page.Content.ReadAsStringAsync(Stop));
    }

    private Task<string> MappedAsync() => File.ReadAllTextAsync($"/proc/{gateway.Id}/maps", Stop);

    private static string NonceOf(string policy) => NoncePattern().Match(policy).Groups[1].Value;

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex NoncePattern();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex ScriptPattern();
}
