using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>What signs access tokens: a secret or a key pair, how the pair is shown, and how both are changed.</summary>
public sealed class TokenKeyTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string ApiKey = "golf-key-hunter2";

    private static readonly string Pair = NewPair(2048);
    private static readonly string Next = NewPair(2048);

    [Fact]
    public async Task A_token_of_a_pair_is_checked_by_whoever_has_the_served_keys_alone()
    {
        var bench = Bench((AccessSettingNames.ApiTokenPrivateKey, Pair));

        var token = await TokenAsync(bench);
        var keys = new JsonWebKeySet(GatewayBench.Text(await bench.SendAsync("GET", "/.well-known/jwks.json", [])));
        var checkedByOthers = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = ApiTokens.Issuer,
            ValidAudience = ApiTokens.Issuer,
            IssuerSigningKeys = keys.GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (_, until, _, _) => bench.Clock.GetUtcNow() < until,
        });

        Assert.True(checkedByOthers.IsValid);
        Assert.Equal("RS256", new JsonWebToken(token).Alg);
        Assert.Equal(Assert.Single(keys.Keys).Kid, new JsonWebToken(token).Kid);
        Assert.Equal(404, (await ShowAsync(bench, token)).Status);
    }

    [Fact]
    public async Task The_served_keys_hold_nothing_private()
    {
        var answer = await Bench((AccessSettingNames.ApiTokenPrivateKey, Pair)).SendAsync("GET", "/.well-known/jwks.json", []);

        var key = JsonElement.Parse(answer.Body.Span).GetProperty("keys")[0];
        Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_a_secret_signs_no_key_is_served()
    {
        var bench = Bench((SettingNames.ApiTokenSecret, Secret));

        Assert.Equal("""{"keys":[]}""", GatewayBench.Text(await bench.SendAsync("GET", "/.well-known/jwks.json", [])));
        Assert.Equal("HS256", new JsonWebToken(await TokenAsync(bench)).Alg);
    }

    [Fact]
    public async Task A_pair_beside_a_secret_signs_and_the_secrets_tokens_stay_good_until_it_goes()
    {
        var before = await TokenAsync(Bench((SettingNames.ApiTokenSecret, Secret)));
        var both = Bench((SettingNames.ApiTokenSecret, Secret), (AccessSettingNames.ApiTokenPrivateKey, Pair));
        var pairAlone = Bench((AccessSettingNames.ApiTokenPrivateKey, Pair));

        Assert.Equal("RS256", new JsonWebToken(await TokenAsync(both)).Alg);
        Assert.Equal(404, (await ShowAsync(both, before)).Status);
        Assert.Equal(401, (await ShowAsync(pairAlone, before)).Status);
    }

    [Fact]
    public async Task A_pair_is_changed_without_a_token_that_ends_before_its_time()
    {
        var before = Bench((AccessSettingNames.ApiTokenPrivateKey, Pair), (AccessSettingNames.ApiTokenPublicKeys, PublicOf(Next)));
        var during = Bench((AccessSettingNames.ApiTokenPrivateKey, Next), (AccessSettingNames.ApiTokenPublicKeys, PublicOf(Pair)));
        var after = Bench((AccessSettingNames.ApiTokenPrivateKey, Next));
        var (old, young) = (await TokenAsync(before), await TokenAsync(during));

        Assert.Equal((404, 404), ((await ShowAsync(before, old)).Status, (await ShowAsync(before, young)).Status));
        Assert.Equal((404, 404), ((await ShowAsync(during, old)).Status, (await ShowAsync(during, young)).Status));
        Assert.Equal((401, 404), ((await ShowAsync(after, old)).Status, (await ShowAsync(after, young)).Status));
        Assert.Equal(2, new JsonWebKeySet(GatewayBench.Text(await during.SendAsync("GET", "/.well-known/jwks.json", []))).Keys.Count);
    }

    [Theory]
    [InlineData("\n", "\\n")]
    [InlineData("\n", " ")]
    [InlineData("\n", "\r\n")]
    public async Task A_key_is_read_however_its_line_breaks_came_through(string from, string to) => Assert.Equal(
        "RS256",
        new JsonWebToken(await TokenAsync(
            Bench((AccessSettingNames.ApiTokenPrivateKey, Pair.Replace(from, to, StringComparison.Ordinal))))).Alg);

    [Fact]
    public void Keys_that_cannot_be_right_stop_the_start_and_are_not_repeated()
    {
        using var curve = ECDsa.Create();
        using var locked = RSA.Create(2048);
        var sealedPem = locked.ExportEncryptedPkcs8PrivateKeyPem(
            "hunter2", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1));
        string[] notPrivate = ["a-key", PublicOf(Pair), NewPair(1024), curve.ExportPkcs8PrivateKeyPem(), sealedPem, Pair + "\n" + Next];
        string[] notPublic = ["a-key", Pair, PublicOf(NewPair(1024)), curve.ExportSubjectPublicKeyInfoPem()];

        Assert.All(notPrivate, pem => Refused(
            "API_TOKEN_PRIVATE_KEY must be one RSA private key", pem, (AccessSettingNames.ApiTokenPrivateKey, pem)));
        Assert.All(notPublic, pem => Refused(
            "API_TOKEN_PUBLIC_KEYS must be RSA public keys",
            pem,
            (AccessSettingNames.ApiTokenPrivateKey, Pair),
            (AccessSettingNames.ApiTokenPublicKeys, pem)));
        Refused(
            "must be set together with API_TOKEN_PRIVATE_KEY",
            Pair,
            (SettingNames.ApiTokenSecret, Secret),
            (AccessSettingNames.ApiTokenPublicKeys, PublicOf(Pair)));
    }

    [Fact]
    public void Printing_the_keys_shows_none() => Assert.DoesNotContain(
        "hunter2", $"{new ApiTokenKeys(Secret)} {Bench((SettingNames.ApiTokenSecret, Secret)).Settings}", StringComparison.Ordinal);

    private static void Refused(string error, string pem, params (string Name, string? Value)[] settings)
    {
        var message = Assert.Throws<SettingsException>(() => Bench(settings)).Message;
        Assert.Contains(error, message, StringComparison.Ordinal);
        Assert.DoesNotContain(pem, message, StringComparison.Ordinal);
    }

    private static GatewayBench Bench(params (string Name, string? Value)[] settings) =>
        new(GatewayBench.DiagnosticsKey, [(SettingNames.ApiKeys, $$"""{"golf": "{{ApiKey}}"}"""), .. settings]);

    private static string NewPair(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string PublicOf(string pair)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pair);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static async Task<string> TokenAsync(GatewayBench bench)
    {
        var answer = await bench.SendAsync(
            "POST", "/auth/token", Encoding.UTF8.GetBytes($$"""{"tenant_id":"golf","api_key":"{{ApiKey}}"}"""));
        return JsonElement.Parse(answer.Body.Span).GetProperty("access_token").GetString()!;
    }

    /// <summary>There is no such call: 404 to whoever comes in, 401 to all others.</summary>
    private static Task<GatewayResponse> ShowAsync(GatewayBench bench, string token) =>
        bench.SendAsync("GET", $"/calls/{GatewayBench.Call}", [], ("Authorization", $"Bearer {token}"));
}
