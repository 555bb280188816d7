using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.LocalHost.Recordings;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>The examples of docs/agents.md, run against a gateway.</summary>
public sealed class AgentExampleTests : IAsyncLifetime
{
    private const string Node = """
        import { askForLease } from './lease.mjs';
        const [url, job, patience] = process.argv.slice(1);
        const until = await askForLease(JSON.parse(job), url, Number(patience));
        const joins = until <= performance.now() + 4000;
        console.log(until === false ? 'leaves' : until === Infinity ? 'unasked' : joins ? 'joins' : `until ${until}`);
        """;

    private const string NodeLife = """
        import { keepLease, sayDone } from './lease.mjs';
        const [url, job] = process.argv.slice(1);
        let lost = false;
        const letGo = keepLease(JSON.parse(job), url, () => { lost = true; });
        await new Promise(resolve => setTimeout(resolve, 500));
        letGo();
        console.log(`${lost ? 'lost' : 'kept'} ${await sayDone(JSON.parse(job), url) ? 'done' : 'not done'}`);
        process.exit();
        """;

    private const string PythonLife = """
        import sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[4])
        import json, os, time
        from types import SimpleNamespace
        from lease import keep_lease, say_done
        job, lost = SimpleNamespace(**json.loads(sys.argv[2])), []
        over = keep_lease(job, sys.argv[1], os.environ["TOKEN"], lambda: lost.append(1))
        time.sleep(0.5)
        over.set()
        print("lost" if lost else "kept", "done" if say_done(job, sys.argv[1], os.environ["TOKEN"]) else "not done")
        """;

    private const string Python = """
        import sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[4])
        import json, math, os, time
        from types import SimpleNamespace
        from lease import ask_for_lease
        until = ask_for_lease(SimpleNamespace(**json.loads(sys.argv[2])), sys.argv[1], os.environ["TOKEN"], float(sys.argv[3]))
        joins = until is not None and until <= time.monotonic() + 4
        print("leaves" if until is None else "unasked" if math.isinf(until) else "joins" if joins else f"until {until}")
        """;

    private static readonly LiveKitKey Key = new("devkey", "a-secret-of-the-agents-examples-0123456789");
    private static readonly CallId Call = CallId.ForTwilio("CA1");
    private static readonly string Room = new RoomNaming("call").NameOf(Call);
    private static readonly string Docs = Repository.PathOf("docs", "agents");

    /// <summary>It stands still: a program takes seconds to start, in which a lease would be over.</summary>
    private readonly ManualClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly InMemoryLiveKit liveKit;
    private readonly InMemoryCallJournal journal;
    private readonly DirectoryInfo workplace = Directory.CreateTempSubdirectory("agent-example-");
    private KestrelHttpAdapter front = null!;
    private LocalGateway gateway = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Languages { get; } = ["node", "python3"];

    public AgentExampleTests() => (liveKit, journal) = (new InMemoryLiveKit(clock), new InMemoryCallJournal(clock));

