using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.State;

public sealed class CallSilenceTests
{
    private static readonly object[] Answered = [Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(2)];

    [Fact]
    public void Before_the_end_and_without_a_caller_nothing_can_be_said()
    {
        Assert.Null(CallSilence.Total(new Scene(Answered).State));
        Assert.Null(CallSilence.Total(new Scene(Arrived(0), Ended(35, EndCause.NeverJoined)).State));
    }

    [Fact]
    public void An_answered_call_is_silent_until_the_agent_is_heard() => Assert.Equal(2, Seconds([.. Answered, Left(60), Ended(60)]));

    [Fact]
    public void A_call_without_an_agent_is_silent_to_its_end() =>
        Assert.Equal(25, Seconds(Joined(0), Dispatched(0.3), Ended(25, EndCause.NoAgent), Left(26)));

    [Fact]
    public void A_caller_who_left_before_the_end_was_declared_was_silent_only_as_long_as_there() =>
        Assert.Equal(7, Seconds(Joined(0), Dispatched(0.3), Left(7), Ended(12)));

    [Fact]
    public void The_time_between_a_lost_agent_and_the_next_is_added() =>
        Assert.Equal(
            2 + 6,
            Seconds([.. Answered, Left(20, Agent()), Joined(25, Agent("PA_2")), Audio(26, Agent("PA_2")), Left(60), Ended(60)]));

    [Fact]
    public void The_time_after_the_last_agent_was_lost_is_added() =>
        Assert.Equal(2 + 10, Seconds([.. Answered, Left(50, Agent()), Left(60), Ended(60)]));

    [Fact]
    public void Agents_that_overlap_are_not_counted_twice() =>
        Assert.Equal(
            2,
            Seconds([.. Answered, Joined(10, Agent("PA_2")), Audio(11, Agent("PA_2")), Left(30, Agent()), Left(60), Ended(60)]));

    [Fact]
    public void An_agent_that_was_heard_only_while_another_was_ends_nothing()
    {
        var other = Agent("PA_2");
        object[] both = [.. Answered, Joined(10, other), Audio(11, other), Left(20, other), Left(30, Agent())];

        Assert.Equal(2 + 30, Seconds([.. both, Left(60), Ended(60)]));
    }

    [Fact]
    public void An_agent_that_is_heard_after_the_end_was_not_heard_in_the_call() =>
        Assert.Equal(25, Seconds(Joined(0), Dispatched(0.3), Ended(25, EndCause.NoAgent), Joined(25.5, Agent()), Audio(26)));

    [Fact]
    public void An_agent_whose_leaving_was_not_told_was_heard_until_the_room_was_over()
    {
        Assert.Equal(2 + 10, Seconds([.. Answered, Finished(50), Ended(60, EndCause.RoomClosed)]));
        Assert.Equal(2 + 20, Seconds([.. Answered, Left(40, Agent()), Finished(50), Ended(60, EndCause.RoomClosed)]));
    }

    [Fact]
    public void The_last_of_two_callers_who_left_was_the_last_to_hear_nobody()
    {
        object[] both = [Joined(0), Joined(1, Caller("PA_2", "sip_2")), Dispatched(0.3), Left(7)];

        Assert.Equal(25, Seconds([.. both, Ended(25, EndCause.NoAgent)]));
        Assert.Equal(20, Seconds([.. both, Left(20, Caller("PA_2", "sip_2")), Ended(25)]));
    }

    [Fact]
    public void A_caller_whose_joining_was_told_after_the_leaving_was_not_silent_for_less_than_no_time() =>
        Assert.Equal(0, Seconds(Left(5), Joined(8), Ended(8)));

    [Fact]
    public void The_callers_own_audio_is_not_somebody() => Assert.Equal(9, Seconds(Joined(0), Audio(0.1, Caller()), Left(9), Ended(9)));

    [Fact]
    public void An_agent_that_spoke_before_the_caller_came_leaves_no_silence() =>
        Assert.Equal(0, Seconds(Joined(0, Agent()), Audio(1), Joined(5), Left(30), Ended(30)));

    [Fact]
    public void The_record_has_it() => Assert.Equal(2, new Scene([.. Answered, Left(60), Ended(60)]).Record.SilenceSeconds);

    private static double? Seconds(params object[] happened) => CallSilence.Total(new Scene(happened).State)?.TotalSeconds;
}
