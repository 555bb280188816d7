using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Workflow;

public sealed class CallSweeperTests
{
    private readonly CallsBench bench = new();

    private CallSweeper Sweeper => bench.CoreOf().Sweeper;

    [Fact]
    public async Task Every_call_that_is_not_closed_is_started_or_woken()
    {
        await bench.AppendAsync(Arrived(0));
        var other = CallId.ForTwilio("another");
        await bench.Journal.AppendAsync(other, Started(0), Tracking.Follow, TestContext.Current.CancellationToken);
        await bench.Journal.AppendAsync(
            CallId.ForTwilio("nobody's"), Started(0), Tracking.RecordOnly, TestContext.Current.CancellationToken);

        Assert.Equal(2, await SweepAsync());

        Assert.Equal(new HashSet<CallId> { Call, other }, bench.Workflows.Started.ToHashSet());
    }

    [Fact]
    public async Task A_call_that_the_engine_follows_in_time_counts_as_open_and_is_left_alone()
    {
        await bench.AppendAsync(Arrived(0));
        bench.Workflows.InTime.Add(Call);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await SweepAsync());

        Assert.Empty(bench.Workflows.Started);
        Assert.Empty((await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken)).Claims);
    }

    [Fact]
    public async Task A_room_of_ours_that_no_webhook_told_of_is_taken_in_once()
    {
        bench.LiveKit.Open(Room.Name, "RM_silent");
        bench.LiveKit.Open("support", "RM_foreign");
        bench.LiveKit.Open("callee_x", "RM_other_prefix");

        await SweepAsync();

        var started = Assert.Single((await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken)).Events);
        Assert.Equal(
            ("inferred:room_started:RM_silent", true, new RoomSession(Room.Name, "RM_silent")),
            (started.Id, started.Inferred, started.Room));
        Assert.Equal([Call], bench.Workflows.Started);
        Assert.Equal(1, await SweepAsync());
        Assert.Single((await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken)).Events);
    }

    [Fact]
    public async Task A_room_that_lives_again_after_its_call_was_closed_is_taken_in_again()
    {
        await bench.AppendAsync(Started(0));
        await bench.Journal.CloseAsync(Call, TestContext.Current.CancellationToken);
        bench.LiveKit.Open(Room.Name, Room.Sid);
        await SweepAsync();
        Assert.Empty(bench.Workflows.Started);

        bench.LiveKit.Close(Room.Name, "ROOM_CLOSED");
        bench.LiveKit.Open(Room.Name, "RM_2");
        await SweepAsync();

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task A_caller_whose_webhooks_were_all_lost_gets_an_agent_after_the_next_sweep()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        await SweepAsync();

        bench.Clock.Advance(ReconcileRules.WhileWaiting);
        await bench.SettleAsync();

        Assert.Single(bench.LiveKit.Made);
    }

    [Fact]
    public async Task A_call_whose_workflow_stands_still_is_taken_to_its_end_by_the_sweeps_alone()
    {
        CallerIsThere();
        await bench.AppendAsync(Started(0), Joined(0));
        bench.Clock.SetUtcNow(At(15));
        await SweepAsync();
        Assert.Single(bench.LiveKit.Made);

        await bench.AppendAsync(Left(16));
        bench.Clock.SetUtcNow(At(31));
        await SweepAsync();
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).End!.Status);

        bench.Clock.SetUtcNow(At(91));
        await SweepAsync();
        Assert.Empty(bench.LiveKit.Rooms);
    }

    [Fact]
    public async Task A_step_that_is_not_overdue_is_left_to_the_workflow()
    {
        CallerIsThere();
        await bench.AppendAsync(Started(0), Joined(0));

        bench.Clock.SetUtcNow(At(14.9));
        await SweepAsync();

        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task A_step_that_somebody_claimed_a_moment_ago_is_left_to_them()
    {
        CallerIsThere();
        await bench.AppendAsync(Started(0), Joined(0));
        bench.Clock.SetUtcNow(At(20));
        await bench.CommitAsync(new EffectClaim("dispatch:1", ClaimStatus.Intent, "somebody", 1, At(20)) { Until = At(35) });

        await SweepAsync();

        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task A_call_that_is_listed_again_by_a_late_word_is_closed_without_its_workflow()
    {
        await bench.AppendAsync(Started(0), Joined(1), Left(20));
        await bench.CommitAsync(Ended(20), Done("delete-room:1", 30, "deleted"));
        bench.Clock.SetUtcNow(At(60));
        await bench.SettleAsync();
        await bench.AppendAsync(new CallEvent("EV_late", At(59), new CallFact.Unhandled("track_unpublished")) { Room = Room });

        await SweepAsync();

        Assert.Empty(bench.Workflows.Started);
        Assert.Equal(0, await SweepAsync());
    }

    [Fact]
    public async Task An_event_of_just_now_makes_nothing_overdue()
    {
        CallerIsThere();
        await bench.AppendAsync(Started(30), Joined(39));
        bench.Clock.SetUtcNow(At(40));

        await SweepAsync();

        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task Where_LiveKit_does_not_answer_the_open_calls_are_woken_all_the_same()
    {
        await bench.AppendAsync(Arrived(0));
        bench.LiveKit.Script("ListRooms", Trouble.Unavailable);

        Assert.Equal(1, await SweepAsync());
        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task A_room_that_outlives_its_closed_call_is_deleted_after_all()
    {
        await bench.AppendAsync(Started(0), Joined(1), Left(20));
        await bench.CommitAsync(Ended(20), GivenUp("delete-room:1", 30));
        await bench.Journal.CloseAsync(Call, TestContext.Current.CancellationToken);
        bench.LiveKit.Open(Room.Name, Room.Sid, TimeSpan.FromHours(1));
        bench.LiveKit.Join(Room.Name, Agent());

        bench.Clock.SetUtcNow(At(329));
        await SweepAsync();
        Assert.Empty(bench.Workflows.Started);
        bench.Clock.SetUtcNow(At(330));
        await SweepAsync();

        Assert.Equal([Call], bench.Workflows.Started);
        await bench.SettleAsync();
        Assert.Empty(bench.LiveKit.Rooms);
    }

    [Theory]
    [InlineData(LegRole.Agent, 0)]
    [InlineData(LegRole.Guest, 1)]
    public async Task A_room_of_ours_that_never_was_a_call_goes_where_nobody_but_agents_is_left_in_it(LegRole role, int rooms)
    {
        await bench.AppendAsync(Started(0));
        await bench.Journal.CloseAsync(Call, TestContext.Current.CancellationToken);
        bench.LiveKit.Open(Room.Name, Room.Sid, TimeSpan.FromHours(1));
        bench.LiveKit.Join(Room.Name, Other(role));

        bench.Clock.SetUtcNow(At(300));
        await SweepAsync();
        await bench.SettleAsync();

        Assert.Equal(rooms, bench.LiveKit.Rooms.Count());
    }

    [Fact]
    public async Task Stories_that_are_older_than_the_retention_are_deleted()
    {
        await bench.AppendAsync(Started(0));
        await bench.Journal.CloseAsync(Call, TestContext.Current.CancellationToken);

        bench.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await Sweeper.PurgeAsync(TestContext.Current.CancellationToken));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Sweeper.PurgeAsync(TestContext.Current.CancellationToken));
    }

    private void CallerIsThere()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
    }

    private Task<int> SweepAsync() => Sweeper.SweepAsync(TestContext.Current.CancellationToken);
}
