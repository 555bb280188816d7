using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>
/// Every known attack on a JWT, at both doors that a LiveKit token opens: an agent's lease and the webhooks. The doors differ in the claims
/// alone, so each attack is made on both.
/// </summary>
public sealed class TokenAttackTests
{
    private const string Secret = "livekit-secret-hunter2-livekit-secret";
    private const string WebhookBody = """{"event":"room_started","id":"EV_attack","room":{"sid":"RM_attack","name":"call_attacked"}}""";

    private static readonly RSA AttackersKey = RSA.Create(2048);

    private static readonly Dictionary<string, Func<JsonObject, string>> Forgeries = new()
    {
        ["alg none without a signature"] = claims => $"{RawJwt.Part("""{"alg":"none"}""")}.{Part(claims)}.",
        ["alg none with our signature"] = claims => Signed(claims, """{"alg":"none"}"""),
        ["alg NONE with our signature"] = claims => Signed(claims, """{"alg":"NONE"}"""),
        ["no algorithm"] = claims => Signed(claims, """{"typ":"JWT"}"""),
        ["two algorithms"] = claims => Signed(claims, """{"alg":"HS256","alg":"HS256"}"""),
        ["an algorithm in other letters"] = claims => Signed(claims, """{"alg":"hs256"}"""),
        ["HS512 with our secret"] = claims => By(claims, "HS512", text => HMACSHA512.HashData(Bytes(Secret), text)),
        ["HS384 with our secret"] = claims => By(claims, "HS384", text => HMACSHA384.HashData(Bytes(Secret), text)),
        ["HS512 that says HS256"] = claims => By(claims, "HS256", text => HMACSHA512.HashData(Bytes(Secret), text)),
        ["RS256 by the attacker's key"] = claims =>
            By(claims, "RS256", text => AttackersKey.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ["HS256 with a public key for a secret"] = claims =>
            By(claims, "HS256", text => HMACSHA256.HashData(Bytes(AttackersKey.ExportSubjectPublicKeyInfoPem()), text)),
        ["HS256 with an empty secret"] = claims => By(claims, "HS256", text => HMACSHA256.HashData(Bytes(""), text)),
        ["HS256 with the key's id for a secret"] = claims => RawJwt.Of(GatewayBench.Key.Id, claims.ToJsonString()),
        ["another secret under our key's id"] = claims => RawJwt.Of("guess", claims.ToJsonString()),
        ["the second key's secret under the first one's id"] = claims => RawJwt.Of("second-secret-second-secret", claims.ToJsonString()),
        ["a key of the attacker in the header"] = claims =>
            RawJwt.Of("guess", claims.ToJsonString(), """{"alg":"HS256","jwk":{"kty":"oct","k":"Z3Vlc3M"},"kid":"devkey"}"""),
        ["a header that demands an extension"] = claims => Signed(claims, """{"alg":"HS256","crit":["b64"],"b64":false}"""),
        ["a header that demands nothing known"] = claims => Signed(claims, """{"alg":"HS256","crit":[]}"""),
        ["no key"] = claims => Signed(With(claims, "iss", null)),
        ["a key that was removed"] = claims => RawJwt.Of("removed-secret", With(claims, "iss", "removed").ToJsonString()),
        ["our key's id in other letters"] = claims => Signed(With(claims, "iss", "DEVKEY")),
        ["an issuer that is told twice"] = claims =>
            RawJwt.Of(Secret, claims.ToJsonString().Replace("{\"iss\"", "{\"iss\":\"x\",\"iss\"", StringComparison.Ordinal)),
        ["a signature with padding"] = claims => Signed(claims) + "=",
        ["a signature with other unused bits"] = claims => Twist(Signed(claims)),
        ["a signature in standard base64"] = claims => Signed(claims).Replace('-', '+').Replace('_', '/') + "=",
        ["a fourth part"] = claims => $"{Signed(claims)}.e30",
        ["a line feed at the end"] = claims => Signed(claims) + "\n",
        ["claims that were changed after the signing"] = claims => Replaced(Signed(claims), 1, Part(With(claims, "more", "1"))),
        ["a header that was changed after the signing"] = claims => Replaced(Signed(claims), 0, RawJwt.Part("""{"alg":"HS256"}""")),
        ["no expiry"] = claims => Signed(With(claims, "exp", null)),
        ["an expiry as text"] = claims => Signed(With(claims, "exp", $"{claims["exp"]}")),
        ["an expiry that was"] = claims => Signed(Later(claims, "exp", -400)),
        ["an expiry in a hundred years"] = claims => Signed(Later(claims, "exp", 100L * 365 * 24 * 3600)),
        ["an expiry in a month"] = claims => Signed(Later(claims, "exp", 30 * 24 * 3600)),
        ["an expiry beyond all calendars"] = claims => Signed(With(claims, "exp", long.MaxValue)),
        ["a beginning in two minutes"] = claims => Signed(Later(claims, "nbf", 120)),
        ["made in two minutes"] = claims => Signed(Later(claims, "iat", 120)),
        ["longer than any token"] = claims => Signed(With(claims, "more", new string('x', LiveKitJwt.MaxLength))),
    };

    private readonly GatewayBench bench = new(
        null,
        (SettingNames.LiveKitApiKeySecondary, "second"),
        (SettingNames.LiveKitApiSecretSecondary, "second-secret-second-secret"));

    public static TheoryData<string> Attacks => [.. Forgeries.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_forged_token_opens_no_door_and_its_sender_is_not_told_why(string attack)
    {
        await bench.CallerJoinsAsync();

        var lease = await LeaseAsync(Forgeries[attack](LeaseClaims()));
        var webhook = await WebhookAsync(Forgeries[attack](WebhookClaims()));

        Assert.Equal(GatewayBench.Text(await LeaseAsync("nothing")), GatewayBench.Text(lease));
        Assert.Equal(GatewayBench.Text(await WebhookAsync("nothing")), GatewayBench.Text(webhook));
        Assert.Equal((401, 401), (lease.Status, webhook.Status));
        Assert.DoesNotContain("lease:1", (await bench.StateAsync()).Claims.Keys);
        Assert.Single(bench.Journal.Appended);
    }

    [Fact]
    public async Task The_same_claims_signed_by_the_key_open_both()
    {
        await bench.CallerJoinsAsync();

        Assert.Equal(200, (await LeaseAsync(Signed(LeaseClaims()))).Status);
        Assert.Equal(200, (await WebhookAsync(Signed(WebhookClaims()))).Status);
        Assert.Equal(2, bench.Journal.Appended.Count);
    }

    [Fact]
    public async Task The_token_of_one_door_does_not_open_the_other()
    {
        await bench.CallerJoinsAsync();

        Assert.Equal(401, (await LeaseAsync(Signed(WebhookClaims()))).Status);
        Assert.Equal(401, (await WebhookAsync(Signed(LeaseClaims()))).Status);
    }

    private static string Signed(JsonObject claims, string header = RawJwt.Hs256) => RawJwt.Of(Secret, claims.ToJsonString(), header);

    private static string Part(JsonObject claims) => RawJwt.Part(claims.ToJsonString());

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string By(JsonObject claims, string algorithm, Func<byte[], byte[]> sign)
    {
        var signed = $"{RawJwt.Part($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Bytes(signed)))}";
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    private static JsonObject Later(JsonObject claims, string name, long seconds) => With(claims, name, (long)claims[name]! + seconds);

    private static string Replaced(string token, int part, string other)
    {
        var parts = token.Split('.');
        parts[part] = other;
        return string.Join('.', parts);
    }

    /// <summary>The last character of 32 bytes in base64 has two bits that mean nothing.</summary>
    private static string Twist(string token)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return $"{token[..^1]}{Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) ^ 1]}";
    }

    private JsonObject Claims() => new()
    {
        ["iss"] = GatewayBench.Key.Id,
        ["exp"] = bench.Clock.GetUtcNow().ToUnixTimeSeconds() + 300,
        ["nbf"] = bench.Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["iat"] = bench.Clock.GetUtcNow().ToUnixTimeSeconds(),
    };

    private JsonObject LeaseClaims()
    {
        var claims = Claims();
        claims["sub"] = "agent-AJ_1";
        claims["kind"] = "agent";
        claims["video"] = new JsonObject { ["roomJoin"] = true, ["room"] = GatewayBench.RoomName };
        return claims;
    }

    private JsonObject WebhookClaims() => With(Claims(), "sha256", Convert.ToBase64String(SHA256.HashData(Bytes(WebhookBody))));

    private Task<GatewayResponse> LeaseAsync(string token)
    {
        var fence = GatewayBench.Fence.Of(GatewayBench.Call, 1);
        var body = $$"""{"callId":"{{GatewayBench.Call}}","fence":"{{fence}}","epoch":1,"job":"AJ_1"}""";
        return bench.SendAsync("POST", "/agents/lease", Bytes(body), ("Authorization", $"Bearer {token}"));
    }

    private Task<GatewayResponse> WebhookAsync(string token) =>
        bench.SendAsync("POST", "/livekit/webhook", Bytes(WebhookBody), ("Authorization", token));
}
