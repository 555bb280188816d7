using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>Stored API keys over HTTP: made, used, listed, revoked.</summary>
public sealed class KeyRouteTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    private readonly GatewayBench bench = new(GatewayBench.DiagnosticsKey, (SettingNames.ApiTokenSecret, Secret));

    [Fact]
    public async Task A_tenant_that_no_setting_names_gets_a_key_with_it_a_token_and_with_that_its_calls()
    {
        var made = await OperatorAsync("POST", "/admin/tenants/tennis/keys");
        var token = await TokenAsync("tennis", TextIn(made, "api_key"));

        Assert.Equal((201, 200), (made.Status, token.Status));
        Assert.Equal(200, (await CallsAsync(TextIn(token, "access_token"))).Status);
    }

    [Fact]
    public async Task A_key_is_shown_once_listed_by_its_id_and_in_no_log()
    {
        var made = await OperatorAsync("POST", "/admin/tenants/tennis/keys");

        var listed = await OperatorAsync("GET", "/admin/tenants/tennis/keys");

        var key = Assert.Single(JsonElement.Parse(listed.Body.Span).GetProperty("keys").EnumerateArray());
        Assert.Equal(["created_at", "id", "tenant_id"], key.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal(TextIn(made, "id"), key.GetProperty("id").GetString());
        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain(
            ApiKeyText.Parse(TextIn(made, "api_key"))!.Secret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_key_gets_no_token_any_more_and_another_key_still_does()
    {
        var first = await OperatorAsync("POST", "/admin/tenants/tennis/keys");
        var second = await OperatorAsync("POST", "/admin/tenants/tennis/keys");
        Assert.Equal(200, (await TokenAsync("tennis", TextIn(first, "api_key"))).Status);

        var revoked = await OperatorAsync("DELETE", $"/admin/tenants/tennis/keys?id={TextIn(first, "id")}");

        Assert.Equal(200, revoked.Status);
        Assert.Equal(401, (await TokenAsync("tennis", TextIn(first, "api_key"))).Status);
        Assert.Equal(200, (await TokenAsync("tennis", TextIn(second, "api_key"))).Status);
        Assert.Equal("unknown-key", GatewayBench.ProblemOf(
            await OperatorAsync("DELETE", $"/admin/tenants/tennis/keys?id={TextIn(first, "id")}")));
    }

    [Fact]
    public async Task A_key_of_another_tenant_gets_the_same_answer_as_a_wrong_one()
    {
        var key = TextIn(await OperatorAsync("POST", "/admin/tenants/tennis/keys"), "api_key");

        var answer = await TokenAsync("golf", key);

        Assert.Equal(Problem.BadApiKey.Body.ToArray(), answer.Body.ToArray());
    }

    [Fact]
    public async Task A_token_of_scope_admin_is_for_the_keys_of_its_own_tenant()
    {
        var tokens = new ApiTokens(Secret, bench.Clock);
        var admin = tokens.Issue("tennis", ApiScopes.Admin);

        Assert.Equal(201, (await WithAsync(admin, "POST", "/admin/tenants/tennis/keys")).Status);
        Assert.Equal(200, (await WithAsync(admin, "GET", "/admin/tenants/tennis/keys")).Status);
        foreach (var method in (string[])["POST", "GET", "DELETE"])
        {
            Assert.Equal("other-tenant", GatewayBench.ProblemOf(await WithAsync(admin, method, "/admin/tenants/golf/keys")));
            Assert.Equal("missing-scope", GatewayBench.ProblemOf(
                await WithAsync(tokens.Issue("tennis"), method, "/admin/tenants/tennis/keys")));
            Assert.Equal(401, (await bench.SendAsync(method, "/admin/tenants/tennis/keys", [])).Status);
        }
    }

    [Theory]
    [InlineData("POST", "/admin/tenants/a%2Fb/keys")]
    [InlineData("GET", "/admin/tenants/a.b/keys")]
    [InlineData("DELETE", "/admin/tenants/tennis/keys")]
    [InlineData("DELETE", "/admin/tenants/tennis/keys?id=")]
    [InlineData("DELETE", "/admin/tenants/tennis/keys?id=vf_abcdefghijkl")]
    public async Task What_cannot_be_right_is_told(string method, string target) =>
        Assert.Equal("bad-parameter", GatewayBench.ProblemOf(await OperatorAsync(method, target)));

    [Fact]
    public async Task A_tenant_with_too_many_keys_is_told()
    {
        for (var made = 0; made < ApiKeyDesk.MostKeys; made++)
        {
            await bench.ApiKeys.AddAsync(
                new StoredApiKey("tennis", ApiKeyText.Make().Id, "x", default), TestContext.Current.CancellationToken);
        }

        Assert.Equal("too-many-keys", GatewayBench.ProblemOf(await OperatorAsync("POST", "/admin/tenants/tennis/keys")));
    }

    [Fact]
    public async Task Calls_that_came_by_phone_stay_with_the_only_tenant_of_the_settings_whoever_else_gets_a_key()
    {
        var single = new GatewayBench(
            GatewayBench.DiagnosticsKey, (SettingNames.ApiTokenSecret, Secret), (SettingNames.ApiKeys, """{"golf": "golf-key-hunter2"}"""));
        await single.VoiceAsync();
        await single.SendAsync("POST", "/admin/tenants/tennis/keys", [], (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey));
        var tokens = new ApiTokens(Secret, single.Clock);

        async Task<int> ShowAsync(string tenant) => (await single.SendAsync(
            "GET", $"/calls/{GatewayBench.Call}", [], ("Authorization", $"Bearer {tokens.Issue(tenant)}"))).Status;

        Assert.Equal((200, 404), (await ShowAsync("golf"), await ShowAsync("tennis")));
    }

    private static string TextIn(GatewayResponse answer, string name) =>
        JsonElement.Parse(answer.Body.Span).GetProperty(name).GetString()!;

    private Task<GatewayResponse> OperatorAsync(string method, string target) =>
        bench.SendAsync(method, target, [], (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey));

    private Task<GatewayResponse> WithAsync(string token, string method, string target) =>
        bench.SendAsync(method, target, [], ("Authorization", $"Bearer {token}"));

    private Task<GatewayResponse> CallsAsync(string token) => WithAsync(token, "GET", "/calls");

    private Task<GatewayResponse> TokenAsync(string tenant, string key) => bench.SendAsync(
        "POST", "/auth/token", Encoding.UTF8.GetBytes($$"""{"tenant_id":"{{tenant}}","api_key":"{{key}}"}"""));
}
