using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// Every known attack on an access token of the API, against a gateway that takes both kinds: HS256 by its secret and RS256 by its pair,
/// with a second public key beside it.
/// </summary>
public sealed class AccessTokenAttackTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    private static readonly RSA Ours = RSA.Create(2048);
    private static readonly RSA Second = RSA.Create(2048);
    private static readonly RSA Removed = RSA.Create(2048);
    private static readonly RSA Attackers = RSA.Create(2048);
    private static readonly string Kid = KidOf(Ours);

    private static readonly Dictionary<string, Func<JsonObject, string>> Forgeries = new()
    {
        ["alg none without a signature"] = claims => $"{RawJwt.Part("""{"alg":"none"}""")}.{Part(claims)}.",
        ["alg none with our kid"] = claims => $"{RawJwt.Part($$"""{"alg":"none","kid":"{{Kid}}"}""")}.{Part(claims)}.",
        ["alg none with the secret's signature"] = claims => RawJwt.Of(Secret, claims.ToJsonString(), """{"alg":"none"}"""),
        ["alg NONE"] = claims => $"{RawJwt.Part("""{"alg":"NONE"}""")}.{Part(claims)}.",
        ["no algorithm"] = claims => RawJwt.Of(Secret, claims.ToJsonString(), """{"typ":"JWT"}"""),
        ["an algorithm in other letters"] = claims => RawJwt.Of(Secret, claims.ToJsonString(), """{"alg":"hs256"}"""),
        ["HS384 by our secret"] = claims => By(claims, "HS384", null, text => HMACSHA384.HashData(Bytes(Secret), text)),
        ["HS512 by our secret"] = claims => By(claims, "HS512", null, text => HMACSHA512.HashData(Bytes(Secret), text)),
        ["another secret"] = claims => RawJwt.Of("guess-guess-guess-guess-guess-guess", claims.ToJsonString()),
        ["HS256 by our public key in PEM"] = claims => Confused(claims, Bytes(Ours.ExportSubjectPublicKeyInfoPem()), null),
        ["HS256 by our public key in PEM under its kid"] = claims => Confused(claims, Bytes(Ours.ExportSubjectPublicKeyInfoPem()), Kid),
        ["HS256 by our public key in PKCS1"] = claims => Confused(claims, Bytes(Ours.ExportRSAPublicKeyPem()), Kid),
        ["HS256 by our public key's bytes"] = claims => Confused(claims, Ours.ExportSubjectPublicKeyInfo(), Kid),
        ["HS256 by our modulus"] = claims => Confused(claims, Ours.ExportParameters(false).Modulus!, Kid),
        ["HS256 by our kid"] = claims => Confused(claims, Bytes(Kid), Kid),
        ["RS256 whose signature is the secret's"] = claims =>
            By(claims, "RS256", Kid, text => HMACSHA256.HashData(Bytes(Secret), text)),
        ["RS256 by the attacker's key under our kid"] = claims => Rsa(claims, Attackers, Kid),
        ["RS256 by the attacker's key under its own kid"] = claims => Rsa(claims, Attackers, KidOf(Attackers)),
        ["RS256 by the attacker's key without a kid"] = claims => Rsa(claims, Attackers, null),
        ["RS256 by our key without a kid"] = claims => Rsa(claims, Ours, null),
        ["RS256 by our key under an unknown kid"] = claims => Rsa(claims, Ours, "unknown"),
        ["RS256 by our key under the second key's kid"] = claims => Rsa(claims, Ours, KidOf(Second)),
        ["RS256 by our key under its kid in other letters"] = claims => Rsa(claims, Ours, Kid.ToUpperInvariant()),
        ["RS256 under a kid that is a path"] = claims => Rsa(claims, Attackers, "../../../../dev/null"),
        ["RS256 under a kid that is a query"] = claims => Rsa(claims, Attackers, "' or '1'='1"),
        ["RS256 by a key that was removed"] = claims => Rsa(claims, Removed, KidOf(Removed)),
        ["RS256 by a key of the attacker in the header"] = claims => Rsa(claims, Attackers, Kid, $",\"jwk\":{Jwk(Attackers)}"),
        ["RS256 by a key of the attacker at a URL"] = claims => Rsa(claims, Attackers, Kid, ",\"jku\":\"https://attacker.example/jwks\""),
        ["RS512 by our key"] = claims => By(
            claims, "RS512", Kid, text => Ours.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        ["PS256 by our key"] = claims => By(
            claims, "PS256", Kid, text => Ours.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        ["expired"] = claims => Good(With(claims, "exp", (long)claims["exp"]! - 3601)),
        ["without an expiry"] = claims => Good(With(claims, "exp", null)),
        ["with an expiry as text"] = claims => Good(With(claims, "exp", $"{claims["exp"]}x")),
        ["by another issuer"] = claims => Good(With(claims, "iss", "somebody")),
        ["by nobody"] = claims => Good(With(claims, "iss", null)),
        ["for another audience"] = claims => Good(With(claims, "aud", "somebody")),
        ["for no audience"] = claims => Good(With(claims, "aud", null)),
        ["without a tenant"] = claims => Good(With(claims, "tenant_id", null)),
        ["with an empty tenant"] = claims => Good(With(claims, "tenant_id", "")),
        ["with two tenants"] = claims => Good(With(claims, "tenant_id", new JsonArray("golf", "other"))),
        ["another tenant's after the signing"] = claims => Replaced(Good(claims), 1, Part(With(Copy(claims), "tenant_id", "golf2"))),
        ["a header that was changed after the signing"] = claims => Replaced(Good(claims), 0, RawJwt.Part(RawJwt.Hs256)),
        ["without its signature"] = claims => Replaced(Good(claims), 2, ""),
        ["a fourth part"] = claims => $"{Good(claims)}.e30",
        ["a LiveKit token of ours"] = _ => RawJwt.Of(GatewayBench.Key.Secret, """{"iss":"devkey","exp":4000000000}"""),
    };

    private readonly GatewayBench bench = new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.ApiKeys, """{"golf": "golf-key-hunter2", "other": "other-key-hunter2"}"""),
        (SettingNames.ApiTokenSecret, Secret),
        (AccessSettingNames.ApiTokenPrivateKey, Ours.ExportPkcs8PrivateKeyPem()),
        (AccessSettingNames.ApiTokenPublicKeys, Second.ExportSubjectPublicKeyInfoPem()));

    public static TheoryData<string> Attacks => [.. Forgeries.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_forged_token_opens_nothing_and_its_sender_is_not_told_why(string attack)
    {
        var answer = await StartAsync(Forgeries[attack](Claims()));

        Assert.Equal(401, answer.Status);
        Assert.Equal(GatewayBench.Text(await StartAsync("nothing")), GatewayBench.Text(answer));
        Assert.Empty(bench.Journal.Appended);
    }

    [Fact]
    public async Task The_same_claims_signed_by_the_secret_by_the_pair_and_by_the_second_key_begin_calls()
    {
        Assert.Equal(200, (await StartAsync(RawJwt.Of(Secret, Claims().ToJsonString()))).Status);
        Assert.Equal(200, (await StartAsync(Rsa(Claims(), Ours, Kid))).Status);
        Assert.Equal(200, (await StartAsync(Rsa(Claims(), Second, KidOf(Second)))).Status);
        Assert.Equal(3, bench.Journal.Appended.Count);
    }

    [Fact]
    public async Task A_token_that_was_good_is_refused_when_it_is_sent_again_after_its_hour()
    {
        var token = Good(Claims());
        Assert.Equal(200, (await StartAsync(token)).Status);

        bench.Clock.Advance(ApiTokens.Lifetime);

        Assert.Equal(401, (await StartAsync(token)).Status);
    }

    [Fact]
    public async Task A_token_that_was_good_is_refused_when_it_is_sent_again_after_the_secret_and_the_pair_changed()
    {
        var changed = new GatewayBench(
            GatewayBench.DiagnosticsKey,
            (SettingNames.ApiKeys, """{"golf": "golf-key-hunter2"}"""),
            (SettingNames.ApiTokenSecret, "another-secret-hunter2-hunter2-hunter2"),
            (AccessSettingNames.ApiTokenPrivateKey, Second.ExportPkcs8PrivateKeyPem()));

        Assert.Equal(401, (await StartAsync(Good(Claims()), changed)).Status);
        Assert.Equal(401, (await StartAsync(RawJwt.Of(Secret, Claims().ToJsonString()), changed)).Status);
        Assert.Equal(200, (await StartAsync(Rsa(Claims(), Second, KidOf(Second)), changed)).Status);
    }

    private static string Good(JsonObject claims) => Rsa(claims, Ours, Kid);

    private static string Rsa(JsonObject claims, RSA key, string? kid, string more = "") =>
        By(claims, "RS256", kid, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), more);

    private static string Confused(JsonObject claims, byte[] secret, string? kid) =>
        By(claims, "HS256", kid, text => HMACSHA256.HashData(secret, text));

    private static string By(JsonObject claims, string algorithm, string? kid, Func<byte[], byte[]> sign, string more = "")
    {
        var header = $$"""{"alg":"{{algorithm}}","typ":"JWT"{{(kid is null ? "" : $",\"kid\":\"{kid}\"")}}{{more}}}""";
        var signed = $"{RawJwt.Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Bytes(signed)))}";
    }

    private static string KidOf(RSA key) =>
        new JsonWebToken(new ApiTokens(new ApiTokenKeys(null, key.ExportParameters(true)), TimeProvider.System).Issue("golf")).Kid;

    private static string Jwk(RSA key)
    {
        var parts = key.ExportParameters(false);
        return $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(parts.Modulus)}}","e":"{{Base64Url.EncodeToString(parts.Exponent)}}"}""";
    }

    private static string Part(JsonObject claims) => RawJwt.Part(claims.ToJsonString());

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static JsonObject Copy(JsonObject claims) => claims.DeepClone().AsObject();

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        if (value is null)
        {
            claims.Remove(name);
        }

        return claims;
    }

    private static string Replaced(string token, int part, string other)
    {
        var parts = token.Split('.');
        parts[part] = other;
        return string.Join('.', parts);
    }

    private JsonObject Claims() => new()
    {
        ["iss"] = ApiTokens.Issuer,
        ["aud"] = ApiTokens.Issuer,
        ["iat"] = bench.Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = bench.Clock.GetUtcNow().ToUnixTimeSeconds() + 3600,
        ["sub"] = "golf",
        ["tenant_id"] = "golf",
        ["scope"] = "calls",
    };

    private Task<GatewayResponse> StartAsync(string token, GatewayBench? at = null) =>
        (at ?? bench).SendAsync("POST", "/call/start", "{}"u8.ToArray(), ("Authorization", $"Bearer {token}"));
}
