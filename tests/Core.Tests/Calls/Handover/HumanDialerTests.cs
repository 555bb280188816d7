using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Handover;

public sealed class HumanDialerTests
{
    private readonly CallsBench bench = new();

    public HumanDialerTests()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
    }

    [Fact]
    public async Task The_human_is_rung_over_the_trunk_into_the_callers_room()
    {
        var outcome = await CallAsync();

        var (request, _) = Assert.Single(bench.LiveKit.Dialled);
        Assert.StartsWith("rings:SCL_", Assert.IsType<EffectOutcome.Done>(outcome).Result, StringComparison.Ordinal);
        Assert.Equal(
            ("ST_out", HumanNumber.E164, Room.Name, $"human_{Call}"),
            (request.SipTrunkId, request.CallTo, request.RoomName, request.ParticipantIdentity));
        Assert.Equal((TimeSpan.FromSeconds(30), HumanIdentity.RequestIdOf(Call, 1)), (request.RingingTimeout, request.RequestId));
    }

    [Fact]
    public async Task The_next_human_has_a_leg_and_a_request_of_their_own()
    {
        var second = PhoneNumber.TryParse("+15550100188", out var number) ? number : throw new InvalidOperationException();
        var fallback = CallsBench.WithHuman.Fallback with { Others = [second], RingTime = TimeSpan.FromSeconds(12) };

        await bench.Humans.CallAsync(
            CallsBench.Context(new Scene(Joined(0), Dispatched(0)).State, route: CallsBench.WithHuman with { Fallback = fallback }),
            new CallEffect.CallHuman { Index = 1 },
            TestContext.Current.CancellationToken);

        var (request, _) = Assert.Single(bench.LiveKit.Dialled);
        Assert.Equal(
            (second.E164, $"human_{Call}_2", HumanIdentity.RequestIdOf(Call, 2), TimeSpan.FromSeconds(12)),
            (request.CallTo, request.ParticipantIdentity, request.RequestId, request.RingingTimeout));
    }

    [Fact]
    public async Task A_humans_number_that_was_called_or_calls_is_not_dialled()
    {
        var toItself = Caller() with { CalledNumber = HumanNumber.E164 };
        var ofTheHuman = Caller() with { PhoneNumber = HumanNumber.E164 };
        var withoutPlus = Caller() with { CalledNumber = HumanNumber.E164[1..] };

        foreach (var caller in new[] { toItself, ofTheHuman, withoutPlus })
        {
            var outcome = await bench.Humans.CallAsync(
                CallsBench.Context(new Scene(Joined(0, caller), Dispatched(0)).State, route: CallsBench.WithHuman),
                new CallEffect.CallHuman(),
                TestContext.Current.CancellationToken);

            Assert.Equal(new EffectOutcome.GaveUp("own_number"), outcome);
        }

        Assert.Empty(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task Agents_and_their_dispatches_are_put_out_first()
    {
        bench.LiveKit.Dispatch(Room.Name, "acme");
        bench.LiveKit.Join(Room.Name, Agent());

        await CallAsync();

        var room = bench.LiveKit.Rooms.Single();
        Assert.Empty(room.Agents);
        Assert.DoesNotContain(room.Dispatches, listed => listed.AgentName.Length > 0);
        Assert.Single(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task A_human_whose_leg_is_there_is_not_rung_again()
    {
        bench.LiveKit.Join(Room.Name, Human());

        Assert.Equal("present", Assert.IsType<EffectOutcome.Done>(await CallAsync(attempt: 2)).Result);
        Assert.Empty(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_is_found_by_its_leg()
    {
        bench.LiveKit.Script("CreateSipParticipant", Trouble.LostAnswer);

        Assert.Equal("present", Assert.IsType<EffectOutcome.Done>(await CallAsync()).Result);
        Assert.Single(bench.LiveKit.Dialled);
    }

    [Theory]
    [InlineData("ListParticipants", "list_participants")]
    [InlineData("ListDispatches", "clear")]
    [InlineData("CreateSipParticipant", "unavailable")]
    public async Task Where_LiveKit_is_away_nobody_is_rung_and_it_is_tried_again_and_given_up_in_the_end(string method, string reason)
    {
        bench.LiveKit.Script(method, Trouble.Unavailable, Trouble.Unavailable);

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(2), reason), await CallAsync());
        Assert.Equal(new EffectOutcome.GaveUp(reason), await CallAsync(HumanDialer.MaxAttempts));
        Assert.Empty(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task A_caller_whom_no_agent_serves_ends_up_with_the_human_through_the_steps()
    {
        var host = bench.Host(route: CallsBench.WithHuman);
        await bench.AppendAsync(Joined(0));
        await bench.SettleAsync(host);
        await PassAsync(host, 26);
        var human = Assert.Single(bench.LiveKit.Rooms.Single().Inside, inside => inside.Role == LegRole.Human);

        bench.LiveKit.Answer(Room.Name, human.Sid);
        await PassAsync(host, 60);
        Assert.Null((await bench.StateAsync()).End);
        bench.LiveKit.Leave(Room.Name, human.Sid, LiveKitDisconnectReason.ClientInitiated);
        await bench.AppendAsync(Left(61, human));
        await PassAsync(host, 61);

        Assert.Equal(EndCause.HumanHangup, (await bench.StateAsync()).End!.Result);
        Assert.Empty(bench.LiveKit.Rooms);
        Assert.Single(bench.LiveKit.Dialled);
    }

    /// <summary>Half a second at a time, so that every look has its moment.</summary>
    private async Task PassAsync(CallAdvancer host, double until)
    {
        while (bench.Clock.GetUtcNow() < At(until))
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(0.5));
            await bench.SettleAsync(host);
        }
    }

    private Task<EffectOutcome> CallAsync(int attempt = 1) => bench.Humans.CallAsync(
        CallsBench.Context(new Scene(Joined(0), Dispatched(0)).State, attempt, route: CallsBench.WithHuman),
        new CallEffect.CallHuman(),
        TestContext.Current.CancellationToken);
}
