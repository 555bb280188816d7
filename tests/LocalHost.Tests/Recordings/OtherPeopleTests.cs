using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>Rooms with other people in them, as they are in the field: written by hand, and played into the gateway.</summary>
public sealed class OtherPeopleTests
{
    private static readonly Somebody Caller = Somebody.Caller();
    private static readonly Somebody Agent = Somebody.Agent("AJ_1");
    private static readonly Somebody Second = Somebody.Agent("AJ_2");
    private static readonly Somebody Operator = Somebody.InBrowser("operator-7");

    private readonly WrittenRecording traffic = new WrittenRecording().Begins();

    [Fact]
    public async Task An_operator_whose_microphone_is_off_is_no_reason_to_leave_the_caller_alone()
    {
        Answered().Comes(10, Operator).Speaks(10.5, Operator, muted: true)
            .Leaves(30, Agent, LiveKitDisconnectReason.ConnectionTimeout).Comes(35, Second, speaksAfter: 0.3).Leaves(90, Caller);

        var call = await PlayAsync(traffic);

        Assert.Equal((2, "caller_hangup"), (call.Dispatches, call.EndCause));
    }

    [Fact]
    public async Task An_operator_who_takes_their_audio_back_for_a_moment_keeps_the_call()
    {
        Answered().Comes(10, Operator, speaksAfter: 0.5).Leaves(20, Agent)
            .FallsSilent(40, Operator).Speaks(52, Operator, "TR_2").Leaves(200, Caller).Leaves(201, Operator);

        var call = await PlayAsync(traffic);

        Assert.Equal((1, "caller_hangup", 200), (call.Dispatches, call.EndCause, (int)call.Seconds!));
    }

    [Fact]
    public async Task Music_from_outside_is_nobody()
    {
        var music = new Somebody("hold-music", LiveKitParticipantKind.Ingress);
        traffic.Comes(0.1, music, speaksAfter: 0.1).Comes(1, Caller, speaksAfter: 0.1).Comes(2, Agent, speaksAfter: 0.3).Leaves(60, Caller);

        var call = await PlayAsync(traffic);

        Assert.Equal((1, "caller_hangup"), (call.Dispatches, call.EndCause));
        Assert.Contains(call.Effects, effect => effect is { Effect: "delete-room", Result: "deleted" });
    }

    [Fact]
    public async Task An_agent_that_hands_the_caller_to_the_second_colleague_it_dials_is_not_replaced()
    {
        var (first, second) = (Somebody.Dialled("desk-1", LiveKitSipCallStatus.Ringing), Somebody.Dialled("desk-2"));
        Answered().Comes(20, first, speaksAfter: 0.1).Leaves(40, first, LiveKitDisconnectReason.UserUnavailable)
            .Comes(42, second, speaksAfter: 0.1).Leaves(50, Agent).Leaves(200, Caller).Leaves(201, second);

        var call = await PlayAsync(traffic);

        Assert.Equal((1, "caller_hangup", 200), (call.Dispatches, call.EndCause, (int)call.Seconds!));
    }

    [Fact]
    public async Task An_agent_that_finishes_beside_a_transcriber_has_finished()
    {
        Answered().Comes(2, Somebody.Agent("AJ_9", "transcriber"), speaksAfter: 0.2).Leaves(40, Agent).Leaves(300, Caller);

        var call = await PlayAsync(traffic);

        Assert.Equal((1, "agent_finished"), (call.Dispatches, call.EndCause));
    }

    [Fact]
    public async Task An_agent_whose_job_joins_again_within_the_moments_of_a_transfer_goes_on()
    {
        Answered().Leaves(40, Agent).Comes(43, Agent with { Sid = "PA_again" }, speaksAfter: 0.2).Leaves(300, Caller);

        var call = await PlayAsync(traffic);

        Assert.Equal((1, "caller_hangup"), (call.Dispatches, call.EndCause));
    }

    [Fact]
    public async Task Whoever_hangs_up_and_calls_the_same_room_again_has_a_second_call()
    {
        var again = Caller with { Sid = "PA_again" };
        Answered().Leaves(20, Caller).Leaves(20.5, Agent).Comes(22, again, speaksAfter: 0.1).Comes(23, Second, speaksAfter: 0.2)
            .Leaves(60, again);

        var played = await RecordingPlayer.RunAsync(traffic.Recording, _ => null);

        Assert.Empty(played.BrokenPromises);
        Assert.Equal([1, 1], played.Calls.Select(call => call.Dispatches));
    }

    [Fact]
    public async Task A_human_who_was_there_before_the_caller_talks_with_them_alone()
    {
        traffic.Comes(0.2, Operator, speaksAfter: 0.2).Comes(5, Caller, speaksAfter: 0.1).Leaves(60, Caller).Leaves(65, Operator);

        var call = await PlayAsync(traffic);

        Assert.Equal((0, "caller_hangup"), (call.Dispatches, call.EndCause));
    }

    [Theory]
    [InlineData(LiveKitParticipantKind.Agent)]
    [InlineData(LiveKitParticipantKind.Standard)]
    public async Task An_avatar_that_comes_before_its_agent_speaks_for_it_whatever_kind_its_token_has(string kind)
    {
        var avatar = Somebody.AvatarOf(Agent, kind);
        traffic.Comes(0.1, Caller, speaksAfter: 0.1).Comes(0.6, avatar, speaksAfter: 0.2).Comes(1.5, Agent).Leaves(60, Caller);

        var call = await PlayAsync(traffic);

        Assert.Equal((1, "caller_hangup", 1.4), (call.Dispatches, call.EndCause, Math.Round(call.SilenceSeconds!.Value, 1)));
        Assert.DoesNotContain(call.Effects, effect => effect.Effect == "remove-surplus");
    }

    [Fact]
    public async Task The_next_caller_of_a_room_has_a_call_of_their_own_although_nobody_tells_that_the_last_one_left()
    {
        var next = Somebody.Caller("+15550100202");
        Answered().LeavesUntold(30, Caller).Comes(32, next, speaksAfter: 0.1)
            .Comes(37, Second, speaksAfter: 0.3).Leaves(90, next);

        var played = await RecordingPlayer.RunAsync(traffic.Recording, _ => null);

        Assert.Equal(["caller_lost", "caller_hangup"], played.Calls.Select(call => call.EndCause));
        Assert.All(played.Calls, call => Assert.True(call.Dispatches > 0));
    }

    /// <summary>The caller is there at 0.1, and the agent heard from 1 s on.</summary>
    private WrittenRecording Answered() => traffic.Comes(0.1, Caller, speaksAfter: 0.1).Comes(0.6, Agent, speaksAfter: 0.4);

    private static async Task<PlayedCallLine> PlayAsync(WrittenRecording traffic)
    {
        var played = await RecordingPlayer.RunAsync(traffic.Recording, _ => null);

        Assert.Empty(played.BrokenPromises);
        return Assert.Single(played.Calls);
    }
}
