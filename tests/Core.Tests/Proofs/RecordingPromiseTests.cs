using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Recordings;
using static VoiceFunctions.Core.Calls.Given;
using static VoiceFunctions.Core.Calls.Recordings.Recorded;

namespace VoiceFunctions.Core.Proofs;

public sealed class RecordingPromiseTests
{
    [Fact]
    public async Task A_call_that_was_not_recorded_breaks_neither_promise()
    {
        var history = await WrittenHistory.GoodAsync();

        Assert.Equal((ProofAnswer.Yes, "nothing was recorded"), await history.ProveAsync("recorded_once"));
        Assert.Equal((ProofAnswer.Yes, "there was no recording to stop"), await history.ProveAsync("recording_stopped"));
    }

    [Fact]
    public async Task A_second_recording_that_was_not_stopped_breaks_the_promise_and_one_that_was_does_not()
    {
        var history = await RecordedAsync();
        await history.SeenAsync(Taken(7, "EG_2"));
        await history.StepAsync(8, [Held("delete-room:1", 8, 23)], new CallEffect.DeleteRoom(1));

        var proven = await history.ProveAsync("recorded_once");
        Assert.Contains("EG_2 recorded 1 once more", proven.Text, StringComparison.Ordinal);
        Assert.NotEqual(ProofAnswer.Yes, proven.Answer);

        await history.SettledAsync(9, "stop-recording:EG_2", "stopped");
        Assert.Equal(
            (ProofAnswer.Yes, "1 of 1 recordings began, each once; 1 more were stopped"), await history.ProveAsync("recorded_once"));
    }

    [Fact]
    public async Task A_room_that_is_deleted_under_a_recording_that_nobody_stopped_breaks_the_promise()
    {
        var history = await RecordedAsync();
        await history.StepAsync(30, [Ended(30)], new CallEffect.EndCall(EndCause.CallerHangup));
        await history.StepAsync(40, [Held("delete-room:1", 40, 55)], new CallEffect.DeleteRoom(1));

        var proven = await history.ProveAsync("recording_stopped");

        Assert.Equal(ProofAnswer.No, proven.Answer);
        Assert.Contains("EG_1 had not been told to stop", proven.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_stopped_and_is_over_keeps_it()
    {
        var history = await RecordedAsync();
        await history.StepAsync(30, [Ended(30)], new CallEffect.EndCall(EndCause.CallerHangup));
        await history.SettledAsync(30, "stop-recording:EG_1", "stopped");
        await history.SettledAsync(40, "delete-room:1", "deleted");
        Assert.Equal(ProofAnswer.NotYet, (await history.ProveAsync("recording_stopped")).Answer);

        await history.SeenAsync(Over(41));

        Assert.Equal(ProofAnswer.Yes, (await history.ProveAsync("recording_stopped")).Answer);
    }

    [Fact]
    public async Task Where_whoever_was_to_stop_a_recording_died_the_room_may_wait_for_the_claim()
    {
        var history = await RecordedAsync();
        await history.StepAsync(30, [Ended(30)], new CallEffect.EndCall(EndCause.CallerHangup));
        await history.StepAsync(31, [Held("stop-recording:EG_1", 31, 46)]);
        await history.StepAsync(46, [Held("stop-recording:EG_1", 46, 61)]);
        await history.StepAsync(46, [Stopped(46)]);
        await history.SettledAsync(46.5, "delete-room:1", "deleted");

        Assert.Equal(ProofAnswer.Yes, (await history.ProveAsync("room_deleted")).Answer);
    }

    private static async Task<WrittenHistory> RecordedAsync()
    {
        var history = await new WrittenHistory().SeenAsync(Started(0), Joined(1), Joined(2, Agent()), Audio(3));
        await history.SettledAsync(3, "dispatch:1", "created:AD_1");
        await history.SettledAsync(4, "record:1", "started:EG_1");
        return await history.SeenAsync(Taken(4), Records(5));
    }
}
