using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Routing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Refusal;

/// <summary>While the gateway takes no new calls.</summary>
public sealed class RefusalRulesTests
{
    private static readonly CallTimeouts Refusing = Timeouts with { TakesNewCalls = false };

    /// <summary>Twilio's calls are in rooms that are named after them.</summary>
    private static readonly RoomSession OfTrunk = new("call_+15550100001_x1", "RM_1");

    [Fact]
    public void A_new_caller_of_a_trunk_gets_no_agent_and_the_call_and_its_room_end_at_once()
    {
        var scene = new Scene(Started(0, OfTrunk), Comes(0)).With(Refusing);

        Assert.Equal(new CallEffect.EndCall(EndCause.TelephonyDisabled), scene.DueAt(0));
        Assert.Equal(CallStatus.Failed, scene.And(Ended(0, EndCause.TelephonyDisabled)).Record.Status);
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.And(Ended(0, EndCause.TelephonyDisabled)).DueAt(0));
    }

    [Fact]
    public void Nor_does_a_human_ring() => Assert.Equal(
        new CallEffect.EndCall(EndCause.TelephonyDisabled),
        new Scene(Comes(0)).With(HumanTimeouts with { TakesNewCalls = false, IsClosed = true }).DueAt(0));

    [Fact]
    public void A_caller_who_was_gone_by_then_has_hung_up() => Assert.Equal(
        new CallEffect.EndCall(EndCause.CallerHangup), new Scene(Comes(0), Left(3, room: OfTrunk)).With(Refusing).DueAt(3));

    [Fact]
    public void Calls_that_were_taken_on_go_on()
    {
        object[][] taken =
        [
            [Arrived(0)],
            [Arrived(0), Joined(1)],
            [Joined(0)],
            [Comes(0), Held("dispatch:1", 0.2, 15)],
            [Comes(0), Dispatched(0.3), Joined(1, Agent(), OfTrunk), Audio(1.5)],
            [Comes(0), Dispatched(0.3), Joined(1, Agent(), OfTrunk), Audio(1.5), Left(20, Agent(), room: OfTrunk)],
            [Comes(0), Done("call-human", 25, "rings:SCL_1"), Joined(25.5, Human(), OfTrunk)],
        ];

        Assert.All(taken, history => Assert.All(Enumerable.Range(0, 40), second =>
        {
            var scene = new Scene([.. history, Asked(second)]);
            Assert.Equal(scene.At(second), scene.With(Refusing).At(second));
        }));
    }

    [Fact]
    public void A_refused_call_has_no_agent_at_any_time()
    {
        object[][] histories =
            [[Started(0, OfTrunk), Comes(0)], [Comes(0), Left(3, room: OfTrunk)], [Comes(0), Joined(1, Agent(), OfTrunk)]];

        Assert.All(histories, history => Assert.All(Enumerable.Range(0, 120), second =>
            Assert.IsNotType<CallEffect.DispatchAgent>(new Scene([.. history, Asked(second)]).With(Refusing).DueAt(second))));
    }

    private static CallEvent Comes(double at) => Joined(at, Caller(), OfTrunk);
}
