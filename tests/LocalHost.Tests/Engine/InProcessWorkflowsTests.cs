using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.Engine;

/// <summary>Which calls the engine of this process follows in time: the sweep leaves those alone.</summary>
public sealed class InProcessWorkflowsTests : IDisposable
{
    private static readonly CallId Call = CallId.ForTwilio("CA00000000000000000000000000000001");
    private static readonly TimeSpan Overdue = CallSweeper.Overdue;

    private readonly ManualClock clock = new();
    private readonly HangingJournal journal;
    private InProcessWorkflows? workflows;

    public InProcessWorkflowsTests() => journal = new HangingJournal(new InMemoryCallJournal(clock));

    public void Dispose() => workflows?.Dispose();

    [Fact]
    public void A_call_without_a_workflow_is_not_followed()
    {
        Assert.False(Engine(isAlone: true).IsInTime(Call, Overdue));
    }

    [Fact]
    public async Task A_call_is_followed_in_time_until_its_workflow_hangs_for_too_long()
    {
        var engine = Engine(isAlone: true);
        await engine.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await journal.IsRead;

        Assert.True(engine.IsInTime(Call, Overdue));
        clock.Advance(Overdue + TimeSpan.FromSeconds(1));

        Assert.False(engine.IsInTime(Call, Overdue));
    }

    [Fact]
    public async Task Where_others_can_change_the_call_nobody_knows_that_it_is_followed_in_time()
    {
        var engine = Engine(isAlone: false);
        await engine.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await journal.IsRead;

        Assert.False(engine.IsInTime(Call, Overdue));
    }

    private InProcessWorkflows Engine(bool isAlone)
    {
        var services = new CallServices(
            journal,
            new InMemoryLiveKit(clock),
            new MemoryEventSink(null),
            Told.Routes,
            new RoomNaming("call"),
            new ParticipantMapper(agentIdentityPrefix: null),
            clock,
            NullLoggerFactory.Instance)
        {
            Fence = SomeFence.Keyed,
        };
        _ = new CallCore(services, TimeSpan.FromDays(30), advancer => workflows = new InProcessWorkflows(
            advancer, clock, TaskScheduler.Default, isAlone, NullLogger<InProcessWorkflows>.Instance));
        return workflows!;
    }

    /// <summary>Never answers a read, and says when it was asked.</summary>
    private sealed class HangingJournal(ICallJournal inner) : DelegatingJournal(inner)
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsRead => asked.Task;

        public override async ValueTask<CallHistory> ReadAsync(CallId callId, CancellationToken cancellationToken)
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return await base.ReadAsync(callId, cancellationToken);
        }
    }
}
