using System.Text;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

public sealed class LiveKitWebhookVerifierTests
{
    public static TheoryData<string> Recordings => LiveKitFixture.Names;

    private const string Secret = "secretsecretsecretsecretsecretsecret";
    private static readonly LiveKitKey Key = new("devkey", Secret);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_795_240_704);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"event":"room_started", "id":"EV_1"}""");
    private static readonly string BodySha256 = BodyHash.Of(Body);

    private readonly ManualClock clock = new(Now);
    private readonly LiveKitWebhookVerifier verifier;

    public LiveKitWebhookVerifierTests() => verifier = new LiveKitWebhookVerifier(new LiveKitKeyring(Key), clock);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_webhook_of_a_real_server_is_authentic(string recording)
    {
        var (_, key, webhooks, _) = LiveKitFixture.Load(recording);
        foreach (var webhook in webhooks)
        {
            var verification = new LiveKitWebhookVerifier(new LiveKitKeyring(key), new ManualClock(webhook.SentAt))
                .Verify(webhook.Authorization, webhook.Body);

            Assert.Equal(TokenVerification.Authentic, verification);
        }
    }

    [Fact]
    public void Our_signature_of_a_recorded_body_is_the_real_servers_to_the_letter()
    {
        foreach (var recording in LiveKitFixture.All)
        {
            Assert.All(recording.Webhooks, webhook =>
                Assert.Equal(webhook.Authorization, LiveKitWebhookSigner.Sign(recording.Key, webhook.Body, webhook.SentAt)));
        }
    }

    [Fact]
    public void One_changed_bit_of_a_body_is_a_mismatch()
    {
        var webhook = LiveKitFixture.Load("sip-inbound-twilio-headers").Webhooks[1];
        clock.SetUtcNow(webhook.SentAt);
        for (var i = 0; i < webhook.Body.Length; i++)
        {
            var changed = (byte[])webhook.Body.Clone();
            changed[i] ^= (byte)(1 << (i % 8));

            Assert.Equal(TokenVerification.BodyMismatch, verifier.Verify(webhook.Authorization, changed));
        }

        Assert.Equal(TokenVerification.BodyMismatch, verifier.Verify(webhook.Authorization, webhook.Body.AsSpan(1)));
        Assert.Equal(TokenVerification.BodyMismatch, verifier.Verify(webhook.Authorization, [.. webhook.Body, (byte)'\n']));
    }

    [Fact]
    public void One_changed_character_of_a_token_is_never_authentic()
    {
        var webhook = LiveKitFixture.Load("room-lifecycle").Webhooks[0];
        clock.SetUtcNow(webhook.SentAt);
        for (var i = 0; i < webhook.Authorization.Length; i++)
        {
            foreach (var other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= \né".Where(other =>
                other != webhook.Authorization[i]))
            {
                var changed = webhook.Authorization.ToCharArray();
                changed[i] = other;

                Assert.NotEqual(TokenVerification.Authentic, verifier.Verify(new string(changed), webhook.Body));
            }
        }
    }

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData(".")]
    [InlineData("A")]
    public void Nothing_may_follow_the_token(string more)
    {
        var token = LiveKitWebhookSigner.Sign(Key, Body, Now);

        Assert.NotEqual(TokenVerification.Authentic, verifier.Verify(token + more, Body));
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    public void A_scheme_before_the_token_is_allowed(string scheme) =>
        Assert.Equal(TokenVerification.Authentic, verifier.Verify(scheme + LiveKitWebhookSigner.Sign(Key, Body, Now), Body));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    public void No_token_is_missing(string? authorization) =>
        Assert.Equal(TokenVerification.MissingToken, verifier.Verify(authorization, Body));

    [Theory]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a..c")]
    [InlineData(".b.c")]
    [InlineData("Basic ZGV2a2V5OnNlY3JldA==")]
    [InlineData("not a jwt at all")]
    public void What_is_no_token_is_malformed(string authorization) =>
        Assert.Equal(TokenVerification.MalformedToken, verifier.Verify(authorization, Body));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"iss":5}""")]
    [InlineData("""{"iss":"devkey","exp":"1795241004"}""")]
    [InlineData("""{"iss":"devkey","exp":99999999999999999999999}""")]
    [InlineData("""{"iss":"devkey","iss":"devkey","exp":1795241004}""")]
    [InlineData("""{"iss":"\ud800","exp":1795241004}""")]
    [InlineData("""{"\ud800":"devkey","exp":1795241004}""")]
    public void Claims_of_the_wrong_type_are_malformed_even_if_signed(string payload) =>
        Assert.Equal(TokenVerification.MalformedToken, verifier.Verify(RawJwt.Of(Secret, payload), Body));

    [Fact]
    public void A_token_too_long_to_be_LiveKits_is_malformed() =>
        Assert.Equal(
            TokenVerification.MalformedToken,
            verifier.Verify(RawJwt.Of(Secret, Claims() + new string(' ', LiveKitJwt.MaxLength)), Body));

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("RS256")]
    [InlineData("HS512")]
    [InlineData("hs256")]
    [InlineData("")]
    public void Only_one_algorithm_is_taken(string algorithm) =>
        Assert.Equal(TokenVerification.WrongAlgorithm, verifier.Verify(RawJwt.Of(Secret, Claims(), $$"""{"alg":"{{algorithm}}"}"""), Body));

    [Theory]
    [InlineData("""["exp"]""")]
    [InlineData("""["b64"]""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public void A_header_that_demands_an_extension_is_refused(string crit) => Assert.Equal(
        TokenVerification.CriticalHeader, verifier.Verify(RawJwt.Of(Secret, Claims(), $$"""{"alg":"HS256","crit":{{crit}}}"""), Body));

    [Fact]
    public void A_header_without_an_algorithm_is_refused() =>
        Assert.Equal(TokenVerification.WrongAlgorithm, verifier.Verify(RawJwt.Of(Secret, Claims(), """{"typ":"JWT"}"""), Body));

    [Fact]
    public void A_token_without_a_signature_is_refused() =>
        Assert.Equal(TokenVerification.BadSignature, verifier.Verify($"{RawJwt.Part(RawJwt.Hs256)}.{RawJwt.Part(Claims())}.", Body));

    [Theory]
    [InlineData("""{"exp":1795241004}""")]
    [InlineData("""{"iss":null,"exp":1795241004}""")]
    [InlineData("""{"iss":"","exp":1795241004}""")]
    [InlineData("""{"iss":"otherkey","exp":1795241004}""")]
    public void A_key_that_is_not_ours_is_unknown(string payload) =>
        Assert.Equal(TokenVerification.UnknownKey, verifier.Verify(RawJwt.Of(Secret, payload), Body));

    [Fact]
    public void Another_secret_under_our_keys_name_is_refused() =>
        Assert.Equal(TokenVerification.BadSignature, verifier.Verify(RawJwt.Of("guess", Claims()), Body));

    [Fact]
    public void While_a_key_is_replaced_both_keys_verify_and_neither_signs_in_the_others_name()
    {
        var next = new LiveKitKey("next", "another secret of enough length");
        var both = new LiveKitWebhookVerifier(new LiveKitKeyring(next, Key), clock);

        Assert.Equal(TokenVerification.Authentic, both.Verify(LiveKitWebhookSigner.Sign(Key, Body, Now), Body));
        Assert.Equal(TokenVerification.Authentic, both.Verify(LiveKitWebhookSigner.Sign(next, Body, Now), Body));
        Assert.Equal(TokenVerification.BadSignature, both.Verify(LiveKitWebhookSigner.Sign(next with { Id = Key.Id }, Body, Now), Body));
        Assert.Equal(TokenVerification.UnknownKey, verifier.Verify(LiveKitWebhookSigner.Sign(next, Body, Now), Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","exp":null""")]
    public void A_token_that_never_expires_is_refused(string exp) =>
        Assert.Equal(
            TokenVerification.MissingExpiry,
            verifier.Verify(RawJwt.Of(Secret, $$"""{"iss":"devkey","sha256":"{{BodySha256}}"{{exp}}}"""), Body));

    [Theory]
    [InlineData(-60, TokenVerification.Authentic)]
    [InlineData(-61, TokenVerification.Expired)]
    [InlineData(long.MinValue, TokenVerification.Expired)]
    [InlineData((24 * 3600) + 60, TokenVerification.Authentic)]
    [InlineData((24 * 3600) + 61, TokenVerification.LivesTooLong)]
    [InlineData(100L * 365 * 24 * 3600, TokenVerification.LivesTooLong)]
    [InlineData(long.MaxValue, TokenVerification.LivesTooLong)]
    public void A_token_may_have_expired_a_minute_ago(long exp, TokenVerification expected) =>
        Assert.Equal(expected, verifier.Verify(RawJwt.Of(Secret, Claims(exp: Seconds(exp))), Body));

    [Theory]
    [InlineData(60, TokenVerification.Authentic)]
    [InlineData(61, TokenVerification.NotYetValid)]
    [InlineData(long.MaxValue, TokenVerification.NotYetValid)]
    [InlineData(long.MinValue, TokenVerification.Authentic)]
    public void A_token_may_begin_in_a_minute(long from, TokenVerification expected)
    {
        Assert.Equal(expected, verifier.Verify(RawJwt.Of(Secret, Claims(nbf: Seconds(from))), Body));
        Assert.Equal(expected, verifier.Verify(RawJwt.Of(Secret, Claims(iat: Seconds(from))), Body));
    }

    [Theory]
    [InlineData("""{"iss":"devkey","exp":1795241004}""")]
    [InlineData("""{"iss":"devkey","exp":1795241004,"sha256":null}""")]
    [InlineData("""{"iss":"devkey","exp":1795241004,"sha256":""}""")]
    public void A_good_token_that_speaks_of_no_body_is_a_mismatch(string payload)
    {
        Assert.Equal(TokenVerification.BodyMismatch, verifier.Verify(RawJwt.Of(Secret, payload), Body));
        Assert.Equal(TokenVerification.BodyMismatch, verifier.Verify(RawJwt.Of(Secret, payload), []));
    }

    [Fact]
    public void The_hash_is_standard_base64_with_padding()
    {
        var body = Enumerable.Range(0, 1000)
            .Select(i => Encoding.UTF8.GetBytes($"{i}"))
            .First(body => BodyHash.Of(body) is var hash && hash.Contains('+') && hash.Contains('/'));
        var hash = BodyHash.Of(body);

        Assert.Equal(TokenVerification.Authentic, Verify(hash));
        Assert.Equal(TokenVerification.Authentic, Verify(hash.Replace("/", "\\/", StringComparison.Ordinal)));
        Assert.Equal(TokenVerification.BodyMismatch, Verify(hash.TrimEnd('=')));
        Assert.Equal(TokenVerification.BodyMismatch, Verify(hash.Replace('+', '-').Replace('/', '_')));

        TokenVerification Verify(string sha256) => verifier.Verify(RawJwt.Of(Secret, Claims(sha256: sha256)), body);
    }

    private static long Seconds(long offset) => offset is long.MinValue or long.MaxValue ? offset : Now.ToUnixTimeSeconds() + offset;

    private static string Claims(long? exp = null, long? nbf = null, long? iat = null, string? sha256 = null)
    {
        var now = Now.ToUnixTimeSeconds();
        return $$"""{"iss":"devkey","exp":{{exp ?? now + 300}},"nbf":{{nbf ?? now}},"iat":{{iat ?? now}}"""
            + $$""","sha256":"{{sha256 ?? BodySha256}}"}""";
    }
}
