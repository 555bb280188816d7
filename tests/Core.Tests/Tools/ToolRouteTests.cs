using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Tools;

public sealed class ToolRouteTests
{
    private const string Job = "AJ_1";

    private const string Configuration = """
        {"backends":[{"url":"https://golf.example/tools","tools":[
          {"name":"bookTeeTime","speakableError":"I could not book that."},
          {"name":"searchTeeTimes","keepArguments":true}]},
         {"tenant":"somebody-else","url":"https://other.example/","tools":[{"name":"theirs"}]}]}
        """;

    private readonly GatewayBench bench = new(changes: (SettingNames.ToolsJson, Configuration));

    [Fact]
    public async Task A_tool_is_used_at_its_own_address_under_a_key_of_its_own_and_its_answer_is_given()
    {
        await LeasedAsync();

        var (status, text) = await UseAsync(arguments: """{"name":"hunter2-the-golfer"}""");

        const string Done = """{"toolCallId":"call_1","tool":"bookTeeTime","outcome":"done","seconds":0,"status":200,"result":""";
        Assert.Equal((200, Done + """{"reservationId":"R-1"}}"""), (status, text));
        var asked = Assert.Single(bench.Tools.Asked);
        Assert.Equal("https://golf.example/tools/bookTeeTime", asked.Tool.Url.AbsoluteUri);
        Assert.Equal($"{GatewayBench.Call}.call_1", asked.IdempotencyKey);
        Assert.Equal("""{"name":"hunter2-the-golfer"}""", asked.Arguments);
    }

    [Fact]
    public async Task The_same_tool_call_asked_again_is_answered_to_the_letter_and_the_backend_is_asked_once()
    {
        await LeasedAsync();
        var first = await UseAsync();
        bench.Tools.Answer = _ => Task.FromResult(new ToolReply(ToolOutcome.Failed));

        Assert.Equal(first, await UseAsync());
        Assert.Single(bench.Tools.Asked);
    }

    [Fact]
    public async Task Requests_for_one_tool_call_at_one_time_are_one_use()
    {
        await LeasedAsync();
        var reply = new TaskCompletionSource<ToolReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Tools.Answer = _ => reply.Task;

        var asking = Enumerable.Range(0, 20).Select(_ => UseAsync()).ToList();
        reply.SetResult(new ToolReply(ToolOutcome.Done) { Status = 200, Result = "{}" });
        var answers = await Task.WhenAll(asking);

        Assert.Single(answers.Distinct());
        Assert.Single(bench.Tools.Asked);
    }

    [Fact]
    public async Task A_tool_that_does_not_serve_is_an_answer_with_a_sentence_to_say()
    {
        await LeasedAsync();
        bench.Tools.Answer = _ => Task.FromResult(new ToolReply(ToolOutcome.Unavailable));

        Assert.Equal(
            (200, """{"toolCallId":"call_1","tool":"bookTeeTime","outcome":"unavailable","seconds":0,"say":"I could not book that."}"""),
            await UseAsync());
    }

