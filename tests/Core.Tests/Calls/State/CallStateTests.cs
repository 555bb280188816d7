using System.Text.Json;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.State;

public sealed class CallStateTests
{
    [Fact]
    public void The_story_of_a_journal_folds_into_the_same_state()
    {
        CallEvent[] events = [Joined(1), Started(0), Joined(2, Agent())];
        EffectClaim[] claims = [Dispatched(1.5)];

        var state = CallState.Of(new CallHistory(Call, "7", events, claims));

        Assert.Equal(Meaning(Fold(events).With(claims)), Meaning(state));
    }

    [Fact]
    public void Of_two_tellings_of_one_thing_the_earlier_counts()
    {
        var webhook = Joined(3);
        var inferred = InferredEvents.Joined(Caller(), Room, At(2));

        Assert.Equal(inferred, Fold(webhook, inferred).Legs.Find(CallerSid)!.Joined);
        Assert.Equal(inferred, Fold(inferred, webhook).Legs.Find(CallerSid)!.Joined);
    }

    [Fact]
    public void Of_two_tellings_at_the_same_time_the_one_with_the_smaller_id_counts()
    {
        var (one, other) = (Joined(3) with { Id = "EV_a" }, Joined(3) with { Id = "EV_b" });

        Assert.Equal("EV_a", Fold(other, one).Legs.Find(CallerSid)!.Joined!.Id);
        Assert.Equal("EV_a", Fold(one, other).Legs.Find(CallerSid)!.Joined!.Id);
    }

    [Fact]
    public void A_leg_of_which_only_a_track_was_seen_has_no_role()
    {
        var leg = Fold(Audio(1, Caller())).Legs.Find(CallerSid)!;

        Assert.Equal((LegRole.Unknown, false, null), (leg.Role, leg.WasThere, leg.Since));
        Assert.Equal(Room.Sid, leg.RoomSid);
    }

    [Fact]
    public void Whatever_is_told_of_a_leg_names_its_session_and_whatever_describes_it_its_role()
    {
        CallEvent[] described = [Joined(1), Left(1), Aborted(1)];
        CallEvent[] told = [.. described, Audio(1, Caller()), Answered(1, Caller())];

        Assert.All(told, callEvent => Assert.Equal(Room.Sid, Fold(callEvent).Legs.Find(CallerSid)!.RoomSid));
        Assert.All(described, callEvent => Assert.Equal(LegRole.Caller, Fold(callEvent).Legs.Find(CallerSid)!.Role));
    }

    [Fact]
    public void Of_several_words_that_a_room_is_abandoned_the_last_counts()
    {
        CallEvent[] words = [InRoom(5, new CallFact.RoomAbandoned()), InRoom(9, new CallFact.RoomAbandoned())];

        Assert.Equal(At(9), Fold(words).Rooms.Find(Room.Sid)!.Abandoned!.At);
        Assert.Equal(At(9), Fold([.. words.Reverse()]).Rooms.Find(Room.Sid)!.Abandoned!.At);
    }

    [Fact]
    public void Nobody_is_in_a_session_that_is_finished()
    {
        var state = Fold(Joined(1), Joined(2, Agent()), Joined(3, Caller("PA_2", "sip_2"), Room with { Sid = "RM_2" }), Finished(4));

        Assert.Equal(["PA_2"], state.LiveCallers.Select(leg => leg.Sid));
        Assert.Empty(state.LiveAgents);
    }

    [Fact]
    public void Who_joined_later_under_the_same_identity_has_thrown_the_earlier_one_out()
    {
        var first = Caller("PA_z") with { JoinedAtMs = 1000 };
        var second = Caller("PA_a") with { JoinedAtMs = 2000 };

        Assert.Equal(["PA_a"], Fold(Joined(1, first), Joined(2, second)).LiveCallers.Select(leg => leg.Sid));
        Assert.Equal(["PA_a"], Fold(Joined(2, first), Joined(1, second)).LiveCallers.Select(leg => leg.Sid));
    }

    [Fact]
    public void One_identity_in_two_sessions_is_two_legs()
    {
        var state = Fold(Joined(1), Joined(2, Caller("PA_2"), Room with { Sid = "RM_2" }));

        Assert.Equal(2, state.LiveCallers.Count());
    }

    [Fact]
    public void A_dialled_human_who_can_be_heard_has_not_picked_up_before_somebody_saw_it()
    {
        CallEvent[] ringing = [Joined(1), Joined(2, Human()), Audio(2, Human())];

        Assert.Equal((false, true), (Fold(ringing).Legs.Find("PA_human")!.Answered is not null, Fold(ringing).LiveHumans.Any()));
        Assert.Equal(At(7), Fold([.. ringing, Answered(9), Answered(7)]).Legs.Find("PA_human")!.Answered!.At);
    }

    [Fact]
    public void A_human_who_was_active_when_the_leg_was_described_has_picked_up()
    {
        var active = Human() with { SipCallStatus = LiveKitSipCallStatus.Active };

        Assert.Equal(At(3), Fold(Joined(3, active)).Legs.Find("PA_human")!.Answered!.At);
        Assert.Equal(At(9), Fold(Joined(3, Human()), Left(9, active)).Legs.Find("PA_human")!.Answered!.At);
        Assert.Equal(At(9), Fold(Joined(3, Human()), Left(9, active with { SipCallStatus = LiveKitSipCallStatus.Hangup })).Legs
            .Find("PA_human")!.Answered!.At);
        Assert.Null(Fold(Joined(3, Caller() with { SipCallStatus = LiveKitSipCallStatus.Active })).Legs.Find(CallerSid)!.Answered);
    }

    internal static CallState Fold(params CallEvent[] events) =>
        events.Aggregate(new CallState(Call), (state, callEvent) => state.Apply(callEvent));

    /// <summary>Everything that anybody concludes from a state, as text.</summary>
    internal static string Meaning(CallState state) => JsonSerializer.Serialize(new
    {
        Record = JsonSerializer.Serialize(CallDetailRecord.Of(state, Naming), JournalJson.Default.CallDetailRecord),
        Callers = state.LiveCallers.Select(leg => leg.Sid),
        Agents = state.LiveAgents.Select(leg => leg.Sid),
        Humans = state.LiveHumans.Select(leg => (leg.Sid, leg.Answered?.Id).ToString()),
        Lifecycle = LifecycleEvents.Of(state),
        Decisions = new[] { 0, 10, 40, 100, 4000 }.Select(second => CallPolicy.Next(state, Timeouts, At(second))),
    });
}
