using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Succession;

public sealed class SuccessionTests
{
    private static readonly Leg Second = Caller("PA_2", "sip_2");
    private static readonly Leg Third = Caller("PA_3", "sip_3");
    private static readonly CallId Successor = CallId.ForSuccessor(Call, "PA_2");

    private readonly CallsBench bench = new();

    [Fact]
    public async Task A_caller_who_comes_after_the_end_gets_a_call_of_their_own_with_an_agent_of_its_own()
    {
        await FirstCallIsOverAsync();

        await CallerComesAsync(34, Second);

        var state = await StateAsync(Successor);
        Assert.Equal(["PA_2"], state.Callers.Select(leg => leg.Sid));
        Assert.Equal((Call.Value, Room.Name), (state.Succession.Previous, state.Rooms.Name));
        Assert.Equal(2, bench.LiveKit.Made.Count);
        Assert.DoesNotContain(bench.LiveKit.Rooms.Single().Agents, agent => agent.Sid == AgentSid);
        Assert.Contains(Successor, bench.Workflows.Started);
    }

    [Fact]
    public async Task What_happens_to_them_later_is_handed_on_and_only_once()
    {
        await FirstCallIsOverAsync();
        await CallerComesAsync(34, Second);

        await HappensAsync(Joined(35, Agent("PA_agent2")), Audio(36, Agent("PA_agent2")), Left(60, Second));
        await HappensAsync(Left(60, Second));

        var history = await bench.Journal.ReadAsync(Successor, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                nameof(CallFact.CallFollows),
                nameof(CallFact.LegJoined),
                nameof(CallFact.LegJoined),
                nameof(CallFact.AudioPublished),
                nameof(CallFact.LegLeft),
            ],
            history.Events.OrderBy(happened => happened.At).Select(happened => happened.Fact.GetType().Name));
    }

    [Fact]
    public async Task The_next_caller_but_one_gets_a_third_call()
    {
        await FirstCallIsOverAsync();
        await CallerComesAsync(34, Second);
        await HappensAsync(Left(60, Second));
        bench.Subject = Successor;
        await bench.SettleAsync();
        bench.Subject = Call;

        await CallerComesAsync(63, Third);

        Assert.Equal(EndCause.CallerHangup, (await StateAsync(Successor)).End?.Result);
        Assert.Equal(["PA_3"], (await StateAsync(CallId.ForSuccessor(Call, "PA_3"))).Callers.Select(leg => leg.Sid));
        Assert.DoesNotContain((await StateAsync(Successor)).Callers, leg => leg.Sid == "PA_3");
    }

    [Fact]
    public async Task Who_comes_while_the_second_caller_is_there_is_in_that_call()
    {
        await FirstCallIsOverAsync();
        await CallerComesAsync(34, Second);

        await CallerComesAsync(40, Third);

        Assert.Equal(["PA_2", "PA_3"], (await StateAsync(Successor)).Callers.Select(leg => leg.Sid));
    }

    [Fact]
    public async Task The_first_calls_room_is_left_to_the_second_and_deleted_by_it()
    {
        await FirstCallIsOverAsync();
        await CallerComesAsync(34, Second);
        bench.Clock.SetUtcNow(At(50));
        await bench.SettleAsync();
        Assert.Single(bench.LiveKit.Rooms);

        await HappensAsync(Left(60, Second));
        bench.LiveKit.Leave(Room.Name, "PA_2", Hangup);
        bench.Subject = Successor;
        await bench.SettleAsync();
        bench.Clock.SetUtcNow(At(70));
        await bench.SettleAsync();

        Assert.Empty(bench.LiveKit.Rooms);
    }

    [Fact]
    public void Whoever_comes_back_with_the_token_of_a_call_that_is_over_begins_none_and_the_room_is_closed_at_once()
    {
        var driver = Caller("PA_1", "driver_x") with { IsByToken = true };
        var back = driver with { Sid = "PA_2", JoinedAtMs = 1 };
        var again = Room with { Sid = "RM_2" };
        var scene = new Scene(Joined(0, driver), Left(30, driver), Ended(30), Deleted(40), Started(50, again), Joined(50, back, again));

        Assert.Empty(scene.State.LaterCallers);
        Assert.Equal(new CallEffect.DeleteRoom(2), scene.DueAt(50));
    }

    [Fact]
    public void The_first_caller_at_all_who_comes_late_is_none_of_the_next_call() =>
        Assert.Empty(new Scene(Arrived(0), Ended(40, EndCause.NeverJoined), Joined(42)).State.LaterCallers);

    [Fact]
    public void A_caller_who_came_unseen_while_the_end_was_written_begins_a_call_too() =>
        Assert.Equal(["PA_2"], new Scene(Joined(0), Left(30), Joined(30, Second), Ended(30)).State.LaterCallers.Select(leg => leg.Sid));

    [Fact]
    public void The_next_caller_whose_coming_is_told_before_the_last_ones_leaving_ends_that_call_and_begins_one()
    {
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(33, Second), Left(35) with { HappenedAt = At(31) });

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.DueAt(35));
        Assert.Equal(["PA_2"], scene.And(Ended(35)).State.LaterCallers.Select(leg => leg.Sid));
    }

    [Fact]
    public void Where_no_word_of_the_last_ones_leaving_comes_LiveKits_list_tells_when_the_next_caller_is_there()
    {
        var both = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5), Joined(33, Second));
        var listed = Left(35.1, reason: LiveKitDisconnectReason.Unknown) with { Inferred = true };

        Assert.Null(both.DueAt(34));
        Assert.Equal(new CallEffect.Reconcile(), both.DueAt(35));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerLost), both.And(listed, Asked(35)).DueAt(35.1));
        Assert.Equal(["PA_2"], both.And(listed, Asked(35), Ended(36, EndCause.CallerLost)).State.LaterCallers.Select(leg => leg.Sid));
    }

    [Fact]
    public void Two_callers_who_are_there_together_are_in_one_call()
    {
        var both = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5), Joined(33, Second), Asked(35));
        var later = Left(95, reason: LiveKitDisconnectReason.Unknown) with { Inferred = true };

        Assert.IsNotType<CallEffect.EndCall>(both.And(Left(40)).DueAt(40));
        Assert.IsNotType<CallEffect.EndCall>(both.And(later, Asked(95)).DueAt(95));
    }

    [Fact]
    public void Whose_own_leg_broke_off_comes_back_into_the_same_call()
    {
        var back = Caller("PA_back") with { JoinedAtMs = 1 };
        var broken = new Scene(Joined(0), Dispatched(0.3), Joined(33, back));

        Assert.IsNotType<CallEffect.EndCall>(broken.And(Left(34, reason: "DUPLICATE_IDENTITY")).DueAt(34));
        Assert.IsNotType<CallEffect.EndCall>(
            broken.And(Left(34, reason: LiveKitDisconnectReason.Unknown) with { Inferred = true }).DueAt(34));
    }

    [Theory]
    [InlineData(20.0, 0)]
    [InlineData(31.0, 1)]
    [InlineData(null, 1)]
    public void Whoever_is_known_by_their_leaving_alone_begins_one_only_where_they_came_after_the_end(double? joined, int later)
    {
        var gone = Second with { JoinedAtMs = joined is { } at ? At(at).ToUnixTimeMilliseconds() : 0 };

        Assert.Equal(later, new Scene(Joined(0), Left(29), Ended(30), Left(43, gone)).State.LaterCallers.Count());
    }

    [Fact]
    public void A_leg_that_its_own_reconnect_threw_out_begins_none() =>
        Assert.Empty(
            new Scene(Joined(0, Caller("PA_1")), Joined(5, Caller("PA_2")), Left(30, Caller("PA_2")), Ended(30)).State.LaterCallers);

    private async Task FirstCallIsOverAsync()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        bench.LiveKit.Join(Room.Name, Agent());
        await HappensAsync(Joined(0), Joined(1, Agent()), Audio(2), Left(30));
        bench.LiveKit.Leave(Room.Name, CallerSid, Hangup);
        bench.Clock.SetUtcNow(At(30));
        await bench.SettleAsync();
        Assert.Equal(EndCause.CallerHangup, (await bench.StateAsync()).End?.Result);
        bench.LiveKit.Dispatch(Room.Name, "acme", "earlier");
    }

    private async Task CallerComesAsync(double at, Leg caller)
    {
        bench.LiveKit.Join(Room.Name, caller);
        await HappensAsync(Joined(at, caller));
    }

    private async Task HappensAsync(params CallEvent[] events)
    {
        foreach (var happened in events)
        {
            bench.Clock.SetUtcNow(happened.At > bench.Clock.GetUtcNow() ? happened.At : bench.Clock.GetUtcNow());
            await bench.Intake.IngestAsync(new ReceivedEvent(Call, happened, Tracking.Follow), TestContext.Current.CancellationToken);
            await bench.SettleAsync();
        }
    }

    private async Task<CallState> StateAsync(CallId callId) =>
        CallState.Of(await bench.Journal.ReadAsync(callId, TestContext.Current.CancellationToken));
}
