using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Http;

/// <summary>Anybody may ask whether the gateway is ready, as often as they like: journal and LiveKit are asked once a second.</summary>
public sealed class ReadyRouteTests
{
    private static readonly GatewayRequest Request = new("GET", "/readyz", _ => null, ReadOnlyMemory<byte>.Empty);

    private readonly GatewayBench bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_questions_within_a_second_ask_LiveKit_once()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(200, (await bench.GetAsync("/readyz", null)).Status);
        }

        Assert.Single(bench.LiveKit.Asked);

        bench.Clock.Advance(TimeSpan.FromMilliseconds(999));
        await bench.GetAsync("/readyz", null);
        Assert.Single(bench.LiveKit.Asked);

        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await bench.GetAsync("/readyz", null);
        Assert.Equal(2, bench.LiveKit.Asked.Count);
    }

    [Fact]
    public async Task An_answer_is_no_older_than_a_second()
    {
        Assert.Equal(200, (await bench.GetAsync("/readyz", null)).Status);
        bench.Journal.IsDown = true;
        Assert.Equal(200, (await bench.GetAsync("/readyz", null)).Status);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(503, (await bench.GetAsync("/readyz", null)).Status);
    }

    [Fact]
    public async Task Who_comes_while_the_journal_is_being_asked_waits_for_that_answer_and_may_go()
    {
        var journal = new SlowJournal();
        var ready = new ReadyHandler(journal, bench.LiveKit, bench.Clock);
        using var gone = new CancellationTokenSource();

        var first = ready.HandleAsync(Request, gone.Token).AsTask();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        var second = ready.HandleAsync(Request, Stop).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        journal.Answer.SetResult(true);

        Assert.Equal((200, 1), ((await second).Status, journal.Asked));
    }

    [Fact]
    public async Task Another_instance_asks_by_itself()
    {
        var journal = new SlowJournal();
        journal.Answer.SetResult(true);

        await new ReadyHandler(journal, bench.LiveKit, bench.Clock).HandleAsync(Request, Stop);
        await new ReadyHandler(journal, bench.LiveKit, bench.Clock).HandleAsync(Request, Stop);

        Assert.Equal(2, journal.Asked);
    }

    private sealed class SlowJournal() : DelegatingJournal(new InMemoryCallJournal(new ManualClock()))
    {
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Asked { get; private set; }

        public override ValueTask<bool> IsReachableAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return new(Answer.Task);
        }
    }
}
