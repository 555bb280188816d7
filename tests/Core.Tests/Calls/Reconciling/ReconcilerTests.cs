using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Bounds;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Reconciling;

public sealed class ReconcilerTests
{
    private readonly CallsBench bench = new();

    [Theory]
    [InlineData(EventBudget.MaxFacts - 1, 1)]
    [InlineData(EventBudget.MaxFacts, 0)]
    public void Asking_brings_no_more_callers_in_than_the_calls_budget_holds(int known, int learnt)
    {
        var state = new Scene([.. Enumerable.Range(0, known).Select(i => Joined(0, Caller($"PA_{i}", $"sip_{i}")))]).State;
        var another = new LiveKitParticipant
        {
            Sid = "PA_another",
            Identity = "sip_another",
            State = LiveKitParticipantState.Active,
            Kind = LiveKitParticipantKind.Sip,
            Attributes = new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1" },
        };

        Assert.Equal(learnt, new CallsBench().Presence.Diff(state, Room, [another], At(0)).Count());
    }

    [Fact]
    public void A_track_is_heard_from_its_first_being_switched_on_until_it_is_published_no_longer()
    {
        var guest = Other(LegRole.Guest);
        var silent = new Scene(Joined(0), Joined(0, guest)).State;
        var speaking = silent.Apply(InRoom(1, new CallFact.AudioPublished(guest.Sid, guest.Identity) { TrackSid = "TR_1" }));

        Assert.Empty(Diff(silent, isMuted: true));
        Assert.Equal([$"inferred:audio:{guest.Sid}:TR_1"], Diff(silent, isMuted: false));
        Assert.Empty(Diff(speaking, isMuted: true));
        Assert.Equal([$"inferred:no_audio:{guest.Sid}:TR_1"], Diff(speaking, isMuted: null));

        IEnumerable<string> Diff(CallState state, bool? isMuted) => new CallsBench().Presence.Diff(
            state,
            Room,
            [
                new LiveKitParticipant { Sid = CallerSid, State = LiveKitParticipantState.Active },
                new LiveKitParticipant
                {
                    Sid = guest.Sid,
                    Identity = guest.Identity,
                    State = LiveKitParticipantState.Active,
                    Tracks = isMuted is { } muted ? [new LiveKitTrack { Sid = "TR_1", IsMuted = muted }] : [],
                },
            ],
            At(20)).Select(learnt => learnt.Id);
    }

    [Fact]
    public async Task Who_is_there_and_was_not_told_of_has_joined()
    {
        RoomIsOpen();
        bench.LiveKit.Join(Room.Name, Caller());
        bench.LiveKit.Publish(Room.Name, CallerSid);

        var done = await AskAsync(new Scene(Arrived(0)));

        var track = Assert.Single(Assert.Single(bench.LiveKit.Rooms.Single().Participants).Tracks).Sid;
        Assert.Equal(
            [$"inferred:joined:{CallerSid}", $"inferred:audio:{CallerSid}:{track}"], done.Learnt.Select(callEvent => callEvent.Id));
        Assert.All(done.Learnt, callEvent =>
            Assert.True(callEvent is { Inferred: true, Raw: null } && callEvent.Room == Room && callEvent.At == At(20)));
        Assert.Equal(LegRole.Caller, Assert.IsType<CallFact.LegJoined>(done.Learnt[0].Fact).Leg.Role);
    }

    [Fact]
    public async Task A_dialled_human_picks_up_when_LiveKit_calls_the_leg_active_and_not_before()
    {
        RoomIsOpen();
        var human = bench.LiveKit.Join(Room.Name, Human());
        bench.LiveKit.Publish(Room.Name, human.Sid);
        var track = Assert.Single(Assert.Single(bench.LiveKit.Rooms.Single().Participants).Tracks).Sid;
        Assert.Equal(
            ["inferred:joined:PA_human", $"inferred:audio:PA_human:{track}"],
            (await AskAsync(new Scene(Arrived(0)))).Learnt.Select(callEvent => callEvent.Id));

        bench.LiveKit.Answer(Room.Name, human.Sid);
        var done = await AskAsync(new Scene(Arrived(0), Joined(1, Human()), Audio(1, Human())));

        var answered = Assert.Single(done.Learnt);
        Assert.Equal(
            ("inferred:answered:PA_human", new CallFact.HumanAnswered("PA_human", HumanIdentity.Of(Call))),
            (answered.Id, answered.Fact));
        Assert.Empty((await AskAsync(new Scene(Arrived(0), Joined(1, Human()), Audio(1, Human()), answered))).Learnt);
    }

