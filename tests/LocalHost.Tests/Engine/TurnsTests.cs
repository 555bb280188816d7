namespace VoiceFunctions.LocalHost.Engine;

public sealed class TurnsTests
{
    private static readonly Task NoSignal = new TaskCompletionSource().Task;

    private readonly Turns turns = new();

    [Fact]
    public async Task So_many_have_a_turn_at_once_and_the_next_waits_for_the_first_that_is_given_back()
    {
        await TakeAllAsync();
        var next = turns.TakeAsync(NoSignal);
        Assert.False(next.IsCompleted);

        turns.GiveBack();

        Assert.True(await next);
    }

    [Fact]
    public async Task Whoever_is_signalled_goes_on_without_a_turn_and_takes_none_from_the_next()
    {
        await TakeAllAsync();
        var signal = new TaskCompletionSource();
        var signalled = turns.TakeAsync(signal.Task);
        var next = turns.TakeAsync(NoSignal);

        signal.SetResult();
        Assert.False(await signalled);
        turns.GiveBack();

        Assert.True(await next);
    }

    [Fact]
    public async Task A_turn_that_nobody_waits_for_is_free_again()
    {
        await TakeAllAsync();
        turns.GiveBack();

        Assert.True(turns.TakeAsync(NoSignal).IsCompletedSuccessfully);
        Assert.False(turns.TakeAsync(NoSignal).IsCompleted);
    }

    private async Task TakeAllAsync()
    {
        for (var turn = 0; turn < Turns.AtOnce; turn++)
        {
            Assert.True(await turns.TakeAsync(NoSignal));
        }
    }
}
