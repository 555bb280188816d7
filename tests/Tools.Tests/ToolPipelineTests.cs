using System.Net;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;

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

    private readonly DueClock clock = new();
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_backend_that_does_not_answer_is_waited_for_until_the_deadline_and_asked_once()
    {
        var network = new ScriptedHandler((_, gone) => HangAsync(gone));
        var backends = new HttpToolBackends([Once], network, clock);

        var asking = AskAsync(backends, Once);
        await hanging.Task;
        clock.Advance(Once.Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new ToolReply(ToolOutcome.TimedOut), await asking);
        Assert.Equal(1, network.Asked);
    }

    [Fact]
    public async Task A_tool_that_may_be_retried_gets_a_second_chance_after_half_of_its_time_under_the_same_key()
    {
        var network = new ScriptedHandler((attempt, gone) => attempt == 1 ? HangAsync(gone) : Task.FromResult(Json("{}")));
        var backends = new HttpToolBackends([Retried], network, clock);

        var asking = AskAsync(backends, Retried);
        await hanging.Task;
        clock.Advance(Retried.Deadline / 2);
        await PauseAsync();

        Assert.Equal(ToolOutcome.Done, (await asking).Outcome);
        Assert.Equal([$"{Call}.call_1", $"{Call}.call_1"], network.Keys);
    }

    [Fact]
    public async Task An_error_is_asked_about_again_where_the_tool_may_be_retried()
    {
        var network = new ScriptedHandler((attempt, _) => Task.FromResult(attempt == 1 ? Error() : Json("{}")));
        var backends = new HttpToolBackends([Retried], network, clock);

        var asking = AskAsync(backends, Retried);
        await PauseAsync();

        Assert.Equal(ToolOutcome.Done, (await asking).Outcome);
        Assert.Equal(2, network.Asked);
    }

    [Fact]
    public async Task An_error_is_asked_about_once_where_it_may_not()
    {
        var network = new ScriptedHandler((attempt, _) => Task.FromResult(attempt == 1 ? Error() : Json("{}")));
        using var backends = new HttpToolBackends([Once], network, clock);

        Assert.Equal(ToolOutcome.Failed, (await AskAsync(backends, Once)).Outcome);
        Assert.Equal(1, network.Asked);
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
        hanging.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, gone);
        return Error();
    }

    /// <summary>Waits for the pause before the next attempt, and lets it pass.</summary>
    private async Task PauseAsync() => clock.Advance(await clock.UntilTimerAsync(
        due => due > TimeSpan.Zero && due < Retried.Deadline / 2, TestContext.Current.CancellationToken));
}