    [Fact]
    public async Task A_phone_that_was_only_heard_and_is_gone_was_a_caller()
    {
        var heard = new Scene(Started(0), Audio(0.2, Caller()));
        var known = new Scene(Arrived(0), Started(0), Audio(0.2, Caller()));
        var joining = new Scene(Started(0), Audio(18.5, Caller()));

        var gone = Assert.Single((await AskAsync(heard)).Learnt, callEvent => callEvent.Fact is CallFact.LegLeft);
        RoomIsOpen();
        bench.LiveKit.Join(Room.Name, Agent());
        var left = Assert.Single((await AskAsync(heard)).Learnt, callEvent => callEvent.Fact is CallFact.LegLeft);

        Assert.Equal((gone.Id, gone.Fact), (left.Id, left.Fact));
        Assert.Equal($"inferred:left:{CallerSid}", left.Id);
        Assert.True(heard.And(left).State.IsCall);
        Assert.DoesNotContain((await AskAsync(known)).Learnt, callEvent => callEvent.Fact is CallFact.LegLeft);
        Assert.DoesNotContain((await AskAsync(joining)).Learnt, callEvent => callEvent.Fact is CallFact.LegLeft);
    }

    [Fact]
    public async Task Whoever_was_only_heard_is_nobodys_caller_where_people_are_or_where_it_was_no_phone_or_no_room_of_ours()
    {
        var elsewhere = new RoomSession("conference", "RM_9");

        Assert.Empty((await AskAsync(new Scene(InRoom(0, new CallFact.RoomFinished()), Audio(0.2, Agent())))).Learnt);
        Assert.Empty((await AskAsync(new Scene(
            InRoom(0, new CallFact.RoomFinished(), elsewhere),
            InRoom(0.2, new CallFact.AudioPublished(CallerSid, "sip_+15550100001"), elsewhere)))).Learnt);
        RoomIsOpen();
        bench.LiveKit.Join(Room.Name, Other(LegRole.Guest));
        Assert.DoesNotContain((await AskAsync(new Scene(Started(0), Audio(0.2, Caller())))).Learnt, callEvent =>
            callEvent.Fact is CallFact.LegLeft);
    }

    /// <summary>LiveKit says why a leg left that comes back, but not of one that its server's crash took.</summary>
    [Theory]
    [InlineData(null, new[] { $"inferred:left:{CallerSid}" })]
    [InlineData("DUPLICATE_IDENTITY", new string[0])]
    public async Task Who_comes_back_without_a_word_of_their_leaving_shows_a_crash_and_whoever_cannot_be_reached_then_is_gone(
        string? reason, string[] gone)
    {
        RoomIsOpen();
        var caller = bench.LiveKit.Join(Room.Name, Caller());
        var back = bench.LiveKit.Join(Room.Name, Agent("PA_back")) with { JoinedAtMs = Noon.AddSeconds(3).ToUnixTimeMilliseconds() };
        bench.LiveKit.Script("ReachParticipant", Trouble.Unavailable, Trouble.Unavailable);
        var before = back with { Sid = AgentSid, JoinedAtMs = 0 };
        var scene = new Scene(Joined(0, caller), Joined(1, before), Joined(3, back));

        var done = await AskAsync(reason is null ? scene : scene.And(Left(3, before, reason)));

        Assert.Equal(gone, done.Learnt.Select(learnt => learnt.Id));
        Assert.Equal(reason is null, bench.LiveKit.Asked.Contains("ReachParticipant"));
    }

