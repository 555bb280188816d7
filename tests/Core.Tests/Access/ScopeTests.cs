using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.OpenApi;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>What an access token may be used for.</summary>
public sealed class ScopeTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string Key = "golf-key-hunter2";
    private const ApiScopes All = ApiScopes.Calls | ApiScopes.Handoff | ApiScopes.Ingest | ApiScopes.Admin;

    private readonly GatewayBench bench = Bench("""{"narrow": "calls", "chief": "calls admin"}""");

    public static TheoryData<string> ApiRoutes =>
        [.. GatewayRoutes.All.Where(route => route.TakesAccessTokens).Select(route => route.Name)];

    [Fact]
    public void Every_route_that_takes_access_tokens_states_one_scope_and_no_other_route_does() => Assert.All(
        GatewayRoutes.All,
        route => Assert.Equal(route.TakesAccessTokens ? 1 : 0, ApiScopeWords.WordsOf(route.Scope).Count()));

    [Theory]
    [MemberData(nameof(ApiRoutes))]
    public async Task A_token_without_the_routes_scope_is_refused_by_name(string name)
    {
        var route = GatewayRoutes.All.Single(route => route.Name == name);

        var refused = await AskAsync(route, All & ~route.Scope);
        var admitted = await AskAsync(route, route.Scope);

        Assert.Equal((403, "missing-scope"), (refused.Status, GatewayBench.ProblemOf(refused)));
        Assert.Contains($"'{ApiScopeWords.TextOf(route.Scope)}'", DetailOf(refused), StringComparison.Ordinal);
        Assert.DoesNotContain("missing-scope", GatewayBench.Text(admitted), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ApiRoutes))]
    public void The_document_states_the_scope_of_a_route(string name)
    {
        var route = GatewayRoutes.All.Single(route => route.Name == name);

        var ways = DeclaredAnswers.Document["paths"]![$"/{route.Template}"]![route.Method.ToLowerInvariant()]!["security"]!.AsArray();

        Assert.Equal(
            ApiScopeWords.TextOf(route.Scope),
            ways.Select(way => way!["accessToken"]).OfType<System.Text.Json.Nodes.JsonArray>().Single().Single()!.GetValue<string>());
    }

    [Theory]
    [InlineData("golf", null, "calls handoff ingest")]
    [InlineData("narrow", null, "calls")]
    [InlineData("chief", null, "calls admin")]
    [InlineData("golf", "handoff", "handoff")]
    [InlineData("golf", "handoff  calls", "calls handoff")]
    public async Task A_tenants_token_is_good_for_what_the_settings_say_or_for_less_where_it_asks_for_less(
        string tenant, string? asked, string granted)
    {
        var answer = await TokenAsync(tenant, asked);

        var json = JsonElement.Parse(answer.Body.Span);
        Assert.Equal(granted, json.GetProperty("scope").GetString());
        Assert.Equal(
            new ApiCaller(tenant, ApiScopeWords.Parse(granted)!.Value),
            new ApiTokens(Secret, bench.Clock).Read(json.GetProperty("access_token").GetString()!));
    }

    [Theory]
    [InlineData("golf", "calls admin", 403, "'admin'")]
    [InlineData("narrow", "handoff", 403, "'handoff'")]
    [InlineData("golf", "everything", 400, "calls, handoff, ingest, admin")]
    [InlineData("golf", " ", 400, "calls, handoff, ingest, admin")]
    public async Task A_tenant_that_asks_for_more_is_told_what_it_lacks(string tenant, string asked, int status, string told)
    {
        var answer = await TokenAsync(tenant, asked);

        Assert.Equal(status, answer.Status);
        Assert.Contains(told, DetailOf(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"iss":"voicefunctions","aud":"voicefunctions","exp":4000000000,"tenant_id":"golf"}""")]
    [InlineData("""{"iss":"voicefunctions","aud":"voicefunctions","exp":4000000000,"tenant_id":"golf","scope":""}""")]
    [InlineData("""{"iss":"voicefunctions","aud":"voicefunctions","exp":4000000000,"tenant_id":"golf","scope":"calls root"}""")]
    [InlineData("""{"iss":"voicefunctions","aud":"voicefunctions","exp":4000000000,"tenant_id":"golf","scope":["calls","admin"]}""")]
    public void A_token_that_does_not_say_what_it_is_good_for_is_good_for_nothing(string claims) =>
        Assert.Null(new ApiTokens(Secret, bench.Clock).Read(RawJwt.Of(Secret, claims)));

    [Fact]
    public async Task The_operators_key_needs_no_scope()
    {
        await bench.VoiceAsync();

        Assert.Equal(200, (await bench.GetAsync($"/calls/{GatewayBench.Call}")).Status);
    }

    [Theory]
    [InlineData("""{"golf": "calls root"}""", "API_SCOPES must give")]
    [InlineData("""{"golf": ""}""", "API_SCOPES must give")]
    [InlineData("""{"golf": null}""", "API_SCOPES must give")]
    [InlineData("""{"a b": "calls"}""", "API_SCOPES must give")]
    [InlineData("""{"golf": ["calls"]}""", "API_SCOPES is not readable")]
    [InlineData("""{"golf": "calls", "golf": "calls"}""", "API_SCOPES is not readable")]
    public void Scopes_that_cannot_be_right_stop_the_start(string scopes, string error) => Assert.Contains(
        error, Assert.Throws<SettingsException>(() => Bench(scopes)).Message, StringComparison.Ordinal);

    private static GatewayBench Bench(string scopes) => new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.ApiKeys, $$"""{"golf": "{{Key}}", "narrow": "{{Key}}", "chief": "{{Key}}"}"""),
        (SettingNames.ApiTokenSecret, Secret),
        (AccessSettingNames.ApiScopes, scopes));

    private static string DetailOf(GatewayResponse answer) => JsonElement.Parse(answer.Body.Span).GetProperty("detail").GetString()!;

    private Task<GatewayResponse> AskAsync(GatewayRoute route, ApiScopes scopes) => bench.SendAsync(
        route.Method,
        "/" + route.Template.Replace("{callId}", GatewayBench.Call.Value, StringComparison.Ordinal)
            .Replace("{tenant}", "golf", StringComparison.Ordinal),
        [],
        ("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue("golf", scopes)}"));

    private Task<GatewayResponse> TokenAsync(string tenant, string? scope) => bench.SendAsync(
        "POST",
        "/auth/token",
        Encoding.UTF8.GetBytes($$"""{"tenant_id":"{{tenant}}","api_key":"{{Key}}"{{(scope is null ? "" : $",\"scope\":\"{scope}\"")}}}"""));
}
