using System.Net;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tools;

/// <summary>Deadlines, attempts and the circuit, on a clock that the test moves.</summary>
public sealed class ToolPipelineTests
{
    private static readonly CallId Call = CallId.ForTwilio("CA1");
    private static readonly Tool Once = new("book", new Uri("https://golf.example/book")) { Deadline = TimeSpan.FromSeconds(4) };
    private static readonly Tool Retried = new("search", new Uri("https://golf.example/search"))
    {
        Deadline = TimeSpan.FromSeconds(4),
        MayRetry = true,
    };

    private readonly ManualClock clock = new();

    [Fact]
    public async Task A_backend_that_does_not_answer_is_waited_for_until_the_deadline_and_asked_once()
    {
        var network = new ScriptedHandler((_, gone) => HangAsync(gone));
        using var backends = new HttpToolBackends([Once], network, clock);

        var (reply, waited) = await PassAsync(AskAsync(backends, Once));

        Assert.Equal(new ToolReply(ToolOutcome.TimedOut), reply);
        Assert.Equal((1, Once.Deadline), (network.Asked, waited));
    }

    [Fact]
    public async Task A_tool_that_may_be_retried_gets_a_second_chance_within_the_same_deadline_under_the_same_key()
    {
        var network = new ScriptedHandler((attempt, gone) => attempt == 1 ? HangAsync(gone) : Task.FromResult(Json("{}")));
        using var backends = new HttpToolBackends([Retried], network, clock);

        var (reply, waited) = await PassAsync(AskAsync(backends, Retried));

        Assert.Equal(ToolOutcome.Done, reply.Outcome);
        Assert.Equal([$"{Call}.call_1", $"{Call}.call_1"], network.Keys);
        Assert.InRange(waited, Retried.Deadline / 2, Retried.Deadline);
    }

    [Fact]
    public async Task An_error_is_asked_about_again_only_where_the_tool_may_be_retried()
    {
        var network = new ScriptedHandler((attempt, _) => Task.FromResult(attempt == 1 ? Error() : Json("{}")));
        using var backends = new HttpToolBackends([Once, Retried], network, clock);

        Assert.Equal(ToolOutcome.Failed, (await PassAsync(AskAsync(backends, Once))).Reply.Outcome);
        Assert.Equal(1, network.Asked);

        var second = new ScriptedHandler((attempt, _) => Task.FromResult(attempt == 1 ? Error() : Json("{}")));
        using var others = new HttpToolBackends([Retried], second, clock);
        Assert.Equal(ToolOutcome.Done, (await PassAsync(AskAsync(others, Retried))).Reply.Outcome);
        Assert.Equal(2, second.Asked);
    }

    [Fact]
    public async Task After_a_few_failures_nobody_is_asked_until_the_circuit_lets_one_through()
    {
        var isDown = true;
        var network = new ScriptedHandler((_, _) => Task.FromResult(isDown ? Error() : Json("{}")));
        using var backends = new HttpToolBackends([Once], network, clock);
        for (var failure = 1; failure <= ToolPipeline.LeastFailures; failure++)
        {
            Assert.Equal(ToolOutcome.Failed, (await AskAsync(backends, Once)).Outcome);
        }

        Assert.Equal(new ToolReply(ToolOutcome.Unavailable), await AskAsync(backends, Once));
        Assert.Equal(ToolPipeline.LeastFailures, network.Asked);

        isDown = false;
        clock.Advance(ToolPipeline.Break);
        Assert.Equal(ToolOutcome.Done, (await AskAsync(backends, Once)).Outcome);
    }

    [Fact]
    public async Task A_tool_that_fails_takes_no_other_tool_with_it()
    {
        var network = new ScriptedHandler((attempt, _) => Task.FromResult(attempt <= ToolPipeline.LeastFailures ? Error() : Json("{}")));
        using var backends = new HttpToolBackends([Once, Retried], network, clock);
        for (var failure = 1; failure <= ToolPipeline.LeastFailures; failure++)
        {
            await AskAsync(backends, Once);
        }

        Assert.Equal(ToolOutcome.Unavailable, (await AskAsync(backends, Once)).Outcome);
        Assert.Equal(ToolOutcome.Done, (await AskAsync(backends, Retried)).Outcome);
    }

    [Fact]
    public async Task A_refusal_of_the_callers_wish_opens_no_circuit_and_is_not_asked_again()
    {
        var network = new ScriptedHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Conflict)));
        using var backends = new HttpToolBackends([Retried], network, clock);
        for (var use = 1; use <= 10; use++)
        {
            Assert.Equal(ToolOutcome.Refused, (await AskAsync(backends, Retried)).Outcome);
        }

        Assert.Equal(10, network.Asked);
    }

    private static Task<ToolReply> AskAsync(HttpToolBackends backends, Tool tool) =>
        backends.AskAsync(new ToolRequest(tool, Call, "call_1", "{}"), TestContext.Current.CancellationToken);

    private static HttpResponseMessage Error() => new(HttpStatusCode.ServiceUnavailable);

    private static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };

    private async Task<HttpResponseMessage> HangAsync(CancellationToken gone)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, gone);
        return Error();
    }

    /// <summary>Lets time pass until there is an answer; tells how much it was.</summary>
    private async Task<(ToolReply Reply, TimeSpan Waited)> PassAsync(Task<ToolReply> asking)
    {
        var began = clock.GetUtcNow();
        while (!asking.IsCompleted)
        {
            await Task.WhenAny(asking, clock.UntilTimersAsync(1, TestContext.Current.CancellationToken));
            if (!asking.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }
        }

        return (await asking, clock.GetUtcNow() - began);
    }
}