    [Fact]
    public void So_LiveKit_is_asked_a_little_after_that()
    {
        var back = Agent("PA_back", Agent().Identity) with { JoinedAtMs = 1 };
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5), Joined(23, back), Audio(23.2, back));

        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(38));
        Assert.Null(scene.And(Left(24, Agent(), "DUPLICATE_IDENTITY")).DueAt(38));
        Assert.Null(scene.And(Asked(38)).DueAt(39));
    }

    [Fact]
    public async Task Who_is_known_is_not_told_again()
    {
        RoomIsOpen();
        bench.LiveKit.Join(Room.Name, Caller());
        bench.LiveKit.Publish(Room.Name, CallerSid);

        Assert.Empty((await AskAsync(new Scene(Started(0), Joined(0), Audio(0, Caller())))).Learnt);
    }

    [Fact]
    public async Task Who_has_left_does_not_join_again_by_being_listed_still()
    {
        RoomIsOpen();
        bench.LiveKit.Join(Room.Name, Caller());

        Assert.Empty((await AskAsync(new Scene(Left(0)))).Learnt);
    }

    [Fact]
    public void Who_is_still_connecting_has_not_joined()
    {
        var connecting = new LiveKitParticipant { Sid = "PA_1", Identity = "x", State = LiveKitParticipantState.Joining };

        Assert.Empty(bench.Presence.Diff(
            new Scene(Arrived(0)).State, Room, [connecting, connecting with { State = LiveKitParticipantState.Joined }], At(20)));
    }

    [Theory]
    [InlineData(LegRole.Agent, 120, true)]
    [InlineData(LegRole.Recorder, 120, true)]
    [InlineData(LegRole.Agent, 119, false)]
    [InlineData(LegRole.Guest, 120, false)]
    [InlineData(LegRole.DialledOut, 120, false)]
    public async Task A_room_of_ours_in_which_only_machines_have_been_for_long_is_abandoned(LegRole role, double seconds, bool abandoned)
    {
        RoomIsOpen();
        var leg = bench.LiveKit.Join(Room.Name, Other(role));

        var done = Assert.IsType<EffectOutcome.Done>(await bench.Reconciler.ReconcileAsync(
            CallsBench.Context(new Scene(Started(0), Joined(0, leg)).State, at: seconds),
            new CallEffect.Reconcile(),
            TestContext.Current.CancellationToken));

        Assert.Equal(abandoned ? [$"inferred:room_abandoned:{Room.Sid}:0"] : [], done.Learnt.Select(callEvent => callEvent.Id));
    }

    [Fact]
    public async Task The_room_of_a_call_is_never_abandoned_while_the_call_goes_on()
    {
        RoomIsOpen();
        var agent = bench.LiveKit.Join(Room.Name, Agent());

        var asked = (EffectOutcome.Done)await bench.Reconciler.ReconcileAsync(
            CallsBench.Context(new Scene(Joined(0), Left(1), Joined(0, agent)).State, at: 600),
            new CallEffect.Reconcile(),
            TestContext.Current.CancellationToken);

        Assert.Empty(asked.Learnt);
    }

    [Fact]
    public async Task Who_is_not_listed_any_more_has_left()
    {
        RoomIsOpen();

        var done = await AskAsync(new Scene(Joined(0)));

        var left = Assert.Single(done.Learnt);
        Assert.Equal(
            ($"inferred:left:{CallerSid}", LiveKitDisconnectReason.Unknown),
            (left.Id, Assert.IsType<CallFact.LegLeft>(left.Fact).Reason));
    }

    [Theory]
    [InlineData(18.1, 0)]
    [InlineData(18, 1)]
    public async Task Who_joined_a_moment_ago_may_not_be_listed_yet(double joinedAt, int learnt)
    {
        RoomIsOpen();

        Assert.Equal(learnt, (await AskAsync(new Scene(Started(0), Joined(joinedAt)))).Learnt.Count);
    }

    [Fact]
    public async Task Who_is_in_another_session_is_not_missed_in_this_one()
    {
        RoomIsOpen();

        var done = await AskAsync(new Scene(Started(0), Joined(0, room: Room with { Sid = "RM_old" })));

        Assert.Equal("inferred:room_finished:RM_old", Assert.Single(done.Learnt).Id);
    }

    [Theory]
    [InlineData(18.1, 0)]
    [InlineData(18, 1)]
    public async Task A_session_that_does_not_live_is_finished_unless_it_began_a_moment_ago(double startedAt, int learnt)
    {
        var done = await AskAsync(new Scene(Started(startedAt)));

        Assert.Equal("no_room", done.Result);
        Assert.Equal(learnt, done.Learnt.Count);
        Assert.DoesNotContain("ListParticipants", bench.LiveKit.Asked);
    }

    [Fact]
    public async Task A_room_of_a_foreign_name_that_lives_under_another_sid_is_another_calls()
    {
        var session = new RoomSession("support", "RM_1");
        var call = CallId.ForTrunk("support", "RM_1");
        var state = new CallState(call).Apply(Joined(0, room: session));
        bench.LiveKit.Open("support", "RM_2");
        bench.LiveKit.Join("support", Caller("PA_somebody_else"));

        var done = Assert.IsType<EffectOutcome.Done>(await bench.Reconciler.ReconcileAsync(
            CallsBench.Context(state, at: 20), new CallEffect.Reconcile(), TestContext.Current.CancellationToken));

        Assert.Equal(["inferred:room_finished:RM_1"], done.Learnt.Select(callEvent => callEvent.Id));
        Assert.DoesNotContain("ListParticipants", bench.LiveKit.Asked);
    }

    [Fact]
    public async Task A_room_of_ours_is_the_calls_whatever_session_lives()
    {
        bench.LiveKit.Open(Room.Name, "RM_new");
        bench.LiveKit.Join(Room.Name, Caller());

        var done = await AskAsync(new Scene(Arrived(0)));

        Assert.Equal("RM_new", Assert.Single(done.Learnt).Room!.Sid);
    }

    [Fact]
    public async Task One_joining_is_journaled_once_whoever_concludes_it_and_whenever_its_webhook_comes()
    {
        RoomIsOpen();
        bench.LiveKit.Join(Room.Name, Caller());

        var first = (await AskAsync(new Scene(Arrived(0)))).Learnt;
        var second = (await AskAsync(new Scene(Arrived(0)))).Learnt;
        var scene = new Scene([Arrived(0), .. first, .. second, Joined(25)]);

        Assert.Equal(first, second);
        Assert.Single(scene.State.LiveCallers);
        Assert.Single(scene.Lifecycle, published => published.Name == "PARTICIPANT_JOINED");
    }

    [Theory]
    [InlineData("ListRooms", "list_rooms")]
    [InlineData("ListParticipants", "list_participants")]
    public async Task Where_LiveKit_does_not_answer_nothing_is_concluded(string method, string reason)
    {
        RoomIsOpen();
        bench.LiveKit.Script(method, Trouble.Unavailable);

        var outcome = await bench.Reconciler.ReconcileAsync(
            CallsBench.Context(new Scene(Joined(0, room: Room with { Sid = "RM_old" })).State, at: 20),
            new CallEffect.Reconcile(),
            TestContext.Current.CancellationToken);

        Assert.Equal(reason, Assert.IsType<EffectOutcome.TryAgain>(outcome).Reason);
        Assert.Empty(outcome.Learnt);
    }

    private void RoomIsOpen() => bench.LiveKit.Open(Room.Name, Room.Sid);

    private async Task<EffectOutcome.Done> AskAsync(Scene scene) =>
        Assert.IsType<EffectOutcome.Done>(await bench.Reconciler.ReconcileAsync(
            CallsBench.Context(scene.State, at: 20),
            new CallEffect.Reconcile(),
            TestContext.Current.CancellationToken));
}
