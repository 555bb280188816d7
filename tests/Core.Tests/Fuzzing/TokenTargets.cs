using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>LiveKit's tokens: forged ones, and ones with strange claims that a key of ours signed.</summary>
internal static class TokenTargets
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly LiveKitKey Key = new("devkey", "a-secret-of-the-fuzzer-0123456789-0123456789");
    private static readonly LiveKitKeyring Keyring = new(Key);

    private static readonly string Good = LiveKitJwt.Sign(
        Key, new LiveKitTokenPayload { Iss = Key.Id, Sub = "agent", Nbf = Now.ToUnixTimeSeconds(), Exp = Now.ToUnixTimeSeconds() + 300 });

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new(
            "livekit-token",
            [Bytes(Good), Bytes($"Bearer {Good}"), .. LiveKitFixture.All.SelectMany(one => one.Webhooks.Take(1)).Select(Authorization)],
            [".", "Bearer ", "eyJhbGciOiJub25lIn0", "e30", "="],
            CheckForged),
        new(
            "livekit-claims",
            [Bytes(Claims("")), Bytes(Claims(""","video":{"room":"r"},"sip":{"call":true},"sha256":"x","metadata":"{}" """))],
            ["\"exp\":", "\"nbf\":", "\"iat\":", "null", "1e9", "\"iss\":", "{", "}", ",", "\"video\":{"],
            CheckSigned),
    ];

    /// <summary>No change of a token passes, but for what is not signed: the scheme before it.</summary>
    private static string CheckForged(byte[] bytes)
    {
        var authorization = Encoding.UTF8.GetString(bytes);
        var verification = LiveKitJwt.Check(Keyring, authorization, Now, out var payload);
        Assert.Equal(verification == TokenVerification.Authentic, payload is not null);
        var isGood = authorization.EndsWith(Good, StringComparison.Ordinal)
            && authorization[..^Good.Length] is var scheme
            && (scheme.Length == 0 || scheme.Equals("Bearer ", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(isGood, verification == TokenVerification.Authentic);
        return $"{verification}";
    }

    /// <summary>Whatever the claims are, a token passes only with an expiry that is still to come, and with our key's name.</summary>
    private static string CheckSigned(byte[] claims)
    {
        var signed = $"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{Base64Url.EncodeToString(claims)}";
        var signature = HMACSHA256.HashData(Bytes(Key.Secret), Bytes(signed));
        var verification = LiveKitJwt.Check(Keyring, $"{signed}.{Base64Url.EncodeToString(signature)}", Now, out var payload);
        Assert.Equal(verification == TokenVerification.Authentic, payload is not null);
        Assert.True(payload is null || payload.Iss == Key.Id, "passed with another key's name");
        Assert.True(payload is null || payload.Exp >= Now.ToUnixTimeSeconds() - LiveKitJwt.LeewaySeconds, "passed without a time to come");
        return $"{verification}";
    }

    private static byte[] Authorization(FixtureWebhook webhook) => Bytes(webhook.Authorization);

    private static string Claims(string more) =>
        $$"""{"iss":"{{Key.Id}}","sub":"agent","nbf":{{Now.ToUnixTimeSeconds()}},"exp":{{Now.ToUnixTimeSeconds() + 300}}{{more}}}""";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
