using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

public sealed class AgentDispatcherTests
{
    private static readonly AgentConfig Acme = new("acme");
    private readonly CallsBench bench = new();

    private BenchLiveKit LiveKit => bench.LiveKit;

    [Fact]
    public async Task A_dispatch_is_looked_for_and_then_made_with_the_calls_fence()
    {
        CallerIsThere();

        var outcome = await DispatchAsync();

        var (request, _) = Assert.Single(LiveKit.Made);
        Assert.Equal($"created:{MadeId}", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Equal(["ListDispatches", "CreateDispatch"], LiveKit.Asked);
        Assert.Equal((Room.Name, "acme", DispatchMetadata.RequestIdOf(Call, 1)), (request.Room, request.AgentName, request.RequestId));
        Assert.Equal(
            (Call.Value, 1, SomeFence.Keyed.Of(Call, 1)),
            DispatchMetadata.TryParse(request.Metadata) is { } read ? (read.CallId, read.Epoch, read.Fence) : default);
    }

    [Fact]
    public async Task An_agent_in_the_room_is_adopted_without_asking_anybody()
    {
        CallerIsThere();

        var outcome = await DispatchAsync(state: new Scene(Joined(0), Joined(0, Agent())).State);

        Assert.Equal(new EffectOutcome.Done($"adopted:{AgentSid}").Result, Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Empty(LiveKit.Asked);
    }

    [Fact]
    public async Task An_agent_that_no_longer_renews_its_lease_is_not_adopted_and_is_put_out()
    {
        CallerIsThere();
        var agent = LiveKit.Join(Room.Name, Agent(identity: "agent-AJ_1"));
        var spoken = new Scene(Joined(0), Dispatched(0.3), Joined(1, agent), Audio(2));

        var renewed = await DispatchAsync(2, state: spoken.And(Done("lease:1", 18, "AJ_1") with { Until = At(22) }).State);
        var overdue = await DispatchAsync(2, state: spoken.And(Done("lease:1", 10, "AJ_1") with { Until = At(14) }).State);

        Assert.Equal($"adopted:{AgentSid}", Assert.IsType<EffectOutcome.Done>(renewed).Result);
        Assert.Equal($"created:{MadeId}", Assert.IsType<EffectOutcome.Done>(overdue).Result);
        Assert.Empty(LiveKit.Rooms.Single().Agents);
    }

    [Fact]
    public async Task The_reserve_takes_the_place_of_an_agent_that_says_nothing_and_not_of_one_that_speaks()
    {
        CallerIsThere();
        var mute = new Scene(Joined(0), Dispatched(0.3), Joined(1, LiveKit.Join(Room.Name, Agent())));

        var adopted = await DispatchAsync(2, state: mute.And(Audio(2)).State, reserve: true);
        var sent = await DispatchAsync(2, state: mute.State, reserve: true);

        Assert.Equal($"adopted:{AgentSid}", Assert.IsType<EffectOutcome.Done>(adopted).Result);
        Assert.Equal($"created:{MadeId}", Assert.IsType<EffectOutcome.Done>(sent).Result);
        Assert.Empty(LiveKit.Rooms.Single().Agents);
    }

    [Fact]
    public async Task A_named_dispatch_that_a_rule_or_a_token_brought_is_adopted()
    {
        CallerIsThere();
        var brought = LiveKit.Dispatch(Room.Name, "acme", """{"their":"metadata"}""");

        var outcome = await DispatchAsync();

        Assert.Equal($"adopted:{brought.Id}", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Empty(LiveKit.Made);
    }

    [Fact]
    public async Task A_brought_dispatch_whose_agent_has_already_gone_is_not_adopted()
    {
        CallerIsThere();
        LiveKit.Dispatch(Room.Name, "acme");

        var outcome = await DispatchAsync(state: new Scene(Joined(0, Agent()), Left(1, Agent()), Joined(2)).State);

        Assert.Single(LiveKit.Made);
        Assert.Equal($"created:{MadeId}", Assert.IsType<EffectOutcome.Done>(outcome).Result);
    }

    [Fact]
    public async Task The_unnamed_dispatch_that_LiveKit_lists_in_most_rooms_is_nobodys()
    {
        CallerIsThere();
        Assert.Equal("", Assert.Single(LiveKit.Rooms.Single().Dispatches).AgentName);

        await DispatchAsync();

        Assert.Single(LiveKit.Made);
    }

    [Fact]
    public async Task A_room_that_is_gone_is_not_opened_again_by_a_dispatch()
    {
        var outcome = await DispatchAsync();

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(5), "no_room"), outcome);
        Assert.Empty(LiveKit.Rooms);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_list_cannot_be_had_the_first_attempt_still_sends_the_agent(bool roomsTroubleToo)
    {
        CallerIsThere();
        LiveKit.Script("ListDispatches", Trouble.Unavailable);
        LiveKit.Script("ListRooms", roomsTroubleToo ? Trouble.Unavailable : null);

        var outcome = await DispatchAsync();

        Assert.IsType<EffectOutcome.Done>(outcome);
        Assert.Single(LiveKit.Made);
    }

    [Theory]
    [InlineData(1, 2, 250)]
    [InlineData(2, 1, 100)]
    public async Task Where_the_list_cannot_be_had_a_later_attempt_or_epoch_sends_nobody(int epoch, int attempt, int milliseconds)
    {
        CallerIsThere();
        LiveKit.Script("ListDispatches", Trouble.Unavailable);

        var outcome = await DispatchAsync(epoch, attempt);

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromMilliseconds(milliseconds), "list_dispatches"), outcome);
        Assert.Empty(LiveKit.Made);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_the_end_a_dispatch_is_looked_up_and_never_made(int epoch)
    {
        CallerIsThere();
        var ended = new Scene(Joined(0), Left(8), Ended(8)).State;

        Assert.Equal(new EffectOutcome.GaveUp("call_ended"), await DispatchAsync(epoch, 2, ended));
        LiveKit.Script("ListDispatches", Trouble.Unavailable);
        Assert.Equal(new EffectOutcome.GaveUp("call_ended"), await DispatchAsync(epoch, 2, ended));
        var made = LiveKit.Dispatch(Room.Name, "acme", Metadata(epoch));
        Assert.Equal($"created:{made.Id}", Assert.IsType<EffectOutcome.Done>(await DispatchAsync(epoch, 2, ended)).Result);

        Assert.All(LiveKit.Asked, asked => Assert.Equal("ListDispatches", asked));
    }

    [Fact]
    public async Task A_dispatch_whose_answer_was_lost_is_found()
    {
        CallerIsThere();
        LiveKit.Script("CreateDispatch", Trouble.LostAnswer);

        var outcome = await DispatchAsync();

        Assert.Equal($"created:{MadeId}", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Equal(["ListDispatches", "CreateDispatch", "ListDispatches"], LiveKit.Asked);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Trouble.Unavailable)]
    public async Task A_dispatch_of_which_nobody_knows_is_never_made_again_within_the_attempt(object? second)
    {
        CallerIsThere();
        LiveKit.Script("ListDispatches", null, (Trouble?)second);
        LiveKit.Script("CreateDispatch", Trouble.LostRequest);

        var outcome = await DispatchAsync();

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromMilliseconds(100), "create_dispatch_unknown"), outcome);
        Assert.Equal(["ListDispatches", "CreateDispatch", "ListDispatches"], LiveKit.Asked);
    }

    [Fact]
    public async Task A_later_attempt_finds_what_an_earlier_one_made()
    {
        CallerIsThere();
        LiveKit.Dispatch(Room.Name, "acme", Metadata(1));

        var outcome = await DispatchAsync(attempt: 2);

        Assert.StartsWith("created:", Assert.IsType<EffectOutcome.Done>(outcome).Result, StringComparison.Ordinal);
        Assert.Empty(LiveKit.Made);
    }

    [Theory]
    [InlineData("the-fence-of-another-key")]
    [InlineData("")]
    public async Task What_an_earlier_version_or_another_key_made_for_this_epoch_is_found_and_not_made_twice(string otherKeys)
    {
        CallerIsThere();
        var fence = otherKeys.Length > 0 ? otherKeys : DispatchMetadata.RequestIdOf(Call, 1);
        LiveKit.Dispatch(Room.Name, "acme", DispatchMetadata.Of(Call, 1, fence, Acme, SomeFence.Job));

        Assert.StartsWith("created:", Assert.IsType<EffectOutcome.Done>(await DispatchAsync(attempt: 2)).Result, StringComparison.Ordinal);
        Assert.Empty(LiveKit.Made);
    }

    [Fact]
    public async Task The_dispatch_of_another_call_or_epoch_is_not_this_ones()
    {
        CallerIsThere();
        var other = CallId.ForTwilio("CA2");
        LiveKit.Dispatch(Room.Name, "acme", DispatchMetadata.Of(other, 2, SomeFence.Keyed.Of(other, 2), Acme, SomeFence.Job));
        LiveKit.Dispatch(Room.Name, "acme", Metadata(1));

        await DispatchAsync(epoch: 2);

        Assert.Single(LiveKit.Made);
    }

    [Fact]
    public async Task A_later_attempt_that_finds_nothing_makes_it()
    {
        CallerIsThere();

        await DispatchAsync(attempt: 2);

        Assert.Single(LiveKit.Made);
    }

    [Theory]
    [InlineData(nameof(Trouble.Unavailable), 1, 0.1, "create_dispatch")]
    [InlineData(nameof(Trouble.Unavailable), 2, 0.25, "create_dispatch")]
    [InlineData(nameof(Trouble.Unavailable), 3, 0.5, "create_dispatch")]
    [InlineData(nameof(Trouble.Unavailable), 4, 1, "create_dispatch")]
    [InlineData(nameof(Trouble.Refused), 1, 5, "create_dispatch_refused")]
    public async Task A_dispatch_that_was_certainly_not_made_is_tried_again_later(
        string trouble, int attempt, double seconds, string reason)
    {
        CallerIsThere();
        LiveKit.Script("CreateDispatch", Enum.Parse<Trouble>(trouble));

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(seconds), reason), await DispatchAsync(attempt: attempt));
    }

    [Fact]
    public async Task A_later_epoch_clears_the_old_dispatch_and_every_agent_away_before_it_sends_its_own()
    {
        CallerIsThere();
        var old = LiveKit.Dispatch(Room.Name, "acme", Metadata(1));
        LiveKit.Join(Room.Name, Agent());
        LiveKit.Join(Room.Name, Other(LegRole.Guest));

        var outcome = await DispatchAsync(epoch: 2);

        Assert.Equal($"created:{MadeId}", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Equal(["ListDispatches", "DeleteDispatch", "ListParticipants", "RemoveParticipant", "CreateDispatch"], LiveKit.Asked);
        Assert.DoesNotContain(LiveKit.Rooms.Single().Dispatches, known => known.Id == old.Id);
        Assert.Equal([CallerSid, "PA_other"], LiveKit.Rooms.Single().Inside.Select(inside => inside.Sid));
    }

    [Theory]
    [InlineData("DeleteDispatch", nameof(Trouble.LostRequest))]
    [InlineData("DeleteDispatch", nameof(Trouble.Refused))]
    [InlineData("ListParticipants", nameof(Trouble.Unavailable))]
    [InlineData("RemoveParticipant", nameof(Trouble.LostAnswer))]
    public async Task A_later_epoch_sends_nobody_where_it_could_not_clear(string method, string trouble)
    {
        CallerIsThere();
        LiveKit.Dispatch(Room.Name, "acme", Metadata(1));
        LiveKit.Join(Room.Name, Agent());
        LiveKit.Script(method, Enum.Parse<Trouble>(trouble));

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(1), "clear"), await DispatchAsync(epoch: 2));
        Assert.Empty(LiveKit.Made);
    }

    [Fact]
    public async Task A_later_epochs_second_attempt_finds_its_own_dispatch_and_leaves_its_agent_alone()
    {
        CallerIsThere();
        LiveKit.Dispatch(Room.Name, "acme", Metadata(2));
        LiveKit.Join(Room.Name, Agent());

        var outcome = await DispatchAsync(epoch: 2, attempt: 2);

        Assert.StartsWith("created:", Assert.IsType<EffectOutcome.Done>(outcome).Result, StringComparison.Ordinal);
        Assert.Equal(["ListDispatches"], LiveKit.Asked);
    }

    [Fact]
    public async Task A_later_epoch_adopts_nobody_elses_dispatch()
    {
        CallerIsThere();
        LiveKit.Dispatch(Room.Name, "acme", "theirs");

        await DispatchAsync(epoch: 2);

        Assert.Single(LiveKit.Made);
    }

    [Fact]
    public async Task Of_several_agents_the_first_stays()
    {
        CallerIsThere();
        var (first, second, third) = (JoinAt(1, "PA_z"), JoinAt(2, "PA_b"), JoinAt(3, "PA_a"));

        var outcome = await RemoveSurplusAsync(Joined(0), Joined(1, first), Joined(2, second), Joined(3, third));

        var done = Assert.IsType<EffectOutcome.Done>(outcome);
        Assert.Equal("2", done.Result);
        Assert.Equal(["PA_z"], LiveKit.Rooms.Single().Agents.Select(agent => agent.Sid));
        Assert.Equal(
            ["inferred:left:PA_b", "inferred:left:PA_a"],
            done.Learnt.Select(callEvent => callEvent.Id).Where(id => id.Contains("left", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_two_agents_that_came_at_once_each_host_lets_the_same_one_stay()
    {
        CallerIsThere();
        var (one, other) = (JoinAt(1, "PA_b"), JoinAt(1, "PA_a"));

        await RemoveSurplusAsync(Joined(0), Joined(1, one), Joined(1, other));

        Assert.Equal(["PA_a"], LiveKit.Rooms.Single().Agents.Select(agent => agent.Sid));
    }

    [Fact]
    public async Task No_agent_stays_where_a_human_has_taken_over()
    {
        CallerIsThere();
        var agent = LiveKit.Join(Room.Name, Agent());
        var scene = new Scene(Joined(0), Dispatched(0), Joined(1, agent), Done("call-human", 2, "rings:SCL_1"));

        var outcome = await bench.Surplus.RemoveAsync(
            CallsBench.Context(scene.State),
            new CallEffect.RemoveSurplusAgents(1),
            TestContext.Current.CancellationToken);

        Assert.Equal("1", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Empty(LiveKit.Rooms.Single().Agents);
    }

    [Fact]
    public async Task The_agent_that_holds_the_lease_stays_although_another_came_first()
    {
        CallerIsThere();
        bench.Clock.SetUtcNow(At(1));
        var first = LiveKit.Join(Room.Name, Agent("PA_1", "agent-AJ_first"));
        bench.Clock.SetUtcNow(At(2));
        var holder = LiveKit.Join(Room.Name, Agent("PA_2", "agent-AJ_holder"));
        var scene = new Scene(Joined(0), Joined(1, first), Joined(2, holder), Dispatched(1), Done("lease:1", 2, "AJ_holder"));

        var outcome = await bench.Surplus.RemoveAsync(
            CallsBench.Context(scene.State),
            new CallEffect.RemoveSurplusAgents(1),
            TestContext.Current.CancellationToken);

        Assert.Equal("1", Assert.IsType<EffectOutcome.Done>(outcome).Result);
        Assert.Equal(["PA_2"], LiveKit.Rooms.Single().Agents.Select(agent => agent.Sid));
    }

    [Fact]
    public async Task An_agent_that_is_only_a_memory_is_inferred_away_and_nobody_removed()
    {
        CallerIsThere();
        var there = JoinAt(10, "PA_there");

        var outcome = await RemoveSurplusAsync(Joined(0), Joined(1, Agent("PA_ghost")), Joined(10, there));

        var done = Assert.IsType<EffectOutcome.Done>(outcome);
        Assert.Equal("0", done.Result);
        Assert.Equal("inferred:left:PA_ghost", Assert.Single(done.Learnt).Id);
        Assert.DoesNotContain("RemoveParticipant", LiveKit.Asked);
    }

    [Fact]
    public async Task A_removal_that_may_not_have_worked_is_tried_again_and_what_was_learnt_is_kept()
    {
        CallerIsThere();
        var (first, second, third) = (JoinAt(1, "PA_1"), JoinAt(2, "PA_2"), JoinAt(3, "PA_3"));
        LiveKit.Script("RemoveParticipant", null, Trouble.LostRequest);

        var outcome = await RemoveSurplusAsync(Joined(0), Joined(1, first), Joined(2, second), Joined(3, third));

        var again = Assert.IsType<EffectOutcome.TryAgain>(outcome);
        Assert.Equal((TimeSpan.FromSeconds(1), "remove_participant"), (again.After, again.Reason));
        Assert.Equal("inferred:left:PA_2", Assert.Single(again.Learnt).Id);
    }

    [Fact]
    public async Task Without_a_list_nobody_is_removed()
    {
        CallerIsThere();
        LiveKit.Script("ListParticipants", Trouble.Unavailable);

        var outcome = await RemoveSurplusAsync(Joined(0), Joined(1, Agent()), Joined(2, Agent("PA_2")));

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(5), "list_participants"), outcome);
        Assert.Equal(["ListParticipants"], LiveKit.Asked);
    }

    private string MadeId => LiveKit.Rooms.Single().Dispatches[^1].Id;

    private static string Metadata(int epoch) => DispatchMetadata.Of(Call, epoch, SomeFence.Keyed.Of(Call, epoch), Acme, SomeFence.Job);

    private void CallerIsThere()
    {
        LiveKit.Open(Room.Name, Room.Sid);
        LiveKit.Join(Room.Name, Caller());
    }

    private Leg JoinAt(double second, string sid)
    {
        bench.Clock.SetUtcNow(At(second));
        return LiveKit.Join(Room.Name, Agent(sid));
    }

    private Task<EffectOutcome> DispatchAsync(int epoch = 1, int attempt = 1, CallState? state = null, bool reserve = false) =>
        bench.Agents.DispatchAsync(
            CallsBench.Context(state ?? new Scene(Joined(0)).State, attempt),
            new CallEffect.DispatchAgent(epoch) { Reserve = reserve },
            TestContext.Current.CancellationToken);

    private Task<EffectOutcome> RemoveSurplusAsync(params CallEvent[] events) =>
        bench.Surplus.RemoveAsync(
            CallsBench.Context(new Scene([.. events, Dispatched(0)]).State),
            new CallEffect.RemoveSurplusAgents(1),
            TestContext.Current.CancellationToken);
}
