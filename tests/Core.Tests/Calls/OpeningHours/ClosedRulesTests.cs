using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.OpeningHours;

public sealed class ClosedRulesTests
{
    private static readonly CallTimeouts Closed = Timeouts with { IsClosed = true };
    private static readonly CallTimeouts ClosedWithHuman = HumanTimeouts with { IsClosed = true };

    [Fact]
    public void A_caller_of_Twilio_has_heard_the_message_and_the_call_is_over_without_an_agent()
    {
        var scene = new Scene(Arrived(0)).With(ClosedWithHuman);

        Assert.Equal(new CallEffect.EndCall(EndCause.Closed), scene.DueAt(0));
        Assert.Equal(CallStatus.Ended, scene.And(Ended(0, EndCause.Closed)).Record.Status);
    }

    [Fact]
    public void A_caller_of_Twilio_who_hung_up_first_has_hung_up() => Assert.Equal(
        new CallEffect.EndCall(EndCause.CallerHangup),
        new Scene(Arrived(0), TwilioLegEnded(1, "completed", isCaller: true)).With(Closed).DueAt(1));

    [Theory]
    [InlineData(AdmissionAction.Reject, AdmissionReason.CallerVelocity, EndCause.Screened)]
    [InlineData(AdmissionAction.Message, AdmissionReason.RouteLimit, EndCause.OverLimit)]
    [InlineData(AdmissionAction.Human, AdmissionReason.TenantLimit, EndCause.OverLimit)]
    public void A_caller_of_Twilio_who_was_not_let_in_has_not_hung_up_however_soon_their_leg_ends(
        string action, string reason, string cause)
    {
        var screened = InferredEvents.Screened(new CallFact.CallScreened(action) { Reason = reason }, At(0.5));

        var scene = new Scene(Arrived(0), screened, TwilioLegEnded(1, "busy", isCaller: true)).With(Closed);

        Assert.Equal(new CallEffect.EndCall(cause), scene.DueAt(1));
    }

    [Fact]
    public void A_caller_of_a_trunk_without_a_human_is_not_kept_waiting()
    {
        var scene = new Scene(Joined(0)).With(Closed);

        Assert.Equal(new CallEffect.EndCall(EndCause.Closed), scene.DueAt(0));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.And(Ended(0, EndCause.Closed)).DueAt(0));
    }

    [Fact]
    public void A_caller_of_a_trunk_gets_the_human_at_once_and_no_agent_whatever_becomes_of_it()
    {
        var scene = new Scene(Joined(0)).With(ClosedWithHuman);
        var ringing = scene.And(Done("call-human", 0.2, "rings:SCL_1"), Joined(0.3, Human()), Audio(0.4, Human()));

        Assert.Equal(new CallEffect.CallHuman(), scene.DueAt(0));
        Assert.All(Enumerable.Range(1, 30), second => Assert.True(
            ringing.And(Asked(second)).DueAt(second) is null or CallEffect.Reconcile));
        Assert.Equal(new CallEffect.EndCall(EndCause.HumanHangup), ringing.And(Answered(9), Left(60, Human())).DueAt(60));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), ringing.And(Left(20, Human(), "USER_REJECTED")).DueAt(20));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), scene.And(GivenUp("call-human", 8)).DueAt(8));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), ringing.And(Left(5)).DueAt(5));
    }

    [Fact]
    public void A_call_that_has_an_agent_goes_on_with_it_when_the_routes_are_changed()
    {
        var scene = new Scene(Arrived(0), Joined(1), Dispatched(1.3), Joined(2, Agent()), Audio(2.2), Asked(20)).With(Closed);

        Assert.Null(scene.DueAt(20));
    }

    [Fact]
    public void A_closed_route_never_sends_an_agent()
    {
        object[][] histories = [[Joined(0)], [Arrived(0), Joined(1)], [Joined(0), Left(3)], [Joined(0), Joined(1, Agent())], [Arrived(0)]];

        Assert.All(histories, history => Assert.All(Enumerable.Range(0, 120), second =>
        {
            var scene = new Scene([.. history, Asked(second)]);
            Assert.IsNotType<CallEffect.DispatchAgent>(scene.With(Closed).DueAt(second));
            Assert.IsNotType<CallEffect.DispatchAgent>(scene.With(ClosedWithHuman).DueAt(second));
        }));
    }

    /// <summary>From the settings to the end, with LiveKit and a clock.</summary>
    [Fact]
    public async Task A_call_that_began_in_time_goes_on_after_hours_and_one_that_began_later_does_not()
    {
        const string Json = """
            {"routes":[{"number":"+15550100123",
              "hours":{"timeZone":"Europe/London","open":[{"days":"sat","from":"09:00","to":"12:00"}]}}]}
            """;
        var errors = new List<string>();
        var table = RouteFile.Parse(Json, CallsBench.Route, errors)!;
        var bench = new CallsBench();
        bench.LiveKit.Open(Room.Name, Room.Sid);
        await bench.AppendAsync(Joined(-1, Caller() with { CalledNumber = "+15550100123" }));

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var next = await bench.DecideAsync(bench.Host(routes: table));

        Assert.Equal(new CallDecision.Do(new CallEffect.DispatchAgent(1)), next);
        var late = CallState.Of(new CallHistory(Call, "1", [Joined(0, Caller() with { CalledNumber = "+15550100123" })], []));
        Assert.True(table.Find(RouteQuery.Of(late)).IsClosed);
        Assert.False(table.Find(RouteQuery.Of(await bench.StateAsync())).IsClosed);
    }
}
