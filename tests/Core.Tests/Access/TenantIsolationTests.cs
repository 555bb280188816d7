using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Sessions;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// Every route that takes access tokens, asked by one tenant with every scope for what is another's: its call by id and room, the call of
/// somebody who rang its number, its session, its
/// idempotency key, its name, its keys, its document and its dead letter. Nothing of it is read or changed, and the same requests of
/// its owner reach it.
/// </summary>
public sealed class TenantIsolationTests : IAsyncLifetime
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string Session = "golf-room-17";
    private const string Key = "golf-idempotency-key";
    private const string Letter = "golf-letter";
    private const ApiScopes All = ApiScopes.Calls | ApiScopes.Handoff | ApiScopes.Ingest | ApiScopes.Admin;

    private static readonly string[] Words = ["golf-user", "golf-note", Session, "golf-source", "golf-words"];
    private static readonly DocumentId Document = DocumentId.Of("golf-source", "golf-words");

    private const string Routes = $$"""{"routes":[{"number":"{{GatewayBench.To}}","tenant":"{{SessionBench.Tenant}}"}]}""";

    private readonly SessionBench bench = new((SettingNames.LiveKitSipOutboundTrunkId, "ST_1"), (SettingNames.RoutesJson, Routes));
    private CallId callId = null!;
    private CallId sessionCall = null!;
    private string keyId = null!;

    public static TheoryData<string> ApiRoutes =>
        [.. GatewayRoutes.All.Where(route => route.TakesAccessTokens).Select(route => route.Name)];

    /// <summary>All but the stream of the console, which a host has to be able to send and this one is not.</summary>
    public static TheoryData<string> AnsweringRoutes =>
        [.. GatewayRoutes.All.Where(route => route.TakesAccessTokens && route != GatewayRoutes.ConsoleStream).Select(route => route.Name)];

    private CallId[] Calls => [callId, sessionCall, GatewayBench.Call];

    private IEnumerable<string> Owned => [.. Calls.Select(call => call.Value), keyId, .. Words];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        callId = await bench.StartAsync("""{"user_id":"golf-user","metadata":{"note":"golf-note"}}""", Key);
        var session = await bench.PostAsync("/session", $$"""{"roomName":"{{Session}}","userId":"golf-user"}""");
        sessionCall = CallId.TryParse(SessionBench.Json(session).GetProperty("callId").GetString(), out var begun) ? begun : null!;
        await bench.DriverJoinsAsync(callId);
        await bench.DriverJoinsAsync(sessionCall, "PA_session");
        await bench.Gateway.VoiceAsync();
        await bench.Gateway.CallerJoinsAsync();
        var desk = new ApiKeyDesk(bench.Gateway.ApiKeys, bench.Gateway.Clock);
        await bench.Gateway.Knowledge.PutAsync(
            SessionBench.Tenant, new KnowledgeDocument(Document, "golf-source", ["golf-words"]), Stop);
        var now = bench.Gateway.Clock.GetUtcNow();
        var happened = new LifecycleEvent("golf-event", LifecycleEventName.CallStarted, callId.Value, now);
        await bench.Gateway.DeadLetters.KeepAsync(
            new DeadLetter(Letter, "crm", SessionBench.Tenant, happened, "refused", 1, now), Stop);
        keyId = (await desk.MakeAsync(SessionBench.Tenant, Stop))!.Value.Key.Id;
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [MemberData(nameof(ApiRoutes))]
    public async Task A_route_shows_and_changes_nothing_of_another_tenants(string name)
    {
        var before = await StoredAsync();

        foreach (var (target, body) in Requests(name))
        {
            var answer = await SendAsync(name, target, body, SessionBench.Other);

            var text = GatewayBench.Text(answer);
            Assert.InRange(answer.Status, 200, 499);
            Assert.All(Owned, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        }

        Assert.Equal(before, await StoredAsync());
    }

    [Theory]
    [MemberData(nameof(AnsweringRoutes))]
    public async Task The_same_requests_of_its_owner_reach_it(string name)
    {
        var answers = new List<GatewayResponse>();
        var before = await StoredAsync();
        foreach (var (target, body) in Requests(name))
        {
            answers.Add(await SendAsync(name, target, body, SessionBench.Tenant));
        }

        var isSeen = answers.Exists(answer => Owned.Any(word => GatewayBench.Text(answer).Contains(word, StringComparison.Ordinal)));
        Assert.True(isSeen || before != await StoredAsync() || answers.Exists(answer => answer.Status is not (404 or 403 or 400)));
    }

    /// <summary>
    /// What a stranger would send who knows all names of the owner's: each field that any route reads, with and without the owner's name
    /// as the tenant. A route passes over fields that are not its own.
    /// </summary>
    private IEnumerable<(string Target, string Body)> Requests(string name)
    {
        var template = "/" + GatewayRoutes.All.Single(route => route.Name == name).Template;
        foreach (var call in Calls)
        {
            var target = template.Replace("{callId}", call.Value, StringComparison.Ordinal)
                .Replace("{tenant}", SessionBench.Tenant, StringComparison.Ordinal)
                .Replace("{document_id}", Document.Value, StringComparison.Ordinal)
                .Replace("{id}", Letter, StringComparison.Ordinal);
            string[] queries = ["", $"?room=call_{call}", $"?tenant={SessionBench.Tenant}", "?state=active", $"?id={keyId}"];
            foreach (var query in name is "Calls" or "KeyRevoke" ? queries : [""])
            {
                yield return (target + query, Body(call, $"call_{call}", null));
                yield return (target + query, Body(call, Session, null));
                yield return (target + query, Body(call, Session, SessionBench.Tenant));
            }
        }
    }

    private static string Body(CallId call, string room, string? tenant) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["call_id"] = call.Value,
        ["callId"] = call.Value,
        ["roomName"] = room,
        ["room"] = room,
        ["role"] = "listener",
        ["to"] = "+15550100177",
        ["from"] = GatewayBench.To,
        ["idempotencyKey"] = Key,
        ["query"] = "golf-words",
        ["text"] = "Dogs are welcome.",
        ["source"] = "Rules",
        ["participant"] = $"driver_{call.Value}",
        ["samples"] = Array.Empty<object>(),
    }.Concat(tenant is null ? [] : [KeyValuePair.Create<string, object>("tenant_id", tenant)]).ToDictionary());

    private Task<GatewayResponse> SendAsync(string name, string target, string body, string tenant)
    {
        var route = GatewayRoutes.All.Single(route => route.Name == name);
        var token = new ApiTokens(Secret, bench.Gateway.Clock).Issue(tenant, All);
        return bench.Gateway.SendAsync(
            route.Method,
            target,
            route.MaxBodyBytes == 0 ? [] : Encoding.UTF8.GetBytes(body),
            ("Authorization", $"Bearer {token}"),
            ("Idempotency-Key", Key));
    }

    /// <summary>All that is stored of the owner's calls and keys, and who is in their rooms.</summary>
    private async Task<string> StoredAsync()
    {
        var rows = new List<object>();
        foreach (var call in Calls)
        {
            rows.Add(await bench.Gateway.Journal.ReadRowsAsync(call, Stop));
        }

        var keys = await bench.Gateway.ApiKeys.ListAsync(SessionBench.Tenant, Stop).ToListAsync(Stop);
        var rooms = bench.Gateway.LiveKit.Rooms.Where(room => Calls.Any(call => room.Name == $"call_{call}"))
            .Select(room => $"{room.Name} {string.Join(' ', room.Inside)}");
        var document = await bench.Gateway.Knowledge.FindAsync(SessionBench.Tenant, Document, Stop);
        var letter = await bench.Gateway.DeadLetters.FindAsync(Letter, Stop);
        return JsonSerializer.Serialize(new { rows, keys, rooms, document, letter });
    }
}
