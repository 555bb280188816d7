using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

public sealed class RoomDeleterTests
{
    private readonly CallsBench bench = new();

    [Fact]
    public async Task A_room_that_lives_is_deleted()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);

        Assert.Equal("deleted", Assert.IsType<EffectOutcome.Done>(await DeleteAsync(1)).Result);
        Assert.Empty(bench.LiveKit.Rooms);
        Assert.Equal(["ListRooms", "ListParticipants", "DeleteRoom"], bench.LiveKit.Asked);
    }

    [Fact]
    public async Task A_room_that_is_gone_is_success()
    {
        Assert.Equal("absent", Assert.IsType<EffectOutcome.Done>(await DeleteAsync(1)).Result);
        Assert.Equal(["ListRooms"], bench.LiveKit.Asked);
    }

    [Fact]
    public async Task A_room_of_ours_is_found_by_the_calls_id_before_any_event_named_it()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);

        await Deleter(bench).DeleteAsync(
            CallsBench.Context(new Scene(Arrived(0)).State, 1),
            new CallEffect.DeleteRoom(1),
            TestContext.Current.CancellationToken);

        Assert.Empty(bench.LiveKit.Rooms);
    }

    [Fact]
    public async Task A_room_of_a_foreign_name_that_lives_under_another_sid_is_left_alone()
    {
        bench.LiveKit.Open("support", "RM_2");
        var state = new CallState(CallId.ForTrunk("support", "RM_1")).Apply(Joined(0, room: new RoomSession("support", "RM_1")));

        var outcome = await Deleter(bench)
            .DeleteAsync(CallsBench.Context(state, 1), new CallEffect.DeleteRoom(1), TestContext.Current.CancellationToken);

        Assert.Equal("absent", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Single(bench.LiveKit.Rooms);
    }

    [Theory]
    [InlineData(LegRole.Agent, "deleted")]
    [InlineData(LegRole.Recorder, "deleted")]
    [InlineData(LegRole.Caller, "in_use")]
    [InlineData(LegRole.DialledOut, "in_use")]
    [InlineData(LegRole.Guest, "in_use")]
    public async Task A_room_that_never_was_a_call_is_deleted_only_where_nobody_but_machines_is(LegRole role, string result)
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Other(role));

        var outcome = await Deleter(bench).DeleteAsync(
            CallsBench.Context(new Scene(Started(0)).State, 1),
            new CallEffect.DeleteRoom(1),
            TestContext.Current.CancellationToken);

        Assert.Equal(result, Assert.IsType<EffectOutcome.Done>(outcome).Result);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(35, 60)]
    public async Task A_deletion_that_fails_is_tried_again_with_growing_pauses(int attempt, int seconds)
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Script("DeleteRoom", Trouble.LostRequest);

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(seconds), "delete_room"), await DeleteAsync(attempt));
    }

    [Fact]
    public async Task Where_the_rooms_cannot_be_listed_nothing_is_deleted()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Script("ListRooms", Trouble.Unavailable);

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(1), "list_rooms"), await DeleteAsync(1));
        Assert.Single(bench.LiveKit.Rooms);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(36, true)]
    public async Task A_room_that_no_server_holds_is_given_one_before_later_attempts(int attempt, bool revived)
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);

        await DeleteAsync(attempt);

        Assert.Equal(
            revived
                ? ["ListRooms", "CreateRoom", "ListParticipants", "DeleteRoom"]
                : ["ListRooms", "ListParticipants", "DeleteRoom"],
            bench.LiveKit.Asked);
    }

    [Theory]
    [InlineData(LegRole.Guest, true)]
    [InlineData(LegRole.DialledOut, true)]
    [InlineData(LegRole.Caller, true)]
    [InlineData(LegRole.Agent, false)]
    [InlineData(LegRole.Recorder, false)]
    public async Task Nobody_is_thrown_out_who_does_not_belong_to_the_call(LegRole role, bool stays)
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        var other = bench.LiveKit.Join(Room.Name, Other(role));
        bench.LiveKit.Publish(Room.Name, other.Sid);
        bench.LiveKit.Answer(Room.Name, other.Sid);

        var outcome = await DeleteAsync(1);

        Assert.Equal(stays ? "in_use" : null, (outcome as EffectOutcome.TryAgain)?.Reason);
        Assert.Equal(stays, bench.LiveKit.Rooms.Any());
        Assert.Equal(stays, outcome.Learnt.Any(learnt => learnt.Id == $"inferred:joined:{other.Sid}"));
    }

    [Fact]
    public async Task A_silent_guest_and_a_phone_that_still_rings_are_nobody()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Other(LegRole.Guest));
        bench.LiveKit.Join(Room.Name, Other(LegRole.DialledOut, "PA_rings"));

        Assert.Equal("deleted", Assert.IsType<EffectOutcome.Done>(await DeleteAsync(1)).Result);
    }

    [Fact]
    public async Task A_deletion_is_given_up_in_the_end()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Script("DeleteRoom", Trouble.LostRequest);

        Assert.Equal(new EffectOutcome.GaveUp("delete_room"), await DeleteAsync(CallEffect.DeleteRoom.Attempts));
    }

    private Task<EffectOutcome> DeleteAsync(int attempt) =>
        Deleter(bench).DeleteAsync(
            CallsBench.Context(new Scene(Joined(0)).State, attempt),
            new CallEffect.DeleteRoom(1),
            TestContext.Current.CancellationToken);

    private static RoomDeleter Deleter(CallsBench bench)
    {
        var participants = new ParticipantMapper(null);
        return new RoomDeleter(bench.LiveKit, participants, Naming, new PresenceDiff(participants));
    }
}
