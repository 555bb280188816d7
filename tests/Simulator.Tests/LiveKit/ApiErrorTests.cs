using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

public sealed class ApiErrorTests
{
    /// <summary>Every request of the recording again, with a token that says the same: the answer must be the same.</summary>
    [Fact]
    public async Task Requests_that_a_real_server_refuses_are_refused_in_the_same_words()
    {
        var calls = LiveKitFixture.Load("auth-and-protocol-errors").OwnCalls
            .Where(call => !call.Method.StartsWith("SIP/", StringComparison.Ordinal))
            .ToList();
        Assert.True(calls.Count > 15);
        await using var simulation = await Simulation.StartAsync(
            new() { LiveKit = new() { Key = new LiveKitKey("devkey", "secretsecretsecretsecretsecretsecret") } });

        await simulation.RunAsync(async () =>
        {
            foreach (var call in calls)
            {
                var request = call.Entry["request"]!;
                var response = call.Entry["response"]!;
                var answer = await simulation.ApiAsync(
                    call.Method,
                    (string?)request["body"] ?? "",
                    TokenOf(request["tokenClaims"], (string)response["body"]!, simulation.Time.Clock.GetUtcNow()),
                    (string)request["headers"]!["content-type"]!,
                    (string)request["method"]!);

                var (status, type, body) =
                    ((int)response["status"]!, (string)response["headers"]!["content-type"]!, (string)response["body"]!);
                Assert.Equal((status, type), (answer.Status, answer.ContentType));
                if (status == 200)
                {
                    Assert.Equal(JsonNode.Parse(body)!.AsObject().Select(field => field.Key), answer.Json.Select(field => field.Key));
                }
                else if (body.StartsWith('{'))
                {
                    Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), answer.Json), answer.Body);
                }
                else
                {
                    Assert.Equal(body.Split(':')[0], answer.Body.Split(':')[0]);
                }
            }
        });
    }

    [Theory]
    [InlineData("RoomService/CreateRoom", """{"roomList":true,"roomAdmin":true,"room":"r"}""", 401)]
    [InlineData("RoomService/CreateRoom", """{"roomCreate":true}""", 200)]
    [InlineData("RoomService/ListRooms", """{"roomCreate":true}""", 401)]
    [InlineData("RoomService/ListRooms", """{"roomList":true}""", 200)]
    [InlineData("RoomService/ListParticipants", """{"roomAdmin":true}""", 401)]
    [InlineData("RoomService/ListParticipants", """{"roomAdmin":true,"room":"other"}""", 401)]
    [InlineData("RoomService/ListParticipants", """{"roomAdmin":true,"room":"r"}""", 200)]
    [InlineData("AgentDispatchService/CreateDispatch", """{"roomCreate":true,"room":"r"}""", 401)]
    [InlineData("AgentDispatchService/CreateDispatch", """{"roomAdmin":true,"room":"r"}""", 200)]
    public async Task Every_method_needs_its_own_grant(string method, string grants, int status)
    {
        await using var simulation = await Simulation.StartAsync();
        var key = simulation.Network.LiveKit.Key;

        await simulation.RunAsync(async () =>
        {
            var now = simulation.Time.Clock.GetUtcNow().ToUnixTimeSeconds();
            var token = Sign(new() { ["iss"] = key.Id, ["nbf"] = now, ["exp"] = now + 60, ["video"] = JsonNode.Parse(grants) }, key.Secret);
            var answer = await simulation.ApiAsync(method, """{"room":"r"}""", token);
            Assert.Equal(status, answer.Status);
        });
    }

    private static string? TokenOf(JsonNode? claims, string refusal, DateTimeOffset now)
    {
        if (claims is not JsonObject recorded)
        {
            return claims is null ? null : "garbage";
        }

        var lifetime = (long)recorded["exp"]! - (long)recorded["nbf"]!;
        var token = recorded.DeepClone().AsObject();
        token["nbf"] = now.ToUnixTimeSeconds() - (lifetime < 0 ? 300 : 0);
        token["exp"] = now.ToUnixTimeSeconds() + (lifetime < 0 ? -240 : lifetime);
        var isForged = refusal.Contains("signature is invalid", StringComparison.Ordinal);
        return Sign(token, isForged ? "another-secret-another-secret-another" : "secretsecretsecretsecretsecretsecret");
    }

    private static string Sign(JsonObject claims, string secret)
    {
        static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var text = $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8.ToArray())}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))}";
    }
}
