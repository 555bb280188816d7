using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>What becomes of tokens that another issuer made.</summary>
public sealed class ForeignTokenTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    private readonly Issuer issuer = new();
    private readonly GatewayBench bench;

    public ForeignTokenTests() => bench = GatewayBench.With(issuer, (SettingNames.ApiTokenSecret, Secret));

    [Theory]
    [InlineData("of golf for calls", 404)]
    [InlineData("of golf for nothing", 403)]
    [InlineData("of nobody", 401)]
    public async Task A_token_is_good_for_its_tenant_and_its_scopes(string token, int status) =>
        Assert.Equal(status, (await ShowAsync(token)).Status);

    [Fact]
    public async Task Our_own_tokens_are_not_asked_about()
    {
        var own = new ApiTokens(Secret, bench.Clock).Issue("golf");

        Assert.Equal(404, (await ShowAsync(own)).Status);
        Assert.Equal(0, issuer.Asked);
    }

    [Fact]
    public async Task While_the_issuer_is_away_its_tokens_wait_and_ours_do_not()
    {
        issuer.IsAway = true;

        Assert.Equal("issuer-unavailable", GatewayBench.ProblemOf(await ShowAsync("of golf for calls")));
        Assert.Equal(404, (await ShowAsync(new ApiTokens(Secret, bench.Clock).Issue("golf"))).Status);
    }

    [Fact]
    public async Task The_API_is_open_to_them_where_nothing_of_ours_signs()
    {
        var access = new ApiAccess(null, null, bench.Clock, NullLogger<ApiAccess>.Instance) { Foreign = issuer };

        var outcome = await access.CheckHeadAsync(
            new GatewayRequest("GET", "/calls", _ => "Bearer of golf for calls", default), TestContext.Current.CancellationToken);

        Assert.Equal(new ApiCaller("golf", ApiScopes.Calls), outcome.Credential);
    }

    [Theory]
    [InlineData("ENTRA_TENANT_ID, ENTRA_AUDIENCE, ENTRA_CLIENTS must be set together", null, "api://voice", "{}")]
    [InlineData("ENTRA_TENANT_ID must be", "golf", "api://voice", "{}")]
    [InlineData("ENTRA_CLIENTS must give", "11111111-2222-3333-4444-555555555555", "api://voice", """{"golf": "golf"}""")]
    [InlineData("ENTRA_CLIENTS is not readable", "11111111-2222-3333-4444-555555555555", "api://voice", "golf")]
    public void Settings_that_cannot_be_right_stop_the_start(string error, string? directory, string audience, string clients) =>
        Assert.Contains(
            error,
            Assert.Throws<SettingsException>(() => new GatewayBench(
                GatewayBench.DiagnosticsKey,
                (AccessSettingNames.EntraTenantId, directory),
                (AccessSettingNames.EntraAudience, audience),
                (AccessSettingNames.EntraClients, clients))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("http://login.example.com")]
    [InlineData("https://login.example.com/path")]
    [InlineData("login.example.com")]
    public void An_issuer_that_anybody_could_play_stops_the_start(string authority) => Assert.Contains(
        "ENTRA_AUTHORITY must be",
        Assert.Throws<SettingsException>(
            () => new GatewayBench(GatewayBench.DiagnosticsKey, (AccessSettingNames.EntraAuthority, authority))).Message,
        StringComparison.Ordinal);

    private Task<GatewayResponse> ShowAsync(string token) =>
        bench.SendAsync("GET", $"/calls/{GatewayBench.Call}", [], ("Authorization", $"Bearer {token}"));

    private sealed class Issuer : IForeignTokens
    {
        public int Asked { get; private set; }

        public bool IsAway { get; set; }

        public ValueTask<ApiCaller?> ReadAsync(string token, CancellationToken cancellationToken)
        {
            Asked++;
            return IsAway ? throw new IOException("away") : new(token switch
            {
                "of golf for calls" => new ApiCaller("golf", ApiScopes.Calls),
                "of golf for nothing" => new ApiCaller("golf", ApiScopes.None),
                _ => null,
            });
        }
    }
}
