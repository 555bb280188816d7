using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using Xunit;

namespace VoiceFunctions.Testing.LiveKit;

/// <summary>
/// What <see cref="ILiveKitApi"/> promises, and what its webhooks tell of it. The simulator is held against recordings of a real server;
/// whoever keeps this contract as the simulator does can stand in for it.
/// </summary>
public abstract class LiveKitContract(Func<CancellationToken, Task<ILiveKitWorld>> begin) : IAsyncLifetime
{
    /// <summary>The room in which everything happens.</summary>
    public const string Room = "call_contract";

    private const string Caller = "+15550100001";
    private const string CallerIdentity = $"sip_{Caller}";
    private static readonly CallId Call = CallId.ForTwilio("CA1");

    private ILiveKitWorld world = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ILiveKitApi Api => world.Api;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => world = await begin(Stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public Task Creating_a_room_that_lives_finds_it_as_it_is() => world.RunAsync(async () =>
    {
        var first =
            Value(await Api.CreateRoomAsync(Request("first") with { EmptyTimeout = Seconds(60), DepartureTimeout = Seconds(30) }, Stop));
        var second = Value(await Api.CreateRoomAsync(Request("second") with { EmptyTimeout = Seconds(1) }, Stop));

        Assert.Equal((Room, "first", 60, 30), (first.Name, first.Metadata, first.EmptyTimeoutSeconds, first.DepartureTimeoutSeconds));
        Assert.Equal(first, second);
        Assert.Equal([first], Value(await Api.ListRoomsAsync([Room, "another"], Stop)));
        await PassAsync(1);
        Assert.IsType<CallFact.RoomStarted>(Assert.Single(world.Facts));
    });

    [Fact]
    public Task No_names_list_every_room_and_a_name_that_does_not_live_none() => world.RunAsync(async () =>
    {
        var (one, two) =
            (Value(await Api.CreateRoomAsync(Request(), Stop)), Value(await Api.CreateRoomAsync(new LiveKitRoomRequest("two"), Stop)));

        Assert.Equal([one, two], Value(await Api.ListRoomsAsync([], Stop)).OrderBy(room => room.Name, StringComparer.Ordinal));
        Assert.Empty(Value(await Api.ListRoomsAsync(["three"], Stop)));
    });

    [Fact]
    public Task After_its_end_a_rooms_name_begins_another_session() => world.RunAsync(async () =>
    {
        var first = Value(await Api.CreateRoomAsync(Request("first"), Stop));
        Value(await Api.DeleteRoomAsync(Room, Stop));

        var second = Value(await Api.CreateRoomAsync(Request(), Stop));

        Assert.NotEqual(first.Sid, second.Sid);
        Assert.Equal("", second.Metadata);
    });

    [Fact]
    public Task A_room_that_nobody_enters_closes_when_its_time_is_up() => world.RunAsync(async () =>
    {
        Value(await Api.CreateRoomAsync(Request() with { EmptyTimeout = Seconds(5) }, Stop));

        await PassAsync(4);
        Assert.Single(Value(await Api.ListRoomsAsync([Room], Stop)));
        await PassAsync(3);

        Assert.Empty(Value(await Api.ListRoomsAsync([Room], Stop)));
        Assert.Equal([typeof(CallFact.RoomStarted), typeof(CallFact.RoomFinished)], world.Facts.Select(fact => fact.GetType()));
    });

    [Fact]
    public Task Agents_do_not_keep_a_room_open() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        await AgentJoinsAsync();
        await world.CallerLeavesAsync();

        await PassAsync(18);
        Assert.Single(Value(await Api.ListRoomsAsync([Room], Stop)));
        await PassAsync(4);

        Assert.Empty(Value(await Api.ListRoomsAsync([Room], Stop)));
        Assert.Equal(
            [(LegRole.Caller, LiveKitDisconnectReason.ClientInitiated), (LegRole.Agent, LiveKitDisconnectReason.RoomClosed)],
            Left.Select(left => (left.Leg.Role, left.Reason)));
        Assert.IsType<CallFact.RoomFinished>(world.Facts[^1]);
    });

    [Fact]
    public Task An_agent_alone_does_not_keep_a_room_open_beyond_its_empty_timeout() => world.RunAsync(async () =>
    {
        Value(await Api.CreateRoomAsync(Request() with { EmptyTimeout = Seconds(5) }, Stop));
        await AgentJoinsAsync();

        await PassAsync(6);

        Assert.Empty(Value(await Api.ListRoomsAsync([Room], Stop)));
        Assert.Equal(LiveKitDisconnectReason.RoomClosed, Assert.Single(Left).Reason);
    });

    [Fact]
    public Task Deleting_a_room_ends_it_for_everybody() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        await AgentJoinsAsync();

        Value(await Api.DeleteRoomAsync(Room, Stop));

        Assert.Empty(Value(await Api.ListRoomsAsync([Room], Stop)));
        Assert.Empty(Value(await Api.ListParticipantsAsync(Room, Stop)));
        await PassAsync(1);
        Assert.Equal([LiveKitDisconnectReason.RoomDeleted, LiveKitDisconnectReason.RoomDeleted], Left.Select(left => left.Reason));
        Assert.IsType<CallFact.RoomFinished>(world.Facts[^1]);
        AssertNotFound(await Api.DeleteRoomAsync(Room, Stop));
    });

    [Fact]
    public Task A_room_that_is_not_there_has_nobody_to_list_and_nothing_to_take_away() => world.RunAsync(async () =>
    {
        Assert.Empty(Value(await Api.ListParticipantsAsync(Room, Stop)));
        AssertNotFound(await Api.RemoveParticipantAsync(Room, CallerIdentity, Stop));
        AssertNotFound(await Api.DeleteRoomAsync(Room, Stop));

        Assert.Empty(world.Facts);
    });

    [Fact]
    public Task The_dispatches_of_a_room_that_is_not_there_look_like_an_outage() => world.RunAsync(async () =>
    {
        Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Unavailable>(await Api.ListDispatchesAsync(Room, Stop));
        Assert.IsType<LiveKitOutcome<LiveKitDispatch>.Unknown>(await Api.DeleteDispatchAsync(Room, "AD_unknown", Stop));

        Assert.Empty(world.Facts);
    });

    [Fact]
    public Task Participants_are_listed_as_they_are_now() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        await AgentJoinsAsync();
        await PassAsync(1);

        var there = Value(await Api.ListParticipantsAsync(Room, Stop));

        var (caller, agent) =
            (there.Single(one => one.Kind == LiveKitParticipantKind.Sip), there.Single(one => one.Kind == LiveKitParticipantKind.Agent));
        Assert.Equal((2, CallerIdentity, "acme"), (there.Count, caller.Identity, agent.Attribute(LiveKitAttributes.AgentName)));
        Assert.NotNull(caller.Attribute(LiveKitAttributes.SipRuleId));
        Assert.True(caller.JoinedAtMs > 0 && agent.JoinedAtMs >= caller.JoinedAtMs);
        Assert.All(there, one => Assert.Equal((LiveKitParticipantState.Active, true), (one.State, one.HasAudioTrack)));
        Assert.Equal([caller.Sid, agent.Sid], world.Facts.OfType<CallFact.LegJoined>().Select(joined => joined.Leg.Sid));
    });

    [Fact]
    public Task A_participant_is_removed_once() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);

        Value(await Api.RemoveParticipantAsync(Room, CallerIdentity, Stop));

        Assert.Empty(Value(await Api.ListParticipantsAsync(Room, Stop)));
        AssertNotFound(await Api.RemoveParticipantAsync(Room, CallerIdentity, Stop));
        await PassAsync(1);
        Assert.Equal(LiveKitDisconnectReason.ParticipantRemoved, Assert.Single(Left).Reason);
    });

    [Fact]
    public Task Who_comes_under_an_identity_that_is_there_throws_the_earlier_one_out() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var first = Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop)));
        await world.CallerJoinsAsync(Caller);

        var second = Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop)));

        await PassAsync(1);
        Assert.Equal((first.Identity, CallerIdentity), (second.Identity, second.Identity));
        Assert.NotEqual(first.Sid, second.Sid);
        Assert.Equal(
            [("joined", first.Sid), ("left", first.Sid), ("joined", second.Sid)],
            world.Facts.Select(fact => fact switch
            {
                CallFact.LegJoined joined => ("joined", joined.Leg.Sid),
                CallFact.LegLeft { Reason: LiveKitDisconnectReason.DuplicateIdentity } left => ("left", left.Leg.Sid),
                _ => default,
            }).Where(told => told != default));
    });

    [Fact]
    public Task A_dispatch_opens_a_room_that_is_not_there() => world.RunAsync(async () =>
    {
        var made = Value(await Api.CreateDispatchAsync(Agent(), Stop));

        Assert.Equal((Room, "acme", Agent().Metadata), (made.Room, made.AgentName, made.Metadata));
        Assert.Single(Value(await Api.ListRoomsAsync([Room], Stop)));
        await world.AgentJoinsAsync(made);
        Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop)));
    });

    [Fact]
    public Task Each_dispatch_brings_one_more_agent_whatever_else_was_asked() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);

        var (one, other) = (await AgentJoinsAsync(1), await AgentJoinsAsync(2));

        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal(2, Value(await Api.ListParticipantsAsync(Room, Stop)).Count(inside => inside.Kind == LiveKitParticipantKind.Agent));
    });

    [Fact]
    public Task A_room_that_was_made_without_agents_lists_a_dispatch_without_a_name_beside_the_others() => world.RunAsync(async () =>
    {
        Value(await Api.CreateRoomAsync(Request(), Stop));
        var unnamed = Assert.Single(Value(await Api.ListDispatchesAsync(Room, Stop)));
        var made = Value(await Api.CreateDispatchAsync(Agent(), Stop));

        Assert.Equal(("", Room), (unnamed.AgentName, unnamed.Room));
        Assert.Equal(
            [unnamed, made],
            Value(await Api.ListDispatchesAsync(Room, Stop)).OrderBy(listed => listed.AgentName, StringComparer.Ordinal));
    });

    [Fact]
    public Task A_dispatch_is_listed_although_its_agent_is_gone() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var made = await AgentJoinsAsync();
        var agent = Value(await Api.ListParticipantsAsync(Room, Stop)).Single(inside => inside.Kind == LiveKitParticipantKind.Agent);

        Value(await Api.RemoveParticipantAsync(Room, agent.Identity, Stop));

        Assert.Contains(made, Value(await Api.ListDispatchesAsync(Room, Stop)));
    });

    [Fact]
    public Task Deleting_a_dispatch_in_its_first_seconds_leaves_its_agent_inside() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var made = await AgentJoinsAsync();

        Assert.Equal(made, Value(await Api.DeleteDispatchAsync(Room, made.Id, Stop)));

        Assert.DoesNotContain(made, Value(await Api.ListDispatchesAsync(Room, Stop)));
        AssertNotFound(await Api.DeleteDispatchAsync(Room, made.Id, Stop));
        await PassAsync(10);
        Assert.Equal(2, Value(await Api.ListParticipantsAsync(Room, Stop)).Count);
    });

    [Fact]
    public Task Deleting_a_dispatch_later_puts_its_agent_out_within_seconds() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var made = await AgentJoinsAsync();
        await PassAsync(6);

        Value(await Api.DeleteDispatchAsync(Room, made.Id, Stop));
        await PassAsync(5);

        Assert.Equal(CallerIdentity, Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop))).Identity);
        Assert.Equal(LiveKitDisconnectReason.ParticipantRemoved, Assert.Single(Left).Reason);
    });

    [Fact]
    public Task A_dispatch_that_no_living_room_has_cannot_be_taken_back() => world.RunAsync(async () =>
    {
        Value(await Api.CreateRoomAsync(Request(), Stop));

        AssertNotFound(await Api.DeleteDispatchAsync(Room, "AD_unknown", Stop));
    });

    [Fact]
    public Task A_dialled_phone_is_in_the_room_and_heard_before_it_is_answered() => world.RunAsync(async () =>
    {
        var dialled = Value(await Api.CreateSipParticipantAsync(Phone(), Stop));

        await PassAsync(1);
        var ringing = Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop)));
        Assert.Equal((dialled.Sid, dialled.Identity, Room), (ringing.Sid, ringing.Identity, dialled.RoomName));
        Assert.Equal((LiveKitParticipantKind.Sip, "human_1", true), (ringing.Kind, ringing.Identity, ringing.HasAudioTrack));
        Assert.Null(ringing.Attribute(LiveKitAttributes.SipRuleId));
        Assert.Contains(
            ringing.Attribute(LiveKitAttributes.SipCallStatus),
            (string[])[LiveKitSipCallStatus.Dialing, LiveKitSipCallStatus.Ringing]);
        Assert.Equal(
            [typeof(CallFact.RoomStarted), typeof(CallFact.LegJoined), typeof(CallFact.AudioPublished)],
            world.Facts.Select(fact => fact.GetType()));

        await world.HumanPicksUpAsync();

        var talking = Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop)));
        Assert.Equal((ringing.Sid, LiveKitSipCallStatus.Active), (talking.Sid, talking.Attribute(LiveKitAttributes.SipCallStatus)));
        Assert.Equal(3, world.Facts.Count);
    });

    [Fact]
    public Task Dialling_an_identity_that_is_there_throws_the_earlier_phone_out() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var first = Value(await Api.CreateSipParticipantAsync(Phone(), Stop));

        var second = Value(await Api.CreateSipParticipantAsync(Phone(), Stop));

        Assert.NotEqual(first.Sid, second.Sid);
        Assert.Equal([CallerIdentity, "human_1"], Value(await Api.ListParticipantsAsync(Room, Stop)).Select(inside => inside.Identity));
        await PassAsync(1);
        Assert.Equal((first.Sid, LiveKitDisconnectReason.DuplicateIdentity), Left.Select(left => (left.Leg.Sid, left.Reason)).Single());
    });

    [Fact]
    public Task Without_its_trunk_no_phone_is_dialled() => world.RunAsync(async () =>
    {
        AssertNotFound(await Api.CreateSipParticipantAsync(Phone() with { SipTrunkId = "ST_unknown" }, Stop));

        Assert.Empty(Value(await Api.ListRoomsAsync([], Stop)));
    });

    [Fact]
    public Task A_recording_records_a_little_later_and_is_over_a_little_after_its_stop() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var taken = Value(await Api.StartEgressAsync(Recording(), Stop));
        Assert.Equal((LiveKitEgressStatus.Starting, Recording().Path, Room), (taken.Status, taken.Path, taken.RoomName));

        await PassAsync(1);
        Assert.Equal(LiveKitEgressStatus.Active, Assert.Single(Value(await Api.ListEgressAsync(Room, Stop))).Status);
        Assert.Equal(LiveKitEgressStatus.Ending, Value(await Api.StopEgressAsync(taken.EgressId, Stop)).Status);
        await PassAsync(1);

        var over = Assert.Single(Value(await Api.ListEgressAsync(Room, Stop)));
        Assert.Equal((taken.EgressId, LiveKitEgressStatus.Complete), (over.EgressId, over.Status));
        Assert.Equal(
            ["taken", "records", "records", LiveKitEgressStatus.Complete],
            world.Facts.Select(fact => fact switch
            {
                CallFact.RecordingStarted started => started.IsActive ? "records" : "taken",
                CallFact.RecordingEnded ended => ended.Status,
                _ => null,
            }).OfType<string>());
        var again = Assert.IsType<LiveKitOutcome<LiveKitEgress>.Refused>(await Api.StopEgressAsync(taken.EgressId, Stop));
        Assert.Equal(("failed_precondition", 412), (again.Error.Code, again.Error.HttpStatus));
    });

    [Fact]
    public Task Each_start_is_one_more_recording_and_the_end_of_the_room_ends_them() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var (one, two) = (Value(await Api.StartEgressAsync(Recording(), Stop)), Value(await Api.StartEgressAsync(Recording(2), Stop)));
        await PassAsync(1);

        Value(await Api.DeleteRoomAsync(Room, Stop));
        await PassAsync(1);

        Assert.NotEqual(one.EgressId, two.EgressId);
        Assert.Equal(
            [LiveKitEgressStatus.Complete, LiveKitEgressStatus.Complete],
            world.Facts.OfType<CallFact.RecordingEnded>().Select(ended => ended.Status));
        Assert.Equal(2, Value(await Api.ListEgressAsync(Room, Stop)).Count);
    });

    [Fact]
    public Task One_that_is_stopped_before_it_records_is_aborted() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        var taken = Value(await Api.StartEgressAsync(Recording(), Stop));

        Value(await Api.StopEgressAsync(taken.EgressId, Stop));
        await PassAsync(1);

        Assert.Equal(LiveKitEgressStatus.Aborted, Assert.Single(world.Facts.OfType<CallFact.RecordingEnded>()).Status);
    });

    [Fact]
    public Task Without_a_room_or_a_recording_there_is_nothing_to_start_or_stop() => world.RunAsync(async () =>
    {
        AssertNotFound(await Api.StartEgressAsync(Recording(), Stop));
        AssertNotFound(await Api.StopEgressAsync("EG_unknown", Stop));
        Assert.Empty(Value(await Api.ListEgressAsync(Room, Stop)));
    });

    [Fact]
    public Task A_muted_track_is_listed_as_muted_and_nobody_is_told() => world.RunAsync(async () =>
    {
        await world.CallerJoinsAsync(Caller);
        await PassAsync(1);
        var (before, track) = (world.Facts.Count, Assert.Single(Value(await Api.ListParticipantsAsync(Room, Stop))[0].Tracks));

        Value(await Api.MuteTrackAsync(Room, CallerIdentity, track.Sid, Stop));

        Assert.Equal([track with { IsMuted = true }], Value(await Api.ListParticipantsAsync(Room, Stop))[0].Tracks);
        AssertNotFound(await Api.MuteTrackAsync(Room, "nobody", track.Sid, Stop));
        Assert.Equal(before, world.Facts.Count);
    });

    [Fact]
    public Task A_caller_who_was_given_away_leaves_like_one_who_hangs_up() => world.RunAsync(async () =>
    {
        AssertNotFound(await Api.TransferSipParticipantAsync(new LiveKitTransferRequest(Room, CallerIdentity, "tel:+4930"), Stop));
        await world.CallerJoinsAsync(Caller);

        Value(await Api.TransferSipParticipantAsync(new LiveKitTransferRequest(Room, CallerIdentity, "tel:+15550100181"), Stop));
        await PassAsync(2);

        Assert.Equal((LegRole.Caller, LiveKitDisconnectReason.ClientInitiated), Left.Select(left => (left.Leg.Role, left.Reason)).Single());
    });

    [Fact]
    public Task What_its_caller_has_given_up_is_not_begun() => world.RunAsync(async () =>
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Api.CreateDispatchAsync(Agent(), given.Token));

        Assert.Empty(Value(await Api.ListRoomsAsync([], Stop)));
    });

    private IEnumerable<CallFact.LegLeft> Left => world.Facts.OfType<CallFact.LegLeft>();

    private static LiveKitRoomRequest Request(string metadata = "") => new(Room) { Metadata = metadata };

    private static LiveKitEgressRequest Recording(int segment = 1) =>
        new(Room, $"keep/{Call}/{segment}-room.ogg", new LiveKitFileTarget.Azure("account", "a-key", "recordings"));

    private static LiveKitDispatchRequest Agent(int epoch = 1) =>
        new(Room, "acme", DispatchMetadata.Of(Call, epoch, $"fence-{epoch}", new AgentConfig("acme"), SomeFence.Job));

    private LiveKitSipParticipantRequest Phone() => new(world.TrunkId, "+15550100177", Room, "human_1") { RingingTimeout = Seconds(30) };

    private async Task<LiveKitDispatch> AgentJoinsAsync(int epoch = 1)
    {
        var made = Value(await Api.CreateDispatchAsync(Agent(epoch), Stop));
        await world.AgentJoinsAsync(made);
        return made;
    }

    private Task PassAsync(double seconds) => world.PassAsync(Seconds(seconds));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static T Value<T>(LiveKitOutcome<T> outcome) => Assert.IsType<LiveKitOutcome<T>.Ok>(outcome).Value;

    private static void AssertNotFound<T>(LiveKitOutcome<T> outcome)
    {
        var error = Assert.IsType<LiveKitOutcome<T>.NotFound>(outcome).Error;
        Assert.Equal(("not_found", 404), (error.Code, error.HttpStatus));
    }
}