    public async ValueTask InitializeAsync()
    {
        // Beside the vendor's SDK, as an agent of one's own would have it.
        File.Copy(Path.Combine(Docs, "lease.mjs"), Path.Combine(workplace.FullName, "lease.mjs"));
        Directory.CreateSymbolicLink(
            Path.Combine(workplace.FullName, "node_modules"),
            Repository.PathOf("tests", "oracles", "node_modules"));
        front = await KestrelHttpAdapter.StartAsync(
            0, (request, body, length, aborted) => gateway.Front.HandleAsync(request, body, length, aborted), next => next, Stop);
        var ports = new GatewayPorts(
            journal,
            liveKit,
            new MemoryEventSink(null),
            clock,
            NullLoggerFactory.Instance);
        gateway = new LocalGateway(LocalSettings.ForReplay(Key, _ => null), ports, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        gateway.Dispose();
        workplace.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_first_job_goes_on_and_may_ask_again_and_the_second_one_leaves(string language)
    {
        var metadata = await CallerJoinsAsync();

        Assert.Equal("joins", await AskAsync(language, JobOf("AJ_first", metadata)));
        Assert.Equal("joins", await AskAsync(language, JobOf("AJ_first", metadata)));
        Assert.Equal("leaves", await AskAsync(language, JobOf("AJ_second", metadata)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_holder_keeps_its_lease_and_may_say_that_it_has_finished_and_no_other_job_may(string language)
    {
        var metadata = await CallerJoinsAsync();
        await AskAsync(language, JobOf("AJ_first", metadata));

        Assert.Equal("lost not done", await AskAsync(language, JobOf("AJ_second", metadata), script: Life(language)));
        Assert.Equal("kept done", await AskAsync(language, JobOf("AJ_first", metadata), script: Life(language)));

        var state = CallState.Of(await journal.ReadAsync(Call, Stop));
        Assert.NotNull(state.Claims["lease:1"].Until);
        Assert.Equal("AJ_first", Assert.IsType<CallFact.AgentDone>(state.Goodbyes.Of(1)?.Fact).Job);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_job_that_the_gateway_did_not_send_asks_nobody(string language)
    {
        foreach (var metadata in new[] { "", "no JSON", "[]", "null", """{"their":"own"}""" })
        {
            Assert.Equal("unasked", await AskAsync(language, JobOf("AJ_theirs", metadata), "http://127.0.0.1:9"));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_job_without_an_answer_leaves_in_the_end(string language) =>
        Assert.Equal("leaves", await AskAsync(language, JobOf("AJ_first", await CallerJoinsAsync()), "http://127.0.0.1:9"));

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_job_whose_key_is_not_the_projects_leaves(string language) =>
        Assert.Equal("leaves", await AskAsync(
            language,
            JobOf("AJ_first", await CallerJoinsAsync()),
            key: Key with { Secret = "another-secret-another-secret-another-secret" }));

    [Theory]
    [InlineData("node", "--check", "agent.mjs")]
    [InlineData("node", "--check", "lease.mjs")]
    [InlineData("python3", "-c", "agent.py")]
    [InlineData("python3", "-c", "lease.py")]
    public async Task Every_example_can_be_read_by_its_language(string language, string option, string file)
    {
        var path = Path.Combine(Docs, file);

        await RunAsync(
            language,
            [option, language == "node" ? path : "import sys; compile(open(sys.argv[1]).read(), sys.argv[1], 'exec')", path],
            null);
    }

    [Fact]
    public void The_document_shows_the_files_as_they_are()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "agents.md"));

        foreach (var file in Directory.GetFiles(Docs).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)))
        {
            Assert.Contains(
                $"```{(file.EndsWith(".py", StringComparison.Ordinal) ? "python" : "js")}\n{File.ReadAllText(file)}```",
                document,
                StringComparison.Ordinal);
        }
    }

    /// <summary>A caller comes, and the gateway sends an agent: what its job is given.</summary>
    private async Task<string> CallerJoinsAsync()
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""{"event":"participant_joined","room":{"sid":"RM_1","name":"{{Room}}"},"id":"EV_1","participant":"""
            + $$"""{"sid":"PA_1","identity":"sip_1","kind":"SIP","state":"ACTIVE","attributes":{"sip.ruleID":"SDR_1"} } }""");
        new RecordedRooms(liveKit).Happened(body);
        using var http = new HttpClient();
        using var webhook = new HttpRequestMessage(HttpMethod.Post, new Uri(front.Address, GatewayRoutes.LiveKitWebhook.Template))
        {
            Content = new ByteArrayContent(body),
        };
        webhook.Headers.TryAddWithoutValidation("Authorization", LiveKitWebhookSigner.Sign(Key, body, clock.GetUtcNow()));
        using var answer = await http.SendAsync(webhook, Stop);
        answer.EnsureSuccessStatusCode();
        return Assert.Single(liveKit.DispatchesIn(Room), dispatch => dispatch.AgentName.Length > 0).Metadata;
    }

    private static string JobOf(string id, string metadata) =>
        new JsonObject { ["id"] = id, ["metadata"] = metadata, ["room"] = new JsonObject { ["name"] = Room } }.ToJsonString();

    private static string Life(string language) => language == "node" ? NodeLife : PythonLife;

    private async Task<string> AskAsync(string language, string job, string? url = null, LiveKitKey? key = null, string? script = null)
    {
        var address = url ?? front.Address.GetLeftPart(UriPartial.Authority);
        return (language == "node"
            ? await RunAsync(language, ["--input-type=module", "--eval", script ?? Node, address, job, "0"], key, job)
            : await RunAsync(language, ["-c", script ?? Python, address, job, "0", Docs], key, job)).Trim();
    }

    private async Task<string> RunAsync(string program, string[] arguments, LiveKitKey? key, string? job = null)
    {
        var signing = key ?? Key;
        var identity = job is null ? null : $"agent-{JsonNode.Parse(job)!["id"]}";
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workplace.FullName };
        start.Environment["LIVEKIT_API_KEY"] = signing.Id;
        start.Environment["LIVEKIT_API_SECRET"] = signing.Secret;
        start.Environment["TOKEN"] = LiveKitToken.MintFor(
            signing, identity, LiveKitGrants.JoinAsAgent(Room), clock.GetUtcNow(), LiveKitToken.DefaultLifetime);
        return await Programs.RunAsync(start, Stop);
    }
}
