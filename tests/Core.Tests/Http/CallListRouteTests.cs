using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>The list of calls, as operators and tenants see it.</summary>
public sealed class CallListRouteTests
{
    private const string Secret = "a-secret-that-signs-access-tokens-0123";

    private readonly GatewayBench bench = new(changes:
    [
        (SettingNames.ApiKeys, """{"acme":"acme-key-0123456789","other":"other-key-0123456789"}"""),
        (SettingNames.ApiTokenSecret, Secret),
    ]);

    [Fact]
    public async Task Calls_come_newest_first_page_by_page()
    {
        await CallsAsync(7);

        var (first, rest) = (await ListAsync("?limit=3"), new List<string>());
        for (var page = first; page.Next is not null;)
        {
            page = await ListAsync($"?limit=3&cursor={page.Next}");
            rest.AddRange(page.Calls.Select(call => call.CallId));
        }

        Assert.Equal([.. Ids(7).Reverse().Take(3)], first.Calls.Select(call => call.CallId));
        Assert.Equal([.. Ids(7).Reverse().Skip(3)], rest);
    }

    [Fact]
    public async Task State_and_times_choose_among_them()
    {
        await CallsAsync(4);
        await bench.SendAsync(
            "POST", $"/calls/{Ids(4)[1]}/end", [], (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey));

        Assert.Equal([Ids(4)[1]], (await ListAsync("?state=ended")).Calls.Select(call => call.CallId));
        Assert.Equal(3, (await ListAsync("?state=active")).Calls.Count);
        var second = Uri.EscapeDataString(bench.Clock.GetUtcNow().AddMinutes(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'"));
        Assert.Equal(3, (await ListAsync($"?from={second}")).Calls.Count);
        Assert.Single((await ListAsync($"?to={second}")).Calls);
    }

    [Theory]
    [InlineData("state=open", "state")]
    [InlineData("from=2026-11-21", "from and to")]
    [InlineData("from=2026-11-21T12:00:00", "from and to")]
    [InlineData("to=yesterday", "from and to")]
    [InlineData("from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z", "before")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=+5", "limit")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("room=", "room")]
    public async Task What_cannot_be_meant_is_said(string query, string word)
    {
        var answer = await bench.GetAsync($"/calls?{query}");

        Assert.Equal((400, "bad-parameter"), (answer.Status, GatewayBench.ProblemOf(answer)));
        Assert.Contains(word, GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_own_list_and_cannot_be_changed()
    {
        await CallsAsync(4);
        var cursor = (await ListAsync("?limit=2&state=active")).Next!;

        Assert.Equal(2, (await ListAsync($"?limit=50&state=active&cursor={cursor}")).Calls.Count);
        foreach (var other in (string[])["", "&state=ended", "&state=active&from=2020-01-01T00:00:00Z", "&state=active&tenant=acme"])
        {
            Assert.Equal(400, (await bench.GetAsync($"/calls?cursor={cursor}{other}")).Status);
        }

        for (var at = 0; at < cursor.Length; at++)
        {
            var changed = $"{cursor[..at]}{(cursor[at] == 'A' ? 'B' : 'A')}{cursor[(at + 1)..]}";
            Assert.Equal(400, (await bench.GetAsync($"/calls?state=active&cursor={changed}")).Status);
        }
    }

    [Fact]
    public async Task A_tenant_sees_its_own_calls_alone()
    {
        await CallsAsync(2);
        await RequestedAsync("acme", "CA8");
        await RequestedAsync("other", "CA9");

        Assert.Equal([Of("CA8").Value], (await AsAsync("acme", "/calls")).Calls.Select(call => call.CallId));
        Assert.Empty((await AsAsync("acme", "/calls?tenant=other")).Calls);
        Assert.Equal([Of("CA9").Value], (await ListAsync("?tenant=other")).Calls.Select(call => call.CallId));
        Assert.Equal(4, (await ListAsync("")).Calls.Count);
    }

    [Fact]
    public async Task What_a_tenant_may_not_see_it_may_not_end()
    {
        await RequestedAsync("other", "CA9");

        var answer = await bench.SendAsync("POST", $"/calls/{Of("CA9")}/end", [], ("Authorization", $"Bearer {Token("acme")}"));

        Assert.Equal((404, "unknown-call"), (answer.Status, GatewayBench.ProblemOf(answer)));
        Assert.Null((await bench.StateAsync(Of("CA9"))).End);
        Assert.Equal(
            200, (await bench.SendAsync("POST", $"/calls/{Of("CA9")}/end", [], ("Authorization", $"Bearer {Token("other")}"))).Status);
    }

    [Fact]
    public async Task Nobody_sees_the_list_without_being_let_in()
    {
        await CallsAsync(1);

        Assert.Equal(401, (await bench.GetAsync("/calls", null)).Status);
        Assert.Equal(401, (await bench.SendAsync("GET", "/calls", [], ("Authorization", "Bearer x.y.z"))).Status);
    }

    private static CallId Of(string name) => CallId.ForTwilio(name);

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(number => Of($"CA{number}").Value)];

    /// <summary>Calls that Twilio announced, a minute apart.</summary>
    private async Task CallsAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await BeginAsync($"CA{number}", new CallFact.CallAnnounced($"CA{number}", GatewayBench.From, GatewayBench.To));
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private Task RequestedAsync(string tenant, string name) =>
        BeginAsync(name, new CallFact.CallRequested { Tenant = tenant, User = "somebody" });

    private async Task BeginAsync(string name, CallFact fact)
    {
        var stop = TestContext.Current.CancellationToken;
        var begun = new CallEvent("begun", bench.Clock.GetUtcNow(), fact);
        await bench.Gateway.Calls.Ingestor.IngestAsync(new ReceivedEvent(Of(name), begun, Tracking.Follow), stop);
        await bench.Gateway.Calls.Advancer.AdvanceAsync(Of(name), nameof(CallEffect.OpenRoom), bench.Clock.GetUtcNow(), stop);
    }

    private async Task<CallListAnswer> ListAsync(string query) => Read(await bench.GetAsync($"/calls{query}"));

    private async Task<CallListAnswer> AsAsync(string tenant, string target) =>
        Read(await bench.SendAsync("GET", target, [], ("Authorization", $"Bearer {Token(tenant)}")));

    private string Token(string tenant) => new ApiTokens(Secret, bench.Clock).Issue(tenant);

    private static CallListAnswer Read(GatewayResponse answer)
    {
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        return JsonSerializer.Deserialize(answer.Body.Span, CallListJson.Default.CallListAnswer)!;
    }
}
