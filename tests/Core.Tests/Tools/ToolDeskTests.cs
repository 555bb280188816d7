using System.Text.Json;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Tools.Catalog;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Tools;

/// <summary>One tool call, and processes that die or ask at the same time.</summary>
public sealed class ToolDeskTests
{
    private static readonly CallId Call = CallId.ForTwilio("CA1");
    private static readonly Tool Retried = new("book", new Uri("https://golf.example/book")) { MayRetry = true };
    private static readonly Tool AskedOnce = new("book", new Uri("https://golf.example/book"));
    private static readonly ToolAsk Ask = new(new LeaseRequest(Call, "fence", 1, "AJ_1"), "call_1", JsonElement.Parse("{}"));
    private static readonly ToolReply Booked = new(ToolOutcome.Done) { Status = 200, Result = """{"id":1}""" };

    private readonly ManualClock clock = new();
    private readonly InMemoryCallJournal journal;
    private readonly BenchBackends dying = new();
    private readonly BenchBackends living = new() { Answer = _ => Task.FromResult(Booked) };
    private readonly TaskCompletionSource<ToolReply> never = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ToolDeskTests()
    {
        journal = new InMemoryCallJournal(clock);
        dying.Answer = _ => never.Task;
    }

    [Fact]
    public async Task A_tool_that_may_be_retried_is_asked_again_under_the_same_key_when_its_process_is_dead()
    {
        _ = UseAsync(dying, Retried);
        var second = UseAsync(living, Retried);
        Assert.False(await PassAsync(second, Retried.Deadline + ToolDesk.Aftermath - TimeSpan.FromMilliseconds(250)));

        Assert.True(await PassAsync(second, TimeSpan.FromSeconds(1)));

        Assert.Equal(ToolOutcome.Done, Assert.IsType<ToolRun.Answered>(await second).Answer.Outcome);
        Assert.Equal(Assert.Single(dying.Asked).IdempotencyKey, Assert.Single(living.Asked).IdempotencyKey);
        Assert.Equal(2, (await StateAsync()).Tools.Find("call_1")!.Attempts);
    }

    [Fact]
    public async Task A_tool_that_may_not_is_never_asked_again_and_the_agent_is_told_that_nobody_knows()
    {
        _ = UseAsync(dying, AskedOnce);
        var second = UseAsync(living, AskedOnce);

        Assert.True(await PassAsync(second, AskedOnce.Deadline + ToolDesk.Aftermath + TimeSpan.FromSeconds(1)));

        Assert.Equal(ToolOutcome.Unknown, Assert.IsType<ToolRun.Answered>(await second).Answer.Outcome);
        Assert.Empty(living.Asked);
    }

    [Fact]
    public async Task An_answer_of_another_process_is_waited_for_and_given()
    {
        var first = UseAsync(dying, AskedOnce);
        var second = UseAsync(living, AskedOnce);
        await PassAsync(second, TimeSpan.FromSeconds(1));

        never.SetResult(Booked);
        await first;
        Assert.True(await PassAsync(second, TimeSpan.FromSeconds(1)));

        Assert.Equal(await first, await second);
        Assert.Empty(living.Asked);
    }

    [Fact]
    public async Task A_process_that_was_taken_for_dead_gives_the_answer_that_was_written_down_first()
    {
        var first = UseAsync(dying, Retried);
        var second = UseAsync(living, Retried);
        Assert.True(await PassAsync(second, Retried.Deadline + ToolDesk.Aftermath + TimeSpan.FromSeconds(1)));

        never.SetResult(new ToolReply(ToolOutcome.Failed));

        Assert.Equal(await second, await first);
        Assert.Equal(ToolOutcome.Done, (await StateAsync()).Tools.Find("call_1")!.Answer!.Outcome);
    }

    [Fact]
    public async Task Of_fifty_processes_one_asks()
    {
        var all = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => UseAsync(living, AskedOnce))));
        while ((await StateAsync()).Tools.Find("call_1")?.Answer is null)
        {
            await Task.Yield();
        }

        while (!all.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.Single((await all).Distinct());
        Assert.Single(living.Asked);
    }

    [Fact]
    public async Task An_asker_who_goes_away_ends_nothing()
    {
        var desk = new ToolDesk(journal, dying, clock);
        using var gone = new CancellationTokenSource();
        var first = desk.AskAsync(AskedOnce, Ask, await StateAsync(), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = desk.AskAsync(AskedOnce, Ask, await StateAsync(), CancellationToken.None);
        never.SetResult(Booked);

        Assert.Equal(ToolOutcome.Done, Assert.IsType<ToolRun.Answered>(await second).Answer.Outcome);
        Assert.Single(dying.Asked);
    }

    /// <summary>A use by a process of its own.</summary>
    private async Task<ToolRun> UseAsync(BenchBackends backends, Tool tool) =>
        await new ToolDesk(journal, backends, clock).AskAsync(tool, Ask, await StateAsync(), CancellationToken.None);

    private async Task<CallState> StateAsync() => CallState.Of(await journal.ReadAsync(Call, CancellationToken.None));

    /// <summary>Lets time pass in the steps in which the desk looks; tells whether the use has come to its end.</summary>
    private async Task<bool> PassAsync(Task use, TimeSpan time)
    {
        var until = clock.GetUtcNow() + time;
        while (!use.IsCompleted && clock.GetUtcNow() < until)
        {
            await Task.WhenAny(use, clock.UntilTimersAsync(1, TestContext.Current.CancellationToken));
            if (!use.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMilliseconds(250));
            }
        }

        return use.IsCompleted;
    }
}
