using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit.Tokens;

public sealed class LiveKitTokenTests
{
    private const string Secret = "secretsecretsecretsecretsecretsecret";
    private static readonly LiveKitKey Key = new("devkey", Secret);
    private static readonly LiveKitKeyring Keyring = new(Key);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_795_240_704);

    [Fact]
    public void A_token_says_who_may_do_what_and_until_when()
    {
        var token = LiveKitToken.Mint(Key, LiveKitGrants.AdministerRoom("call_1"), Now, LiveKitToken.DefaultLifetime);

        Assert.Equal(
            RawJwt.Of(
                Secret,
                """{"iss":"devkey","exp":1795241004,"nbf":1795240704,"iat":1795240704,"video":{"roomAdmin":true,"room":"call_1"}}"""),
            token);
    }

    [Fact]
    public void A_token_for_dialling_has_the_sip_grant_alone()
    {
        var token = LiveKitToken.Mint(Key, LiveKitGrants.PlaceCalls, Now, LiveKitToken.DefaultLifetime);

        Assert.Equal(
            RawJwt.Of(Secret, """{"iss":"devkey","exp":1795241004,"nbf":1795240704,"iat":1795240704,"sip":{"call":true}}"""),
            token);
        Assert.True(LiveKitToken.TryVerify(Keyring, token, Now, out var claims));
        Assert.Equal(LiveKitGrants.PlaceCalls, claims.Grants);
    }

    [Fact]
    public void What_was_minted_is_read_back()
    {
        var grants = LiveKitGrants.AdministerRoom("Raum \"1\" + ü");

        var token = LiveKitToken.Mint(Key, grants, Now, TimeSpan.FromSeconds(90));

        Assert.True(LiveKitToken.TryVerify(Keyring, $"Bearer {token}", Now, out var claims));
        Assert.Equal(new LiveKitTokenClaims("devkey", null, Now.AddSeconds(90), grants), claims);
    }

    [Fact]
    public void Each_need_has_its_own_grant_and_no_more()
    {
        Assert.Equal(new LiveKitGrants { RoomCreate = true }, LiveKitGrants.CreateRooms);
        Assert.Equal(new LiveKitGrants { RoomList = true }, LiveKitGrants.ListRooms);
        Assert.Equal(new LiveKitGrants { RoomAdmin = true, Room = "a" }, LiveKitGrants.AdministerRoom("a"));
    }

    [Fact]
    public void A_token_of_the_official_sdk_has_no_type_in_its_header_and_fields_that_are_not_ours()
    {
        var token = RawJwt.Of(
            Secret,
            """{"video":{"roomJoin":true,"room":"x","canPublishSources":["camera"]},"metadata":"m","iss":"devkey","exp":1795241004"""
                + ""","nbf":1795240704,"sub":"alice"}""",
            """{"alg":"HS256"}""");

        Assert.True(LiveKitToken.TryVerify(Keyring, token, Now, out var claims));
        Assert.Equal(("devkey", "alice", Now.AddMinutes(5)), (claims.KeyId, claims.Subject, claims.ExpiresAt));
        Assert.Equal((true, "x"), (claims.Grants.RoomJoin, claims.Grants.Room));
        Assert.Equal(["camera"], claims.Grants.CanPublishSources!);
    }

    [Theory]
    [InlineData(360, true)]
    [InlineData(361, false)]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    public void A_token_is_good_for_its_lifetime_and_a_minute_on_either_side(int secondsLater, bool good)
    {
        var token = LiveKitToken.Mint(Key, LiveKitGrants.ListRooms, Now, LiveKitToken.DefaultLifetime);

        Assert.Equal(good, LiveKitToken.TryVerify(Keyring, token, Now.AddSeconds(secondsLater), out _));
    }

    [Fact]
    public void Nobody_elses_token_is_good()
    {
        var forged = LiveKitToken.Mint(Key with { Secret = "guess" }, LiveKitGrants.CreateRooms, Now, LiveKitToken.DefaultLifetime);
        var foreign = LiveKitToken.Mint(new LiveKitKey("other", Secret), LiveKitGrants.CreateRooms, Now, LiveKitToken.DefaultLifetime);

        Assert.False(LiveKitToken.TryVerify(Keyring, forged, Now, out _));
        Assert.False(LiveKitToken.TryVerify(Keyring, foreign, Now, out _));
    }

    [Theory]
    [InlineData(""","kind":"agent" """, "agent")]
    [InlineData(""","kind":"AGENT" """, "agent")]
    [InlineData(""","kind":"sip" """, "sip")]
    [InlineData(""","kind":"standard" """, "standard")]
    [InlineData(""","video":{"agent":true}""", "agent")]
    [InlineData(""","video":{"agent":true},"kind":"standard" """, "agent")]
    [InlineData(""","video":{"agent":false}""", "standard")]
    [InlineData("", "standard")]
    public void A_token_says_as_what_its_holder_joins(string more, string kind)
    {
        var token = RawJwt.Of(Secret, $$"""{"iss":"devkey","exp":1795241004{{more}}}""");

        Assert.True(LiveKitToken.TryVerify(Keyring, token, Now, out var claims));
        Assert.Equal(kind, claims.Kind);
    }

    [Fact]
    public void The_tokens_that_a_real_server_gave_to_jobs_are_agents_and_live_for_an_hour()
    {
        var payloads = LiveKitFixture.All
            .SelectMany(recording => JsonNode.Parse(File.ReadAllBytes(LiveKitFixture.PathOf(recording.Name)))!["entries"]!.AsArray())
            .Where(entry => (string?)entry!["text"] == "agent token claims")
            .Select(entry => entry!["data"]!)
            .ToList();

        Assert.True(payloads.Count > 20, $"{payloads.Count} tokens");
        Assert.All(payloads, payload =>
        {
            var signedAt = DateTimeOffset.FromUnixTimeSeconds((long)payload["nbf"]!);
            Assert.True(LiveKitToken.TryVerify(Keyring, RawJwt.Of(Secret, payload.ToJsonString()), signedAt, out var claims));
            Assert.Equal(
                ("devkey", (string?)payload["sub"], signedAt.AddHours(1), LiveKitTokenClaims.Agent),
                (claims.KeyId, claims.Subject, claims.ExpiresAt, claims.Kind));
            Assert.Equal(
                (true, true, (string?)payload["video"]!["room"]), (claims.Grants.RoomJoin, claims.Grants.Agent, claims.Grants.Room));
        });
    }

    [Fact]
    public void A_jobs_token_is_minted_with_its_identity_and_kind()
    {
        var token = LiveKitToken.MintFor(Key, "agent-AJ_1", LiveKitGrants.JoinAsAgent("call_1"), Now, TimeSpan.FromHours(1));

        Assert.True(LiveKitToken.TryVerify(Keyring, token, Now, out var claims));
        Assert.Equal(
            new LiveKitTokenClaims("devkey", "agent-AJ_1", Now.AddHours(1), LiveKitGrants.JoinAsAgent("call_1")) { Kind = "agent" },
            claims);
    }

    [Theory]
    [InlineData(24 * 3600, true)]
    [InlineData((24 * 3600) + 61, false)]
    [InlineData(long.MaxValue, false)]
    public void A_token_that_lives_longer_than_any_agent_needs_is_not_good(long seconds, bool good)
    {
        var exp = seconds == long.MaxValue ? seconds : Now.ToUnixTimeSeconds() + seconds;

        Assert.Equal(good, LiveKitToken.TryVerify(Keyring, RawJwt.Of(Secret, $$"""{"iss":"devkey","exp":{{exp}}}"""), Now, out _));
    }

    [Fact]
    public void Garbage_never_throws_and_is_never_good()
    {
        var parts = ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => RawJwt.Part(Encoding.Latin1.GetString(bytes)));
        var tokens = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            parts.Three().Select(three => $"{three.Item1}.{three.Item2}.{three.Item3}"),
            parts.Select(part => $"{RawJwt.Part(RawJwt.Hs256)}.{part}.{part}"));

        Prop.ForAll(tokens.ToArbitrary(), token => !LiveKitToken.TryVerify(Keyring, token, Now, out _)).QuickCheckThrowOnFailure();
    }
}
