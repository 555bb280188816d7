using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// Our tokens and webhook signatures against LiveKit's own JavaScript SDK, in both directions. The SDK reads the real
/// clock, so these tests do too.
/// </summary>
public sealed class LiveKitOracleTests : IDisposable
{
    private const int Rounds = 60;

    private readonly NodeOracle sdk = new("livekit.mjs");
    private readonly Random random = new(20261121);

    public void Dispose() => sdk.Dispose();

    [Fact]
    public async Task The_sdk_reads_out_of_our_tokens_what_we_put_in()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var grants = AnyGrants();

            var answer = await AskAsync(new
            {
                ask = "verify",
                id = key.Id,
                secret = key.Secret,
                token = LiveKitToken.Mint(key, grants, Now, LiveKitToken.DefaultLifetime),
            });

            Assert.Equal(key.Id, (string?)answer["value"]!["iss"]);
            Assert.Equal(grants, GrantsOf(answer["value"]!["video"]!));
        }
    }

    [Fact]
    public async Task We_read_out_of_the_sdks_tokens_what_it_put_in()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var grants = AnyGrants();
            var video =
                new { roomCreate = grants.RoomCreate, roomList = grants.RoomList, roomAdmin = grants.RoomAdmin, room = grants.Room };

            var answer = await AskAsync(new { ask = "mint", id = key.Id, secret = key.Secret, grants = video });

            Assert.True(LiveKitToken.TryVerify(new LiveKitKeyring(key), (string?)answer["value"], Now, out var claims));
            Assert.Equal((key.Id, grants), (claims.KeyId, claims.Grants));
        }
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("sip")]
    [InlineData(null)]
    public async Task We_read_in_the_sdks_tokens_who_joins_as_what(string? kind)
    {
        var key = AnyKey();

        var answer = await AskAsync(new
        {
            ask = "mint",
            id = key.Id,
            secret = key.Secret,
            identity = "agent-AJ_1",
            kind,
            grants = new { roomJoin = true, room = "call_1" },
        });

        Assert.True(LiveKitToken.TryVerify(new LiveKitKeyring(key), (string?)answer["value"], Now, out var claims));
        Assert.Equal(
            ("agent-AJ_1", kind ?? LiveKitTokenClaims.Standard, new LiveKitGrants { RoomJoin = true, Room = "call_1" }),
            (claims.Subject, claims.Kind, claims.Grants));
    }

    [Fact]
    public async Task The_sdk_accepts_the_job_token_that_we_mint()
    {
        var key = AnyKey();
        var token = LiveKitToken.MintFor(
            key, "agent-AJ_1", LiveKitGrants.JoinAsAgent("call_1"), Now, LiveKitToken.DefaultLifetime);

        var claims = (await AskAsync(new { ask = "verify", id = key.Id, secret = key.Secret, token }))["value"]!;

        Assert.Equal(
            ("agent-AJ_1", "agent", true, "call_1"),
            ((string?)claims["sub"], (string?)claims["kind"], (bool)claims["video"]!["agent"]!, (string?)claims["video"]!["room"]));
    }

    [Fact]
    public async Task The_sdk_accepts_the_token_of_a_caller_and_reads_what_it_may_do()
    {
        var key = AnyKey();
        var token = LiveKitToken.MintFor(
            key,
            "driver_1",
            LiveKitGrants.JoinAsSpeaker("call_1"),
            Now,
            TimeSpan.FromHours(1),
            new Dictionary<string, string> { [LiveKitAttributes.Role] = LiveKitAttributes.CallerRole });

        var claims = (await AskAsync(new { ask = "verify", id = key.Id, secret = key.Secret, token }))["value"]!;

        Assert.Equal(
            """{"roomJoin":true,"room":"call_1","canPublish":true,"canPublishSources":["microphone"],"canSubscribe":true,"""
                + "\"canPublishData\":false}",
            claims["video"]!.ToJsonString());
        Assert.Equal(("driver_1", "caller"), ((string?)claims["sub"], (string?)claims["attributes"]![LiveKitAttributes.Role]));
    }

    [Fact]
    public async Task We_accept_the_webhooks_that_the_sdk_signs_and_refuse_them_spoiled_as_it_does()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var body = AnyBody();
            var verifier = new LiveKitWebhookVerifier(new LiveKitKeyring(key), TimeProvider.System);

            var token = (string)(await AskAsync(new { ask = "signWebhook", id = key.Id, secret = key.Secret, body }))["value"]!;

            Assert.Equal(TokenVerification.Authentic, verifier.Verify(token, Encoding.UTF8.GetBytes(body)));
            await BothRefuseAsync(key, verifier, Spoiled(token), body);
            await BothRefuseAsync(key, verifier, token, body + " ");
            await BothRefuseAsync(
                key with { Secret = key.Secret + "x" },
                new LiveKitWebhookVerifier(new LiveKitKeyring(key with { Secret = key.Secret + "x" }), TimeProvider.System),
                token,
                body);
        }
    }

    [Fact]
    public async Task The_sdk_accepts_the_webhooks_that_we_sign_and_refuses_them_spoiled_as_we_do()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var body = AnyBody();
            var verifier = new LiveKitWebhookVerifier(new LiveKitKeyring(key), TimeProvider.System);

            var token = LiveKitWebhookSigner.Sign(key, Encoding.UTF8.GetBytes(body), Now);

            var answer = await AskAsync(new { ask = "receiveWebhook", id = key.Id, secret = key.Secret, body, token });
            Assert.Equal((string?)JsonNode.Parse(body)!["id"], (string?)answer["value"]?["id"]);
            await BothRefuseAsync(key, verifier, Spoiled(token), body);
            await BothRefuseAsync(key, verifier, token, body + " ");
            await BothRefuseAsync(key, verifier, LiveKitWebhookSigner.Sign(key, Encoding.UTF8.GetBytes(body), Now.AddMinutes(-7)), body);
            await BothRefuseAsync(key, verifier, LiveKitWebhookSigner.Sign(key, Encoding.UTF8.GetBytes(body), Now.AddMinutes(7)), body);
        }
    }

    [Fact]
    public async Task We_read_the_recorded_webhooks_as_the_sdk_does()
    {
        foreach (var webhook in LiveKitFixture.Load("sip-inbound-with-room-config-agent").Webhooks)
        {
            var body = Encoding.UTF8.GetString(webhook.Body);
            var key = AnyKey();

            var answer = await AskAsync(new
            {
                ask = "receiveWebhook",
                id = key.Id,
                secret = key.Secret,
                body,
                token = LiveKitWebhookSigner.Sign(key, webhook.Body, Now),
            });

            Assert.True(LiveKitWebhookParser.TryParse(webhook.Body, out var ours));
            Assert.True(LiveKitWebhookParser.TryParse(Encoding.UTF8.GetBytes(answer["value"]!.ToJsonString()), out var theirs));
            Assert.Equivalent(theirs, ours, strict: true);
        }
    }

    [Fact]
    public async Task We_dial_as_the_sdk_does()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var (trunk, to, room, identity) = ($"ST_{AnyText(8)}", AnyText(12), AnyText(12), $"human_{AnyText(26)}");
            var request = new LiveKitSipParticipantRequest(trunk, to, room, identity)
            {
                ParticipantName = random.Next(2) == 0 ? null : AnyText(10),
                From = random.Next(2) == 0 ? null : AnyText(12),
                PlayDialtone = random.Next(2) == 0,
                RingingTimeout = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 80)),
                MaxCallDuration = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 9000)),
            };
            var server = new LiveKitApiHarness(ScriptedHttp.Answer(200, "{}"));

            await server.Api.CreateSipParticipantAsync(request, TestContext.Current.CancellationToken);
            var theirs = (await AskAsync(new
            {
                ask = "dial",
                id = "devkey",
                secret = "secretsecretsecretsecretsecretsecret",
                trunk,
                to,
                room,
                options = new
                {
                    participantIdentity = identity,
                    participantName = request.ParticipantName,
                    fromNumber = request.From,
                    playDialtone = request.PlayDialtone,
                    ringingTimeout = request.RingingTimeout?.TotalSeconds,
                    maxCallDuration = request.MaxCallDuration?.TotalSeconds,
                },
            }))["value"]!;

            var ours = Assert.Single(server.Http.Sent);
            Assert.Equal((string?)theirs["url"], ours.Uri);
            Assert.Equal(Meaning(theirs["body"]!.AsObject()), Meaning(JsonNode.Parse(ours.Body)!.AsObject()));
            Assert.True(LiveKitToken.TryVerify(LiveKitApiHarness.Keyring, (string?)theirs["token"], Now, out var claims));
            Assert.Equal(LiveKitGrants.PlaceCalls, claims.Grants);
        }
    }

    /// <summary>A message's fields by name without its zeros, for which nothing stands just as well.</summary>
    private static SortedDictionary<string, string> Meaning(JsonObject message) => new(
        message.Where(field => field.Value is not null && field.Value.ToJsonString() is not ("false" or "\"\""))
            .ToDictionary(field => field.Key.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant(), field =>
                field.Value!.ToJsonString()),
        StringComparer.Ordinal);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task BothRefuseAsync(LiveKitKey key, LiveKitWebhookVerifier verifier, string token, string body)
    {
        Assert.NotEqual(TokenVerification.Authentic, verifier.Verify(token, Encoding.UTF8.GetBytes(body)));
        Assert.NotNull((await AskAsync(new { ask = "receiveWebhook", id = key.Id, secret = key.Secret, body, token }))["error"]);
    }

    private Task<JsonNode> AskAsync(object question) => sdk.AskAsync(question, TestContext.Current.CancellationToken);

    /// <summary>
    /// One character of the claims or the signature is another one. (The signature's last is left alone: only its upper bits count to
    /// the SDK, to us all of them.)
    /// </summary>
    private string Spoiled(string token)
    {
        var at = random.Next(token.IndexOf('.', StringComparison.Ordinal) + 1, token.Length - 1);
        return $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
    }

    private LiveKitKey AnyKey() => new($"API{AnyText(12)}", AnyText(32 + random.Next(32)));

    private LiveKitGrants AnyGrants() => new()
    {
        RoomCreate = random.Next(2) == 0,
        RoomList = random.Next(2) == 0,
        RoomAdmin = random.Next(2) == 0,
        Room = random.Next(4) == 0 ? null : AnyText(1 + random.Next(30)),
    };

    private string AnyBody() => new JsonObject
    {
        ["event"] = LiveKitEventName.RoomStarted,
        ["room"] = new JsonObject { ["sid"] = "RM_1", ["name"] = AnyText(random.Next(200)), ["metadata"] = AnyText(random.Next(2000)) },
        ["id"] = $"EV_{AnyText(12)}",
    }.ToJsonString(
        new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private string AnyText(int length) => string.Concat(Enumerable.Range(0, length)
        .Select(_ => random.GetItems(["a", "Z", "7", "-", "_", "+", "/", "<", "&", "\"", "\\", "ü", "日", "😀", " "], 1)[0]));

    private static LiveKitGrants GrantsOf(JsonNode video) => new()
    {
        RoomCreate = (bool?)video["roomCreate"] ?? false,
        RoomList = (bool?)video["roomList"] ?? false,
        RoomAdmin = (bool?)video["roomAdmin"] ?? false,
        Room = (string?)video["room"],
    };
}
