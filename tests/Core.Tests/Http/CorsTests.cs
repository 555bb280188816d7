using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>Which web pages may call the API from a browser.</summary>
public sealed class CorsTests
{
    private const string Page = "https://app.example.com";
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    private readonly GatewayBench bench = Bench($"{Page}, http://localhost:3000/");

    [Theory]
    [InlineData("/calls", "POST, GET, HEAD")]
    [InlineData("/call/start", "POST")]
    [InlineData("/auth/token", "POST")]
    [InlineData("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/proof", "GET, HEAD")]
    public async Task A_browser_that_asks_for_a_page_of_the_settings_is_told_what_it_may_send(string path, string methods)
    {
        var answer = await AskAsync(bench, path, Page);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Page, HeaderOf(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(methods, HeaderOf(answer, "Access-Control-Allow-Methods"));
        Assert.Contains("Authorization", HeaderOf(answer, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal("Origin", HeaderOf(answer, "Vary"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("http://app.example.com")]
    [InlineData("https://app.example.com:8443")]
    [InlineData("https://APP.example.com")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("")]
    public async Task Another_page_is_told_nothing(string origin)
    {
        var preflight = await AskAsync(bench, "/calls", origin);
        var answer = await ShowAsync(bench, origin);

        Assert.Equal(405, preflight.Status);
        Assert.Empty(preflight.Headers);
        Assert.Empty(answer.Headers);
    }

    [Fact]
    public async Task A_page_of_the_settings_reads_answers_and_problems()
    {
        var refused = await bench.SendAsync("GET", "/calls", [], ("Origin", Page));
        var shown = await ShowAsync(bench, Page);

        Assert.Equal((401, 200), (refused.Status, shown.Status));
        Assert.Equal((Page, Page), (HeaderOf(refused, "Access-Control-Allow-Origin"), HeaderOf(shown, "Access-Control-Allow-Origin")));
        Assert.Equal("Location, Retry-After", HeaderOf(shown, "Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task A_slash_at_the_end_of_a_setting_changes_nothing() => Assert.Equal(
        "http://localhost:3000",
        HeaderOf(await AskAsync(bench, "/calls", "http://localhost:3000"), "Access-Control-Allow-Origin"));

    [Fact]
    public async Task No_answer_lets_cookies_in_not_even_with_a_wildcard()
    {
        var open = Bench("*");

        GatewayResponse[] answers = [await AskAsync(open, "/calls", "https://any.example"), await ShowAsync(open, "https://any.example")];

        Assert.All(answers, answer => Assert.Equal("*", HeaderOf(answer, "Access-Control-Allow-Origin")));
        Assert.All(answers, answer => Assert.DoesNotContain(answer.Headers, header => header.Key == "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("/twilio/voice")]
    [InlineData("/livekit/webhook")]
    [InlineData("/agents/lease")]
    public async Task Webhooks_and_agents_routes_are_no_pages(string path) =>
        Assert.Equal(405, (await AskAsync(Bench("*"), path, Page)).Status);

    [Fact]
    public async Task Without_the_setting_no_page_is_told_anything() =>
        Assert.Equal(405, (await AskAsync(Bench(null), "/calls", Page)).Status);

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com/path")]
    [InlineData("https://user@app.example.com")]
    [InlineData("ftp://app.example.com")]
    [InlineData("https://*.example.com")]
    [InlineData("*, https://app.example.com")]
    [InlineData("null, https://app.example.com")]
    public void Origins_that_cannot_be_right_stop_the_start(string origins) => Assert.Contains(
        "CORS_ALLOWED_ORIGINS must be", Assert.Throws<SettingsException>(() => Bench(origins)).Message, StringComparison.Ordinal);

    private static GatewayBench Bench(string? origins) => new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.ApiTokenSecret, Secret),
        (AccessSettingNames.CorsAllowedOrigins, origins));

    private static Task<GatewayResponse> AskAsync(GatewayBench bench, string path, string origin) => bench.SendAsync(
        "OPTIONS", path, [], ("Origin", origin), ("Access-Control-Request-Method", "POST"));

    private static Task<GatewayResponse> ShowAsync(GatewayBench bench, string origin) => bench.SendAsync(
        "GET", "/calls", [], ("Origin", origin), ("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue("golf")}"));

    private static string HeaderOf(GatewayResponse answer, string name) => answer.Headers.Single(header => header.Key == name).Value;
}
