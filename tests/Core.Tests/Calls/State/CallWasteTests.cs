using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>From when on a room serves nobody, and what that costs in time.</summary>
public sealed class CallWasteTests
{
    private static readonly DateTimeOffset Now = At(300);

    [Fact]
    public void A_room_is_deserted_when_the_last_of_its_callers_is_gone()
    {
        var state = StateOf(Joined(0), Joined(5, Caller("PA_second", "sip_+15550100002")), Left(20));

        Assert.Null(CallWaste.DesertedAt(state));
        Assert.Equal(At(30), CallWaste.DesertedAt(state.Apply(Left(30, Caller("PA_second", "sip_+15550100002")))));
    }

    [Fact]
    public void Whoever_tells_first_that_the_caller_is_gone_is_believed()
    {
        var left = StateOf(Arrived(0), Joined(1), Left(40));

        Assert.Equal(At(40), CallWaste.DesertedAt(left));
        var told = left.Apply(TwilioLegEnded(33, "completed", isCaller: true)).Apply(DialEnded(31, "completed"));
        Assert.Equal(At(31), CallWaste.DesertedAt(told));
        Assert.Equal(At(25), CallWaste.DesertedAt(left.With([Ended(25)])));
    }

    [Fact]
    public void What_Twilio_said_of_an_earlier_leg_and_an_end_with_somebody_there_tell_nothing_of_a_caller()
    {
        Assert.Equal(At(40), CallWaste.DesertedAt(StateOf(Arrived(0), DialEnded(1, "no-answer"), Joined(10), Left(40))));
        Assert.Null(CallWaste.DesertedAt(StateOf(Joined(0)).With([Ended(25, EndCause.MaxDuration)])));
    }

    [Fact]
    public void Where_nobody_came_the_room_is_deserted_at_the_calls_end()
    {
        var state = StateOf(Started(0));

        Assert.Null(CallWaste.DesertedAt(state));
        Assert.Equal(At(50), CallWaste.DesertedAt(state.With([Ended(50, EndCause.CallerLost)])));
    }

    [Theory]
    [InlineData(35.0, null, 15)]
    [InlineData(null, 45.0, 25)]
    [InlineData(35.0, 45.0, 15)]
    [InlineData(null, null, 280)]
    public void A_ghost_room_lasts_until_LiveKit_finishes_it_or_we_delete_it(double? finished, double? deleted, double ghost)
    {
        var state = StateOf(Started(0), Joined(0), Left(20)).With([Ended(20)]);
        state = finished is { } at ? state.Apply(Finished(at)) : state;
        state = deleted is { } then ? state.With([Deleted(then)]) : state;

        Assert.Equal(TimeSpan.FromSeconds(ghost), CallWaste.GhostRoom(state, Now));
    }

    [Fact]
    public void While_somebody_is_there_nothing_is_wasted()
    {
        var state = StateOf(Started(0), Joined(0), Joined(1, Agent()));

        Assert.Equal(TimeSpan.Zero, CallWaste.GhostRoom(state, Now));
        Assert.Equal(TimeSpan.Zero, CallWaste.AgentsAlone(state, Now));
        Assert.Equal(TimeSpan.Zero, CallWaste.SurplusAgents(state, Now));
    }

    [Fact]
    public void Agents_are_alone_from_the_last_callers_leaving_until_each_of_them_is_gone()
    {
        var state = StateOf(
            Joined(0), Joined(1, Agent()), Joined(10, Agent("PA_two")), Left(20), Left(25, Agent()), Left(30, Agent("PA_two")));

        Assert.Equal(TimeSpan.FromSeconds(5 + 10), CallWaste.AgentsAlone(state, Now));
    }

    [Fact]
    public void A_second_agent_is_too_many_while_the_first_is_there_and_a_caller_too()
    {
        var state = StateOf(
            Joined(0), Joined(1, Agent()), Joined(10, Agent("PA_two")), Left(14, Agent()), Left(20), Left(30, Agent("PA_two")));

        Assert.Equal(TimeSpan.FromSeconds(4), CallWaste.SurplusAgents(state, Now));
        Assert.Equal(
            TimeSpan.FromSeconds(10),
            CallWaste.SurplusAgents(StateOf(Joined(0), Joined(1, Agent()), Joined(10, Agent("PA_two")), Left(20)), Now));
    }

    [Fact]
    public void Stays_that_overlap_are_counted_once()
    {
        static CallWaste.Span Stay(double from, double to) => new(At(from), At(to));

        Assert.Equal(TimeSpan.FromSeconds(15), CallWaste.Together([Stay(20, 25), Stay(0, 10), Stay(2, 5), Stay(8, 10)]));
        Assert.Equal(TimeSpan.Zero, Stay(5, 1).Length);
        Assert.Equal(Stay(3, 7), Stay(0, 10).Within(At(3), At(7)));
        Assert.Equal(Stay(4, 6), Stay(4, 6).Within(At(3), At(7)));
    }

    /// <summary>A call into which an agent was sent.</summary>
    private static CallState StateOf(params Events.CallEvent[] events) => CallState.Of(new CallHistory(Call, "", events, [Dispatched(0)]));
}
