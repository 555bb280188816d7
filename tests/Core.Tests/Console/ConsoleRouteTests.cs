using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Console;

public sealed class ConsoleRouteTests : IDisposable
{
    private const string KeyOfThisRun = "0123456789abcdef0123456789abcdef";

    private readonly MemoryStream told = new();

    [Fact]
    public async Task The_page_and_its_files_are_open_to_everybody_and_run_nothing_from_elsewhere()
    {
        var bench = new GatewayBench(null);

        foreach (var (path, type) in new[]
        {
            ("/console", "text/html; charset=utf-8"),
            ("/console/console.js", "text/javascript; charset=utf-8"),
            ("/console/console.css", "text/css; charset=utf-8"),
        })
        {
            var answer = await bench.GetAsync(path, null);

            Assert.Equal((200, type), (answer.Status, answer.ContentType));
            var policy = answer.Headers.Single(header => header.Key == "Content-Security-Policy").Value;
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/console/nothing.js")]
    [InlineData("/console/..%2fappsettings.json")]
    [InlineData("/console/index.html.bak")]
    public async Task There_are_no_other_files(string path) => Assert.Equal(404, (await new GatewayBench().GetAsync(path)).Status);

    [Fact]
    public async Task Its_address_with_a_slash_leads_to_the_one_without()
    {
        var answer = await new GatewayBench().GetAsync("/console/", null);

        Assert.Equal((308, "../console"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_browser_on_this_machine_gets_the_key_of_this_run_in_the_page() =>
        Assert.Contains($"content=\"{KeyOfThisRun}\"", await PageAsync(("Host", "127.0.0.1:7071")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Host", "voice.example.com")]
    [InlineData("Host", "127.0.0.1.example.com")]
    [InlineData("Host", "127.0.0.1@example.com")]
    [InlineData("Host", "")]
    [InlineData("Host", null)]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task Nobody_else_gets_it(string header, string? value)
    {
        var page = header == "Host" ? await PageAsync((header, value)) : await PageAsync(("Host", "localhost"), (header, value));

        Assert.Contains("console-key\" content=\"\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/calls")]
    [InlineData("/console/stream")]
    public async Task What_is_shown_needs_the_operators_key_or_an_access_token(string path)
    {
        Assert.Equal(401, (await new GatewayBench().GetAsync(path, "another-key-than-the-operators")).Status);
        Assert.Equal(403, (await new GatewayBench(null).GetAsync(path, null)).Status);
    }

    [Fact]
    public async Task A_call_that_goes_on_is_shown_with_its_silence()
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();

        var call = (await CallsAsync(bench))["calls"]!.AsArray().Single()!;

        Assert.Equal((GatewayBench.From, GatewayBench.To), ((string?)call["from"], (string?)call["to"]));
        Assert.NotNull(call["silentSince"]);
        Assert.Equal((0, 0), ((int)call["agents"]!, (int)call["surplusAgents"]!));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(71, true)]
    public async Task A_room_that_stays_half_a_minute_longer_than_its_route_says_is_overdue(double seconds, bool isOverdue)
    {
        var ended = await WrittenHistory.ServedAsync();
        var clock = new ManualClock(Given.At(seconds));
        var desk = new ConsoleDesk(ended.Journal, new CallTenancy(null), WrittenHistory.Routes, clock);

        var call = Assert.Single((await desk.LookAsync(null, TestContext.Current.CancellationToken)).Calls);

        Assert.Equal(isOverdue, call.OverdueSince is not null);
        Assert.Null(call.SilentSince);
    }

    [Fact]
    public async Task A_host_that_cannot_keep_an_answer_open_says_what_to_ask_instead()
    {
        var answer = await new GatewayBench().GetAsync("/console/stream");

        Assert.Equal((404, "no-stream"), (answer.Status, GatewayBench.ProblemOf(answer)));
        Assert.Contains("/console/calls", GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_tells_once_and_again_only_when_something_has_changed_or_a_quarter_of_a_minute_has_passed()
    {
        var clock = new ManualClock();
        var journal = new InMemoryCallJournal(clock);
        var handler = new ConsoleStreamHandler(
            new ConsoleDesk(journal, new CallTenancy(null), new RouteTable(CallsBench.Route), clock), canStream: true, clock);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var answer = await handler.HandleAsync(
            new GatewayRequest("GET", "/console/stream", _ => null, ReadOnlyMemory<byte>.Empty), gone.Token);
        var telling = answer.Streamed!(told, gone.Token);

        Assert.Equal("data: {\"calls\":[],\"count\":0}\n\n", Encoding.UTF8.GetString(told.ToArray()));
        for (var second = 0; second < 14; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(Messages());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Messages().Length);

        await gone.CancelAsync();
        await telling;
    }

    public void Dispose() => told.Dispose();

    private string[] Messages() =>
        Encoding.UTF8.GetString(told.ToArray()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static async Task<JsonNode> CallsAsync(GatewayBench bench) =>
        JsonNode.Parse(GatewayBench.Text(await bench.GetAsync("/console/calls")))!;

    private static async Task<string> PageAsync(params (string Name, string? Value)[] headers)
    {
        var handler = new ConsolePageHandler(GatewayRoutes.ConsolePage, KeyOfThisRun);
        var answer = await handler.HandleAsync(
            new GatewayRequest(
                "GET", "/console", name => headers.FirstOrDefault(header => header.Name == name).Value, ReadOnlyMemory<byte>.Empty),
            CancellationToken.None);
        return GatewayBench.Text(answer);
    }
}
