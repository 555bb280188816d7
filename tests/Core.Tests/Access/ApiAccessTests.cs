using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>Who gets an access token of the API, and what it opens.</summary>
public sealed class ApiAccessTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string Key = "golf-key-hunter2";
    private const string OldKey = "golf-old-hunter2";
    private const string Other = "other-key-hunter2";

    private readonly GatewayBench bench = Bench($$"""{"golf": ["{{Key}}", "{{OldKey}}"], "other": "{{Other}}"}""");

    [Theory]
    [InlineData("golf", Key)]
    [InlineData("golf", OldKey)]
    [InlineData("other", Other)]
    public async Task A_tenant_gets_a_token_for_each_of_its_keys(string tenant, string key)
    {
        var answer = await AskAsync($$"""{"tenant_id": "{{tenant}}", "api_key": "{{key}}"}""");

        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(200, answer.Status);
        Assert.Equal(("Bearer", 3600), (
            json.RootElement.GetProperty("token_type").GetString(), json.RootElement.GetProperty("expires_in").GetInt32()));
        Assert.Equal(
            new ApiCaller(tenant), new ApiTokens(Secret, bench.Clock).Read(json.RootElement.GetProperty("access_token").GetString()!));
    }

    [Theory]
    [InlineData("golf", Other)]
    [InlineData("nobody", Key)]
    [InlineData("golf", "golf-key-hunter")]
    public async Task A_wrong_key_and_an_unknown_tenant_get_the_same_answer(string tenant, string key)
    {
        var answer = await AskAsync($$"""{"tenant_id": "{{tenant}}", "api_key": "{{key}}"}""");

        Assert.Equal(401, answer.Status);
        Assert.Equal(Problem.BadApiKey.Body.ToArray(), answer.Body.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"tenant_id\": \"golf\"}")]
    [InlineData("{\"tenant_id\": 7, \"api_key\": \"x\"}")]
    public async Task A_request_without_both_fields_is_told_what_is_missing(string body) =>
        Assert.Equal(400, (await AskAsync(body)).Status);

    [Fact]
    public void A_token_is_good_for_an_hour_and_for_one_gateway()
    {
        var tokens = new ApiTokens(Secret, bench.Clock);
        var token = tokens.Issue("golf");

        bench.Clock.Advance(ApiTokens.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(new ApiCaller("golf"), tokens.Read(token));
        Assert.Null(new ApiTokens(Secret + "x", bench.Clock).Read(token));
        Assert.Null(tokens.Read(token + "x"));
        Assert.Null(tokens.Read(""));
        Assert.Null(tokens.Read("x.y.z"));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tokens.Read(token));
    }

    [Fact]
    public void A_token_without_a_signature_opens_nothing()
    {
        var tokens = new ApiTokens(Secret, bench.Clock);
        var payload = tokens.Issue("golf").Split('.')[1];
        var header = Convert.ToBase64String("""{"alg":"none"}"""u8).TrimEnd('=');

        Assert.Null(tokens.Read($"{header}.{payload}."));
    }

    [Fact]
    public async Task A_call_is_shown_to_its_tenant_and_to_the_operator_and_for_others_there_is_none()
    {
        var single = Bench($$"""{"golf": "{{Key}}"}""");
        await single.VoiceAsync();
        await bench.VoiceAsync();

        Assert.Equal(200, (await ShowAsync(single, "golf")).Status);
        Assert.Equal(404, (await ShowAsync(bench, "golf")).Status);
        Assert.Equal(200, (await bench.GetAsync($"/calls/{GatewayBench.Call}")).Status);
    }

    [Fact]
    public async Task Without_keys_the_API_is_closed_and_says_so()
    {
        var closed = new GatewayBench();

        var answer = await closed.SendAsync("POST", "/auth/token", "{}"u8.ToArray());

        Assert.Equal(403, answer.Status);
        Assert.Contains(SettingNames.ApiKeys, GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"golf\": \"too-short\"}", "API_KEYS.golf must be a key")]
    [InlineData("{\"golf\": []}", "API_KEYS.golf must be a key")]
    [InlineData("{\"golf\": 7}", "API_KEYS.golf must be a key")]
    [InlineData("{\"a b\": \"golf-key-hunter2\"}", "API_KEYS has a tenant whose name")]
    [InlineData("golf=golf-key-hunter2", "API_KEYS is not readable")]
    public void Keys_that_cannot_be_right_stop_the_start_and_are_not_repeated(string keys, string error)
    {
        var refused = Assert.Throws<SettingsException>(() => Bench(keys));

        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_without_a_secret_that_signs_stop_the_start() => Assert.Contains(
        "must be set together",
        Assert.Throws<SettingsException>(
            () => new GatewayBench(GatewayBench.DiagnosticsKey, (SettingNames.ApiKeys, $$"""{"golf": "{{Key}}"}"""))).Message,
        StringComparison.Ordinal);

    private static GatewayBench Bench(string keys) =>
        new(GatewayBench.DiagnosticsKey, (SettingNames.ApiKeys, keys), (SettingNames.ApiTokenSecret, Secret));

    private static Task<GatewayResponse> ShowAsync(GatewayBench bench, string tenant) => bench.SendAsync(
        "GET", $"/calls/{GatewayBench.Call}", [], ("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue(tenant)}"));

    private Task<GatewayResponse> AskAsync(string body) => bench.SendAsync("POST", "/auth/token", Encoding.UTF8.GetBytes(body));
}
