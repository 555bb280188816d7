using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Livekit.Server.Sdk.Dotnet;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.LiveKitSdk.Tests;

/// <summary>
/// Our tokens and webhook signatures against LiveKit's .NET SDK, which reads the real clock. It takes no secret of fewer than 32
/// bytes, and throws on a webhook with a field or an enum's value that it does not know: no secret here is shorter, and no body
/// holds anything newer than it.
/// </summary>
public sealed class LiveKitSdkTests
{
    private const int Rounds = 60;

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Random random = new(20_261_121);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public void The_SDK_reads_out_of_our_tokens_what_we_put_in()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var grants = AnyGrants();

            var claims = new TokenVerifier(key.Id, key.Secret).Verify(LiveKitToken.Mint(key, grants, Now, LiveKitToken.DefaultLifetime));

            Assert.Equal(grants, GrantsOf(claims.Video));
        }
    }

    [Fact]
    public void The_SDK_refuses_our_tokens_spoiled()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var grants = AnyGrants();
            var sdk = new TokenVerifier(key.Id, key.Secret);
            var token = LiveKitToken.Mint(key, grants, Now, LiveKitToken.DefaultLifetime);

            Assert.ThrowsAny<Exception>(() => sdk.Verify(Spoiled(token)));
            Assert.ThrowsAny<Exception>(() => new TokenVerifier(key.Id, key.Secret + "x").Verify(token));
            Assert.ThrowsAny<Exception>(() => new TokenVerifier(key.Id + "x", key.Secret).Verify(token));
            Assert.ThrowsAny<Exception>(() => sdk.Verify(LiveKitToken.Mint(key, grants, Now.AddMinutes(-7), LiveKitToken.DefaultLifetime)));
            Assert.ThrowsAny<Exception>(() => sdk.Verify(LiveKitToken.Mint(key, grants, Now.AddMinutes(7), LiveKitToken.DefaultLifetime)));
        }
    }

    [Fact]
    public void The_SDK_accepts_the_webhooks_that_we_sign_and_refuses_them_spoiled()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var key = AnyKey();
            var sdk = new WebhookReceiver(key.Id, key.Secret);
            var body = AnyBody().ToJsonString(AsWritten);
            var bytes = Encoding.UTF8.GetBytes(body);

            var token = LiveKitWebhookSigner.Sign(key, bytes, Now);

            var received = sdk.Receive(body, token);
            Assert.True(LiveKitWebhookParser.TryParse(bytes, out var ours));
            Assert.Equal(
                (ours.Id, ours.Event, ours.Room?.Name, ours.Participant?.Identity, ours.Participant?.Attributes.Single().Value),
                (
                    received.Id,
                    received.Event,
                    received.Room.Name,
                    received.Participant.Identity,
                    received.Participant.Attributes.Single().Value));
            Assert.ThrowsAny<Exception>(() => sdk.Receive(body, Spoiled(token)));
            Assert.ThrowsAny<Exception>(() => sdk.Receive(body + " ", token));
            Assert.ThrowsAny<Exception>(() => new WebhookReceiver(key.Id, key.Secret + "x").Receive(body, token));
            Assert.ThrowsAny<Exception>(() => sdk.Receive(body, LiveKitWebhookSigner.Sign(key, bytes, Now.AddMinutes(-7))));
            Assert.ThrowsAny<Exception>(() => sdk.Receive(body, LiveKitWebhookSigner.Sign(key, bytes, Now.AddMinutes(7))));
        }
    }

    private static LiveKitGrants GrantsOf(VideoGrants video) => new()
    {
        RoomCreate = video.RoomCreate,
        RoomList = video.RoomList,
        RoomAdmin = video.RoomAdmin,
        RoomJoin = video.RoomJoin,
        Room = video.Room.Length == 0 ? null : video.Room,
    };

    /// <summary>
    /// One character of the claims or the signature is another one. The signature's last is left alone: only its upper bits count
    /// to the SDK, to us all of them.
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

    private JsonObject AnyBody() => new()
    {
        ["event"] = LiveKitEventName.ParticipantJoined,
        ["room"] = new JsonObject { ["sid"] = "RM_1", ["name"] = AnyText(random.Next(200)), ["metadata"] = AnyText(random.Next(2000)) },
        ["participant"] = new JsonObject
        {
            ["sid"] = "PA_1",
            ["identity"] = AnyText(1 + random.Next(30)),
            ["state"] = "ACTIVE",
            ["kind"] = "SIP",
            ["joinedAtMs"] = "1795240704123",
            ["attributes"] = new JsonObject { [LiveKitAttributes.SipCallId] = AnyText(20) },
        },
        ["id"] = $"EV_{AnyText(12)}",
        ["createdAt"] = "1795240704",
    };

    private string AnyText(int length) => string.Concat(Enumerable.Range(0, length)
        .Select(_ => random.GetItems(["a", "Z", "7", "-", "_", "+", "/", "<", "&", "\"", "\\", "ü", "日", "😀", " "], 1)[0]));
}
