using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>A dispatch that is tried again, in a room where something else has happened by then.</summary>
public sealed class DispatchBesidePeopleTests
{
    private static readonly Leg Operator = Other(LegRole.Guest);
    private readonly CallsBench bench = new();

    public DispatchBesidePeopleTests() => bench.LiveKit.Join(Room.Name, Caller());

    [Fact]
    public async Task It_is_not_made_while_a_human_talks()
    {
        var outcome = await DispatchAsync(new Scene(Joined(0), Joined(2, Operator), Audio(3, Operator)).State);

        Assert.Equal(new EffectOutcome.GaveUp("human_talks"), outcome);
        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task One_that_was_made_is_found_although_a_human_talks()
    {
        var metadata = DispatchMetadata.Of(Call, 1, SomeFence.Keyed.Of(Call, 1), new AgentConfig("acme"), SomeFence.Job);
        var made = bench.LiveKit.Dispatch(Room.Name, "acme", metadata);

        var outcome = await DispatchAsync(new Scene(Joined(0), Joined(2, Operator), Audio(3, Operator)).State);

        Assert.Equal($"created:{made.Id}", Assert.IsType<EffectOutcome.Done>(outcome).Result);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task It_is_not_made_in_a_room_of_others_where_people_talked_before_the_phone_came(bool talk, int made)
    {
        var meeting = new RoomSession("meeting", "RM_M");
        bench.LiveKit.Join(meeting.Name, Caller());
        var other = bench.LiveKit.Join(meeting.Name, Operator);
        if (talk)
        {
            bench.LiveKit.Publish(meeting.Name, other.Sid);
        }

        var outcome = await DispatchAsync(new Scene(Joined(0, room: meeting)).State, attempt: 1);

        Assert.Equal(made, bench.LiveKit.Made.Count);
        Assert.Equal(talk, outcome is EffectOutcome.GaveUp { Reason: "human_talks", Learnt.Count: 2 });
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Whoever_was_silent_may_have_switched_their_microphone_on(bool speaks, int made)
    {
        var guest = bench.LiveKit.Join(Room.Name, Operator);
        if (speaks)
        {
            bench.LiveKit.Publish(Room.Name, guest.Sid);
        }

        await DispatchAsync(new Scene(Joined(0, guest), Joined(1)).State, attempt: 1);

        Assert.Equal(made, bench.LiveKit.Made.Count);
    }

    [Theory]
    [InlineData("transcriber", 1)]
    [InlineData("another", 0)]
    public async Task A_helper_of_the_route_that_somebody_else_brought_and_that_is_heard_first_is_not_taken_for_the_voice_agent(
        string helper, int made)
    {
        var heard = bench.LiveKit.Join(Room.Name, Helper());
        var route = CallsBench.Route with { Timeouts = Timeouts with { Helpers = [helper] } };

        await bench.Agents.DispatchAsync(
            CallsBench.Context(new Scene(Joined(0, heard), Audio(0.5, heard), Joined(1)).State, route: route),
            new CallEffect.DispatchAgent(1),
            TestContext.Current.CancellationToken);

        Assert.Equal(made, bench.LiveKit.Made.Count);
    }

    [Fact]
    public async Task Where_LiveKit_does_not_say_who_speaks_in_a_room_of_ours_the_caller_does_not_wait_for_it()
    {
        bench.LiveKit.Script("ListParticipants", Trouble.Unavailable);

        await DispatchAsync(new Scene(Joined(0, Operator), Joined(1)).State, attempt: 1);

        Assert.Single(bench.LiveKit.Made);
    }

    [Fact]
    public async Task An_avatar_whose_agent_died_is_put_out_before_the_next_agent_comes_and_an_avatar_of_somebody_elses_is_not()
    {
        var avatar = bench.LiveKit.Join(Room.Name, Other(LegRole.Agent, "PA_avatar") with { OnBehalfOf = Agent().Identity });
        var others = bench.LiveKit.Join(Room.Name, Other(LegRole.Agent, "PA_others") with { OnBehalfOf = Helper().Identity });
        var history = new Scene(
            Joined(0), Dispatched(0.3), Joined(1, Agent()), Joined(2, avatar), Joined(2, Helper()), Joined(3, others), Left(30, Agent()));

        await DispatchAsync(history.State, attempt: 1, epoch: 2);

        Assert.Equal([CallerSid, "PA_others"], bench.LiveKit.Rooms.Single().Participants.Select(inside => inside.Sid));
    }

    [Fact]
    public async Task The_next_callers_agent_is_not_sent_before_the_earlier_calls_agents_are_out()
    {
        bench.LiveKit.Script("ListDispatches", Trouble.Unavailable);

        var outcome = await DispatchAsync(new Scene(InRoom(0, new CallFact.CallFollows("before")), Joined(0)).State, attempt: 1);

        Assert.Equal("list_dispatches", Assert.IsType<EffectOutcome.TryAgain>(outcome).Reason);
        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public void An_agent_of_either_name_that_an_epoch_may_have_sent_is_the_voice_agent()
    {
        var sent = Dispatched(1) with { Agent = "acme", EarlierAgent = "acme-reserve" };
        var state = new Scene(Joined(0), sent, Joined(2, Agent() with { AgentName = "acme-reserve" })).State;

        Assert.Equal(AgentSid, Assert.Single(state.LiveAgents).Sid);
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(21, 0)]
    public async Task An_agent_that_no_longer_renews_its_lease_is_replaced_and_not_adopted(double until, int made)
    {
        var agent = bench.LiveKit.Join(Room.Name, Agent("PA_1", "agent-AJ_1"));
        var lease = Done("lease:1", 2, "AJ_1") with { Until = At(until) };

        await DispatchAsync(new Scene(Joined(0), Dispatched(1), lease, Joined(2, agent), Audio(3, agent)).State, attempt: 1, epoch: 2);

        Assert.Equal(made, bench.LiveKit.Made.Count);
    }

    private Task<EffectOutcome> DispatchAsync(CallState state, int attempt = 2, int epoch = 1) => bench.Agents.DispatchAsync(
        CallsBench.Context(state, attempt), new CallEffect.DispatchAgent(epoch), TestContext.Current.CancellationToken);
}
