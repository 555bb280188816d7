using FsCheck;
using FsCheck.Fluent;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Workflow;

public sealed class WakeUpsTests
{
    private readonly CallsBench bench = new() { Workflows = { SparesWakeUps = true } };

    [Fact]
    public async Task An_agent_who_speaks_ends_no_wait_early_so_nobody_is_woken_and_it_is_published_at_once()
    {
        await CallerWaitsForTheAgentAsync();

        await TakeAsync(Joined(2, Agent()), at: 2);
        await TakeAsync(Audio(2.5), at: 2.5);

        Assert.Empty(bench.Workflows.Started);
        Assert.Contains(bench.Sink.Told, told => told is { Name: LifecycleEventName.ParticipantJoined, ParticipantSid: AgentSid });
    }

    [Fact]
    public async Task A_caller_who_leaves_wakes_the_workflow()
    {
        await CallerWaitsForTheAgentAsync();

        await TakeAsync(Left(3), at: 3);

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task The_first_event_of_a_call_begins_its_workflow()
    {
        await TakeAsync(Started(0), at: 0);

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task Of_the_events_of_one_hanging_up_one_wakes_the_workflow_and_the_end_is_told_before_the_answer()
    {
        await CallerWaitsForTheAgentAsync();

        await TakeAsync(Left(3), at: 3);
        await TakeAsync(DialEnded(3.1, "completed"), at: 3.1);
        await TakeAsync(TwilioLegEnded(3.2, "completed", isCaller: true), at: 3.2);

        Assert.Equal([Call], bench.Workflows.Started);
        Assert.Contains(bench.Sink.Told, told => told.Name == LifecycleEventName.CallEnded);
    }

    [Fact]
    public async Task A_caller_who_comes_gets_the_agent_at_once_and_wakes_nobody_who_looks_soon_anyway()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        await TakeAsync(Started(0), at: 0);
        bench.Workflows.Started.Clear();

        await TakeAsync(Joined(0.5), at: 0.5);
        await TakeAsync(Audio(0.6, Caller()), at: 0.6);

        Assert.Empty(bench.Workflows.Started);
        Assert.Single(bench.LiveKit.Made);
        Assert.Contains(bench.Sink.Told, told => told.Name == LifecycleEventName.AgentDispatched);
    }

    [Theory]
    [InlineData("publish:PARTICIPANT_JOINED:PA_caller", 0)]
    [InlineData("dispatch:2", 1)]
    public async Task While_somebody_publishes_nobody_is_woken_and_while_somebody_does_anything_else_the_workflow_is(
        string held, int woken)
    {
        await CallerWaitsForTheAgentAsync();
        await bench.CommitAsync(Held(held, 1, 16));

        await TakeAsync(Joined(2, Agent()), at: 2);

        Assert.Equal(woken, bench.Workflows.Started.Count);
    }

    [Fact]
    public async Task While_somebody_is_at_work_who_does_not_know_the_event_the_workflow_is_woken()
    {
        await CallerWaitsForTheAgentAsync();
        await bench.CommitAsync(Held(CallEffect.Reconcile.ClaimKey, 1, 16));

        await TakeAsync(Joined(2, Agent()), at: 2);

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task What_could_not_be_published_is_published_by_the_workflow_when_it_looks_again()
    {
        await CallerWaitsForTheAgentAsync();
        bench.Sink.Refuse = _ => new InvalidOperationException("full");
        await TakeAsync(Joined(2, Agent()), at: 2);
        bench.Sink.Refuse = _ => null;

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.SettleAsync();

        Assert.Contains(bench.Sink.Told, told => told is { Name: LifecycleEventName.ParticipantJoined, ParticipantSid: AgentSid });
    }

    [Fact]
    public async Task Where_the_journal_is_away_the_workflow_is_woken()
    {
        await CallerWaitsForTheAgentAsync();
        bench.Journal.Before = call => call == "Read" ? throw new JournalUnavailableException("away") : Task.CompletedTask;

        await TakeAsync(Joined(2, Agent()), at: 2);

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task An_event_that_comes_again_wakes_the_workflow_because_the_first_time_may_have_ended_in_between()
    {
        await CallerWaitsForTheAgentAsync();
        await TakeAsync(Joined(2, Agent()), at: 2);

        await TakeAsync(Joined(2, Agent()), at: 2);

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task A_workflow_in_the_process_is_always_woken()
    {
        await CallerWaitsForTheAgentAsync();
        bench.Workflows.SparesWakeUps = false;

        await TakeAsync(Joined(2, Agent()), at: 2);

        Assert.Equal([Call], bench.Workflows.Started);
    }

    /// <summary>Each of them alone would make the workflow look earlier, and each sees that the other does already.</summary>
    [Fact]
    public async Task Of_two_events_that_come_at_one_time_one_wakes_the_workflow()
    {
        await CallerWaitsForTheAgentAsync();
        await bench.AppendAsync(Joined(1, Agent()), Audio(1));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.SettleAsync();
        CallEvent[] atOnce = [Audio(2, Other(LegRole.Guest, "PA_one")), Audio(2, Other(LegRole.Guest, "PA_other"))];
        await bench.AppendAsync(atOnce);

        var woken = 0;
        foreach (var stored in atOnce)
        {
            var wakeUp = await bench.CoreOf().WakeUps.AfterAsync(
                Call, stored, false, EventIngestor.InlineBudget, TestContext.Current.CancellationToken);
            woken += wakeUp == WakeUp.None ? 0 : 1;
        }

        Assert.Equal(1, woken);
    }

    /// <summary>
    /// A workflow has read some events and waits. Two more are stored, in any order and seen by each other or not. If neither wakes it, its
    /// time has not become earlier.
    /// </summary>
    [Fact]
    public void A_workflow_that_nobody_wakes_need_not_wake_earlier() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(
        (from events in RandomHistories.Events.Where(events => events.Length > 2)
         from claims in RandomHistories.Claims.Where(claims => claims.Length > 0)
         from first in Gen.Choose(0, 1)
         from sees in Gen.Elements(true, false)
         from second in Gen.Choose(0, 130)
         select (events, claims, first, sees, second)).ToArbitrary(),
        moment => Task.Run(async () =>
        {
            var (events, claims, first, sees, second) = moment;
            CallEvent[] read = events[..^2];
            var (one, other) = (events[^(2 - first)], events[^(1 + first)]);
            if (await WaitOfAsync(read, claims, second) is not { } until
                || await IsWokenAsync(sees ? events : [.. read, one], claims, one, second)
                || await IsWokenAsync(events, claims, other, second))
            {
                return true;
            }

            return await WaitOfAsync(events, claims, second) >= until;
        }).GetAwaiter().GetResult()));

    private static async Task<bool> IsWokenAsync(CallEvent[] seen, EffectClaim[] claims, CallEvent stored, int second)
    {
        var world = await WorldOfAsync(seen, claims, second);
        return await world.CoreOf().WakeUps.AfterAsync(Call, stored, false, EventIngestor.InlineBudget, CancellationToken.None)
            != WakeUp.None;
    }

    /// <summary>Until when a workflow waits that knows these events, once all is published.</summary>
    private static async Task<DateTimeOffset?> WaitOfAsync(CallEvent[] events, EffectClaim[] claims, int second)
    {
        var world = await WorldOfAsync(events, claims, second);
        var look = await world.LookAsync();
        if (look.Decision is CallDecision.Do { Effect: CallEffect.Publish })
        {
            await world.Steps.ExecuteAsync(look, CancellationToken.None);
            look = await world.LookAsync();
        }

        return look.Decision is CallDecision.WaitUntil wait ? wait.Time : null;
    }

    private static async Task<CallsBench> WorldOfAsync(CallEvent[] events, EffectClaim[] claims, int second)
    {
        var world = new CallsBench();
        world.Clock.Advance(TimeSpan.FromSeconds(second));
        await world.AppendAsync(events);
        await world.CommitAsync(claims);
        return world;
    }

    /// <summary>The caller is there, an agent was sent, and the workflow waits for it.</summary>
    private async Task CallerWaitsForTheAgentAsync()
    {
        await bench.AppendAsync(Started(0), Joined(0.5));
        await bench.CommitAsync(Dispatched(0.6));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var look = await bench.LookAsync();
        await bench.Steps.ExecuteAsync(look, TestContext.Current.CancellationToken);
        Assert.IsType<CallDecision.WaitUntil>((await bench.LookAsync()).Decision);
    }

    private async Task TakeAsync(CallEvent callEvent, double at)
    {
        bench.Clock.Advance(At(at) - bench.Clock.GetUtcNow() is var ahead && ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
        await bench.Intake.IngestAsync(new ReceivedEvent(Call, callEvent, Tracking.Follow), TestContext.Current.CancellationToken);
    }
}
