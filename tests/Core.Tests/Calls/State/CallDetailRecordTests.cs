using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.State;

public sealed class CallDetailRecordTests
{
    [Fact]
    public void A_record_tells_where_a_call_stands()
    {
        Assert.Equal(CallStatus.Created, new Scene(Arrived(0)).Record.Status);
        Assert.Equal(CallStatus.SipParticipantJoined, new Scene(Arrived(0), Joined(1)).Record.Status);
        Assert.Equal(CallStatus.SipParticipantJoined, new Scene(Arrived(0), Joined(1), Held("dispatch:1", 1, 16)).Record.Status);
        Assert.Equal(CallStatus.AgentDispatched, new Scene(Arrived(0), Joined(1), Dispatched(1.3)).Record.Status);
        Assert.Equal(CallStatus.Ended, new Scene(Arrived(0), Joined(1), Dispatched(1.3), Ended(9)).Record.Status);
        Assert.Equal(CallStatus.Failed, new Scene(Arrived(0), Ended(40, EndCause.NeverJoined)).Record.Status);
    }

    [Theory]
    [InlineData(EndCause.DialBusy, true)]
    [InlineData(EndCause.DialNoAnswer, true)]
    [InlineData(EndCause.DialFailed, true)]
    [InlineData(EndCause.NeverJoined, true)]
    [InlineData(EndCause.NoAgent, true)]
    [InlineData(EndCause.CallerHangup, false)]
    [InlineData(EndCause.CallerLost, false)]
    [InlineData(EndCause.CallerRemoved, false)]
    [InlineData(EndCause.RoomClosed, false)]
    [InlineData(EndCause.DialCompleted, false)]
    [InlineData(EndCause.MaxDuration, false)]
    [InlineData(EndCause.Closed, false)]
    [InlineData(EndCause.ApiEnd, false)]
    [InlineData(EndCause.TelephonyDisabled, true)]
    public void A_call_that_nobody_served_has_failed(string cause, bool failed) =>
        Assert.Equal(failed ? CallStatus.Failed : CallStatus.Ended, new Scene(Joined(0), Ended(40, cause)).Record.Status);

    [Fact]
    public void The_numbers_are_Twilios_before_the_legs()
    {
        var leg = Caller() with { PhoneNumber = "+1999", CalledNumber = "+1888" };

        Assert.Equal(
            ("+15550100001", "+15550100123"),
            (new Scene(Arrived(0), Joined(1, leg)).Record is var announced ? (announced.From, announced.To) : default));
        Assert.Equal(("+1999", "+1888"), (new Scene(Joined(1, leg)).Record is var trunk ? (trunk.From, trunk.To) : default));
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("Anonymous")]
    [InlineData("")]
    [InlineData("266696687")]
    [InlineData("anonymous@anonymous.invalid")]
    public void A_withheld_number_is_nobodys(string number) =>
        Assert.Null(new Scene(Joined(1, Caller() with { PhoneNumber = number })).Record.From);

    [Fact]
    public void A_record_has_the_room_of_a_call_of_which_only_Twilio_told() =>
        Assert.Equal(Room.Name, new Scene(Arrived(0)).Record.RoomName);

    [Fact]
    public void A_record_has_the_first_callers_participant_and_LiveKits_words_on_it()
    {
        var record = new Scene(Joined(2, Caller("PA_2", "sip_2")), Joined(1) with { Raw = "{\"sid\":\"PA_caller\"}" }).Record;

        Assert.Equal(new SipParticipant(CallerSid, "sip_+15550100001"), record.SipParticipant);
        Assert.Equal("{\"sid\":\"PA_caller\"}", record.Raw);
    }

    [Fact]
    public void A_record_knows_when_it_was_touched_last()
    {
        Assert.Equal(Given.At(0), new Scene(Arrived(0)).Record.UpdatedAt);
        Assert.Equal(Given.At(31), new Scene(Arrived(0), Joined(1), Left(20), Ended(20), Deleted(31)).Record.UpdatedAt);
        Assert.Equal(
            (Given.At(0), Given.At(20), Given.At(31)),
            new Scene(Arrived(0), Joined(1), Left(20), Ended(20), Deleted(31)).Record is var record
                ? (record.CreatedAt, record.EndedAt, record.RoomDeletedAt)
                : default);
    }
}
