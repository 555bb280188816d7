using System.Globalization;
using System.Text;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>
/// Random requests to every route of a whole gateway: with and without the right to come in, with bodies, paths, queries and headers that
/// nobody would send in earnest. Each is answered by what the route declares, never 500, and nothing internal is in an answer. A fixed
/// seed and 300 requests a route; RANDOM_REQUESTS and SEED change that.
/// </summary>
public sealed class RandomRequestTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    private static readonly int Count = Variable("RANDOM_REQUESTS", "300");
    private static readonly int Seed = Variable("SEED", "1");

    private static readonly string[] Bodies =
    [
        "{}",
        $$"""{"callId":"{{GatewayBench.Call}}","fence":"f","epoch":1,"job":"AJ_1","renews":true,"consent":true,"answeredBy":"human"}""",
        $$"""{"call_id":"{{GatewayBench.Call}}","agent_queue":"support","to":"+15550100177","mode":"warm","context":{"a":[1,"b"]} }""",
        """{"tenant_id":"golf","user_id":"u","language":"de","metadata":{"a":1},"api_key":"golf-key-hunter2","scope":"calls"}""",
        """{"roomName":"room","userId":"u","agentConfig":{"name":"a"},"role":"human","idempotencyKey":"k","from":"+15550100123"}""",
        """{"to":"+15550100177","from":"+15550100123","notBefore":"2026-11-21T12:00:00Z","metadata":{},"attempts":2}""",
        $"CallSid={GatewayBench.CallSid}&AccountSid={GatewayBench.AccountSid}&From=%2B15550100001&To=%2B15550100123&CallStatus=ringing",
        $"CallSid={GatewayBench.CallSid}&AccountSid={GatewayBench.AccountSid}&DialCallStatus=completed&Digits=1&SequenceNumber=3",
        GatewayBench.Webhook("participant_joined", "EV_1", GatewayBench.Caller()),
        GatewayBench.Webhook("room_finished", "EV_2"),
    ];

    private static readonly string[] Pieces =
    [
        "\"", "{", "}", "[", "]", ":", ",", "null", "true", "1e999", "-1", "\"callId\":", "\"to\":\"+49", "\"metadata\":{", "\\ud83d",
        "&CallSid=", "&From=", "%00", "cursor=", "limit=101", "room=", "state=active", "from=2026-11-21T12:00:00Z", "tenant=other",
        "id=", "+",
    ];

    /// <summary>What no answer may hold: secrets of the settings, and what stack traces and stores are made of.</summary>
    private static readonly string[] Internal =
    [
        "hunter2", "Exception", "StackTrace", "   at ", "VoiceFunctions.", "System.", "Microsoft.", ".cs:line", "PartitionKey",
        "/home/", "pbkdf2",
    ];

    private readonly GatewayBench bench = new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.ApiKeys, """{"golf": "golf-key-hunter2", "other": "other-key-hunter2"}"""),
        (SettingNames.ApiTokenSecret, Secret),
        (SettingNames.LiveKitSipOutboundTrunkId, "ST_1"));

    private readonly InputMutator mutator = new(Seed, Pieces);

    public static TheoryData<string> Routes => [.. GatewayRoutes.All.Select(route => route.Name)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Whatever_comes_to_a_route_is_answered_as_it_declares_and_tells_nothing_internal(string name)
    {
        var route = GatewayRoutes.All.Single(route => route.Name == name);
        await bench.CallerJoinsAsync();
        var statuses = new HashSet<int>();
        for (var sent = 0; sent < Count; sent++)
        {
            var (method, target, body, headers) = Next(route);

            var answer = await bench.SendAsync(method, target, body, headers);

            var text = GatewayBench.Text(answer);
            var input = $"{method} {target} {Convert.ToBase64String(body)}";
            Assert.True(answer.Status is >= 200 and not 500 and < 504, $"{answer.Status} to {input}");
            Assert.All(Internal, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{word} in the answer to {input}"));
            statuses.Add(answer.Status);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {string.Join(", ", statuses.Order())}");
        Assert.True(statuses.Count > 1, "One answer to everything: the requests do not reach the route.");
    }

    private (string Method, string Target, byte[] Body, (string Name, string? Value)[] Headers) Next(GatewayRoute route)
    {
        var method = mutator.Pick<int>([1, 2, 3, 4, 5, 6, 7, 8]) == 1
            ? mutator.Pick((string[])["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
            : route.Method;
        var path = "/" + route.Template
            .Replace("{callId}", Maybe(GatewayBench.Call.Value), StringComparison.Ordinal)
            .Replace("{tenant}", Maybe("golf"), StringComparison.Ordinal);
        const string Query = "state=ended&limit=10&cursor=abc&room=call_x&id=abcdefghijkl";
        var target = mutator.Pick<int>([1, 2]) == 1 ? path : $"{path}?{Word(Query)}";
        var seed = Encoding.UTF8.GetBytes(mutator.Pick(Bodies));
        var body = mutator.Pick<int>([1, 2, 3]) == 1 ? seed : mutator.Change(seed, Encoding.UTF8.GetBytes(mutator.Pick(Bodies)));
        return (method, target, route.MaxBodyBytes == 0 ? [] : body, Headers(route, path, body));
    }

    private (string Name, string? Value)[] Headers(GatewayRoute route, string path, byte[] body)
    {
        var agent = LiveKitJwt.Sign(GatewayBench.Key, new LiveKitTokenPayload
        {
            Iss = GatewayBench.Key.Id,
            Sub = "agent-AJ_1",
            Kind = "agent",
            Nbf = bench.Clock.GetUtcNow().ToUnixTimeSeconds(),
            Exp = bench.Clock.GetUtcNow().ToUnixTimeSeconds() + 300,
            Video = new LiveKitGrants { RoomJoin = true, Room = GatewayBench.RoomName },
        });
        var tenant = new ApiTokens(Secret, bench.Clock).Issue(
            mutator.Pick((string[])["golf", "other"]),
            mutator.Pick((ApiScopes[])[ApiScopeWords.Default, ApiScopeWords.Default | ApiScopes.Admin, ApiScopes.Handoff]));
        var token = route.Access == RouteAccess.Token ? agent : mutator.Pick((string[])[tenant, tenant, tenant, agent, Word(tenant)]);
        var bearer = route.Access == RouteAccess.LiveKit
            ? LiveKitWebhookSigner.Sign(GatewayBench.Key, body, bench.Clock.GetUtcNow())
            : $"Bearer {token}";
        var isForm = route.Access == RouteAccess.Twilio;
        var type = isForm ? "application/x-www-form-urlencoded" : "application/json";
        return
        [
            ("Authorization", mutator.Pick<int>([1, 2, 3, 4, 5, 6]) == 1 ? Word(bearer) : bearer),
            (DiagnosticsAccess.HeaderName, mutator.Pick((string?[])[GatewayBench.DiagnosticsKey, null, "wrong"])),
            ("Content-Type", mutator.Pick((string?[])[type, type, null, Word("text/plain")])),
            (TwilioSignature.HeaderName, isForm ? GatewayBench.Sign(path, body) : null),
            ("Idempotency-Key", mutator.Pick((string?[])[null, "k", Word("key")])),
            ("Origin", mutator.Pick((string?[])[null, "https://app.example.com", Word("https://app.example.com")])),
            ("Access-Control-Request-Method", mutator.Pick((string?[])[null, route.Method])),
        ];
    }

    /// <summary>A word as it is, or changed.</summary>
    private string Maybe(string text) => mutator.Pick<int>([1, 2]) == 1 ? text : Word(text);

    /// <summary>A word that was changed, of characters that a request line and a header can hold.</summary>
    private string Word(string text) => string.Concat(
        Encoding.UTF8.GetString(mutator.Change(Encoding.UTF8.GetBytes(text), "abc"u8.ToArray()))
            .Where(character => character is > ' ' and < '\u007f' and not ('?' or '#')));

    private static int Variable(string name, string missing) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? missing, NumberStyles.None, CultureInfo.InvariantCulture);
}