    [Fact]
    public async Task A_tool_call_is_on_the_record_and_its_arguments_only_where_the_configuration_says_so()
    {
        await LeasedAsync();
        const string Personal = """{"phone":"+15550101234"}""";
        await UseAsync("call_1", "bookTeeTime", Personal);
        await UseAsync("call_2", "searchTeeTimes", Personal);

        var record = CallDetailRecord.Of(await bench.StateAsync(), new Calls.Belonging.RoomNaming("call"));

        var now = bench.Clock.GetUtcNow();
        Assert.Equal(
            [
                new ToolRecord("call_1", "bookTeeTime", now) { Attempts = 1, Outcome = "done", Seconds = 0 },
                new ToolRecord("call_2", "searchTeeTimes", now) { Attempts = 1, Outcome = "done", Seconds = 0, Arguments = Personal },
            ],
            record.Tools!);
        var rows = await bench.Journal.ReadRowsAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("15550101234", string.Join('\n', rows.Where(row => $"{row}".Contains("call_1", StringComparison.Ordinal))));
        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain("15550101234", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_use_of_a_tool_moves_no_deadline_of_the_call()
    {
        await LeasedAsync();
        var before = (await bench.StateAsync()).LastEventAt;
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        await UseAsync();

        var state = await bench.StateAsync();
        Assert.Equal((before, 1), (state.LastEventAt, state.Tools.Count));
    }

    [Fact]
    public async Task After_the_call_no_tool_is_used_not_even_one_that_was()
    {
        await LeasedAsync();
        await UseAsync();
        await EndedAsync();

        Assert.Equal("tool-too-late", await RefusalAsync(409, "call_1"));
        Assert.Equal("tool-too-late", await RefusalAsync(409, "call_2"));
        Assert.Single(bench.Tools.Asked);
    }

    [Fact]
    public async Task Only_the_job_that_holds_the_lease_uses_tools()
    {
        await bench.CallerJoinsAsync();
        Assert.Equal(409, (await UseAsync()).Status);
        await LeasedAsync();

        Assert.Equal(409, (await UseAsync(job: "AJ_2")).Status);
        Assert.Equal(403, (await UseAsync(fence: "another")).Status);
        Assert.Equal(401, (await UseAsync(identity: "agent-AJ_2")).Status);
        Assert.Equal(401, (await UseAsync(room: "call_other")).Status);
        Assert.Empty(bench.Tools.Asked);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("theirs")]
    [InlineData("booktEEtime")]
    [InlineData("..")]
    public async Task A_tool_that_is_not_the_calls_does_not_exist(string name)
    {
        await LeasedAsync();

        Assert.Equal("unknown-tool", await RefusalAsync(404, "call_1", name));
        Assert.Empty(bench.Tools.Asked);
    }

    [Fact]
    public async Task Arguments_that_are_not_as_the_schema_says_ask_nobody_and_are_not_remembered()
    {
        await LeasedAsync();
        bench.Tools.Fault = _ => "Not as the schema says: arguments/date (type).";

        Assert.Equal("bad-tool-arguments", await RefusalAsync(422, "call_1"));

        bench.Tools.Fault = _ => null;
        Assert.Equal(200, (await UseAsync()).Status);
        Assert.Single(bench.Tools.Asked);
    }

    [Theory]
    [InlineData("bookTeeTime", """{"players":3}""")]
    [InlineData("searchTeeTimes", "{}")]
    public async Task One_id_is_good_for_one_use(string tool, string arguments)
    {
        await LeasedAsync();
        await UseAsync();

        Assert.Equal("tool-call-id-reused", await RefusalAsync(422, "call_1", tool, arguments));
        Assert.Single(bench.Tools.Asked);
    }

    [Fact]
    public async Task A_call_has_so_many_uses_of_tools_and_no_more()
    {
        await LeasedAsync();
        for (var use = 1; use <= ToolDesk.MaxToolCalls; use++)
        {
            Assert.Equal(200, (await UseAsync($"call_{use}")).Status);
        }

        Assert.Equal("too-many-tool-calls", await RefusalAsync(409, "call_more"));
        Assert.Equal(200, (await UseAsync("call_1")).Status);
        Assert.Equal(ToolDesk.MaxToolCalls, bench.Tools.Asked.Count);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("two:parts", "{}")]
    [InlineData("call_1", "[]")]
    [InlineData("call_1", "\"text\"")]
    public async Task What_is_no_use_of_a_tool_is_a_bad_parameter(string id, string arguments)
    {
        await LeasedAsync();

        Assert.Equal("bad-parameter", await RefusalAsync(400, id, arguments: arguments));
    }

    [Fact]
    public async Task Arguments_of_more_than_twelve_kilobytes_are_refused()
    {
        await LeasedAsync();

        var text = new string('x', ToolAsk.MaxArgumentBytes);

        Assert.Equal("bad-parameter", await RefusalAsync(400, "call_1", arguments: $$"""{"text":"{{text}}"}"""));
    }

    [Fact]
    public async Task While_the_journal_is_away_no_backend_is_asked_and_the_agent_is_to_ask_again()
    {
        await LeasedAsync();
        bench.Journal.Before = method => method == "Append" ? throw new Journal.JournalUnavailableException("away") : Task.CompletedTask;

        Assert.Equal(503, (await UseAsync()).Status);
        Assert.Empty(bench.Tools.Asked);

        bench.Journal.Before = _ => Task.CompletedTask;
        Assert.Equal(200, (await UseAsync()).Status);
        Assert.Single(bench.Tools.Asked);
    }

    private async Task LeasedAsync()
    {
        if ((await bench.StateAsync()).FirstEventAt == DateTimeOffset.MaxValue)
        {
            await bench.CallerJoinsAsync();
        }

        var body = JsonSerializer.Serialize(
            new { callId = GatewayBench.Call.Value, fence = GatewayBench.Fence.Of(GatewayBench.Call, 1), epoch = 1, job = Job });
        Assert.Equal(200, (await PostAsync("/agents/lease", body, Job, null, null)).Status);
    }

    /// <summary>The call is over, as its workflow writes it.</summary>
    private async Task EndedAsync()
    {
        var history = await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
        var ended = new EffectClaim(CallEffect.EndCall.ClaimKey, ClaimStatus.Done, "test", 1, bench.Clock.GetUtcNow())
        {
            Result = "caller_hangup",
        };
        var record = CallDetailRecord.Of(CallState.Of(history).With([ended]), new Calls.Belonging.RoomNaming("call"));
        var step = await bench.Journal.CommitAsync(
            GatewayBench.Call, history.Version, new Journal.JournalChange([ended], record), TestContext.Current.CancellationToken);
        Assert.Equal(Journal.CommitOutcome.Committed, step.Outcome);
    }

    private async Task<string> RefusalAsync(int status, string id, string tool = "bookTeeTime", string arguments = "{}")
    {
        var (answered, text) = await UseAsync(id, tool, arguments);
        Assert.Equal(status, answered);
        return JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()!.Split(':')[^1];
    }

    private Task<(int Status, string Text)> UseAsync(
        string id = "call_1",
        string tool = "bookTeeTime",
        string arguments = "{}",
        string job = Job,
        string? fence = null,
        string? identity = null,
        string? room = null)
    {
        var body = $$"""
            {"callId":"{{GatewayBench.Call}}","fence":"{{fence ?? GatewayBench.Fence.Of(GatewayBench.Call, 1)}}","epoch":1,"job":"{{job}}",
             "toolCallId":"{{id}}","arguments":{{arguments}}}
            """;
        return PostAsync($"/tools/{tool}", body, job, identity, room);
    }

    private async Task<(int Status, string Text)> PostAsync(string target, string body, string job, string? identity, string? room)
    {
        var token = LiveKitToken.MintFor(
            GatewayBench.Key,
            identity ?? $"agent-{job}",
            LiveKitGrants.JoinAsAgent(room ?? GatewayBench.RoomName),
            bench.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        var answer = await bench.SendAsync("POST", target, Encoding.UTF8.GetBytes(body), ("Authorization", $"Bearer {token}"));
        return (answer.Status, GatewayBench.Text(answer));
    }
}
