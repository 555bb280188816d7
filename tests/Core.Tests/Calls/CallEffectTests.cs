namespace VoiceFunctions.Core.Calls;

/// <summary>What an effect says of itself is what its claims say of it.</summary>
public sealed class CallEffectTests
{
    public static TheoryData<CallEffect, string, bool> Effects { get; } = new()
    {
        { new CallEffect.DispatchAgent(2), "dispatch:2", false },
        { new CallEffect.CallHuman(), "call-human", false },
        { new CallEffect.CallHuman { Index = 1 }, "call-human:2", false },
        { new CallEffect.DropCallers(3), "drop-callers:3", false },
        { new CallEffect.EndCall(EndCause.CallerHangup), "end", false },
        { new CallEffect.Admit(), "admit", false },
        { new CallEffect.Reconcile(), "reconcile", true },
        { new CallEffect.LookUpRecordings(), "look-up-recordings", true },
        { new CallEffect.LeavePlaces(), CallEffect.LeavePlaces.ClaimKey, true },
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public void An_effect_has_its_claim_and_is_a_chore_where_its_claim_is_one_of_a_chore(CallEffect effect, string claimKey, bool isChore)
    {
        Assert.Equal([claimKey], effect.ClaimKeys);
        Assert.Equal((isChore, isChore), (effect.IsChore, CallEffect.IsOfChore(claimKey)));
    }

    [Theory]
    [InlineData("publish:CALL_ENDED", true, true)]
    [InlineData("deliver:1", true, false)]
    [InlineData("delete-room:1", false, true)]
    [InlineData("dispatch:1", false, false)]
    public void What_follows_is_foreseen_of_news_and_of_the_rooms_end(string claimKey, bool isChore, bool isForeseeable) =>
        Assert.Equal((isChore, isForeseeable), (CallEffect.IsOfChore(claimKey), CallEffect.IsForeseeable(claimKey)));

    [Fact]
    public void Questions_may_be_asked_again_and_what_changes_the_world_may_not()
    {
        Assert.All<CallEffect>(
            [new CallEffect.Reconcile(), new CallEffect.LookUpRecordings()],
            question => Assert.True(question is { IsQuestion: true, MayRepeat: true }));
        Assert.All<CallEffect>(
            [new CallEffect.DispatchAgent(1), new CallEffect.EndCall(EndCause.CallerHangup), new CallEffect.DeleteRoom(1)],
            act => Assert.True(act is { IsQuestion: false, MayRepeat: false }));
    }

    [Fact]
    public void Two_stops_are_equal_if_they_stop_the_same_recordings()
    {
        var stop = new CallEffect.StopRecordings(["EG_1", "EG_2"]);

        Assert.Equal(stop, new CallEffect.StopRecordings(["EG_1", "EG_2"]));
        Assert.NotEqual(stop, new CallEffect.StopRecordings(["EG_1", "EG_3"]));
        Assert.Equal(["stop-recording:EG_1", "stop-recording:EG_2"], stop.ClaimKeys);
    }

    [Fact]
    public void The_end_is_told_with_its_cause() =>
        Assert.Equal("end caller_hangup", new CallEffect.EndCall(EndCause.CallerHangup).InWords);
}
