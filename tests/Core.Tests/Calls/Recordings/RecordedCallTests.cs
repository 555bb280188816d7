using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.State.Recorded;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;
using static VoiceFunctions.Core.Calls.Recordings.Recorded;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>What becomes of a recording: how it is stopped, looked up, shown and told.</summary>
public sealed class RecordedCallTests
{
    private readonly CallsBench bench = new();

    [Fact]
    public async Task All_are_stopped_at_one_time_and_one_that_is_over_counts_as_stopped()
    {
        var (one, two) = (await RecordAsync("1-room.ogg"), await RecordAsync("2-room.ogg"));
        await bench.LiveKit.StopEgressAsync(one, TestContext.Current.CancellationToken);
        bench.LiveKit.Script("StopEgress", null, Trouble.LostRequest, null);

        var first = Assert.IsType<EffectOutcome.TryAgain>(await StopAsync(1, one, two, "EG_unknown"));

        Assert.Equal([$"stop-recording:{one}", "stop-recording:EG_unknown"], first.DoneKeys);
        Assert.IsType<EffectOutcome.Done>(await StopAsync(2, two));
        bench.LiveKit.Script("StopEgress", Trouble.Unavailable, Trouble.Unavailable);
        Assert.IsType<EffectOutcome.TryAgain>(await StopAsync(9, two));
        Assert.IsType<EffectOutcome.GaveUp>(await StopAsync(RecordingStopper.MaxAttemptsAfterEnd, [two], Ended(20)));
    }

    [Fact]
    public async Task LiveKit_is_not_asked_to_stop_one_that_is_known_to_be_over()
    {
        Assert.IsType<EffectOutcome.Done>(await StopAsync(2, ["EG_1"], Over(21)));

        Assert.DoesNotContain("StopEgress", bench.LiveKit.Asked);
    }

    [Fact]
    public async Task What_no_webhook_told_is_learnt_by_asking()
    {
        var egress = await RecordAsync("1-room.ogg");
        var state = new Scene([.. Talking, Taken(1, egress)]).State;

        var begun = Assert.IsType<EffectOutcome.Done>(await LookUpAsync(state, 16)).Learnt;
        await bench.LiveKit.StopEgressAsync(egress, TestContext.Current.CancellationToken);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var over = Assert.IsType<EffectOutcome.Done>(await LookUpAsync(state, 40)).Learnt;

        Assert.True(Assert.IsType<CallFact.RecordingStarted>(Assert.Single(begun).Fact).IsActive);
        Assert.Equal(LiveKitEgressStatus.Complete, Assert.IsType<CallFact.RecordingEnded>(Assert.Single(over).Fact).Status);
    }

    [Fact]
    public async Task One_of_which_LiveKit_has_no_end_for_too_long_is_lost_and_a_late_word_of_it_counts_more()
    {
        object[] history = [.. Talking, Begun(1, "1", "EG_gone"), Taken(1, "EG_gone"), Left(20), Ended(20)];
        bench.LiveKit.Script("ListEgress", Trouble.Unavailable, Trouble.Unavailable);

        Assert.IsType<EffectOutcome.TryAgain>(await LookUpAsync(new Scene(history).State, 900));
        var lost = Assert.Single(Assert.IsType<EffectOutcome.Done>(await LookUpAsync(new Scene(history).State, 921)).Learnt);

        var scene = new Scene([.. history, lost]);
        Assert.Equal((CallRecording.Failed, "LOST"), (scene.Record.Recordings![0].Status, scene.Record.Recordings[0].Error));
        Assert.Equal("lost", scene.Lifecycle.Single(told => told.Name == LifecycleEventName.RecordingFailed).Cause);
        Assert.Equal(CallRecording.Ready, scene.And(Over(930, egress: "EG_gone")).Record.Recordings![0].Status);
    }

    [Fact]
    public void A_recording_stands_on_the_record_with_its_file()
    {
        var scene = new Scene([.. Talking, Begun(1), Taken(1), Records(1.5), Over(30)]);

        Assert.Equal(
            new CallRecording(1, "room", CallRecording.Ready)
            {
                EgressId = "EG_1",
                StartedAt = Given.At(1),
                EndedAt = Given.At(30),
                Location = "https://store/file.ogg",
                SizeBytes = 100,
                DurationSeconds = 2.5,
                KeptUntil = Given.At(30).AddDays(30),
            },
            Assert.Single(scene.Record.Recordings!));
        Assert.Equal(CallRecording.Starting, new Scene([.. Talking, Begun(1), Taken(1)]).Record.Recordings![0].Status);
        Assert.Null(new Scene(Talking).Record.Recordings);
    }

    [Fact]
    public void A_track_stands_there_with_its_participant_and_what_was_never_begun_with_its_reason()
    {
        var file = RoomFile with { Track = "TR_a", Of = "agent" };
        var shown = new Scene([.. Talking, Begun(1, "1:TR_a"), Records(2, file: file), GivenUp("record:1:TR_c", 9)]).Record.Recordings!;

        Assert.Equal(
            ("agent", "TR_a", AgentSid, CallRecording.Going),
            (shown[0].Of, shown[0].TrackSid, shown[0].ParticipantSid, shown[0].Status));
        Assert.Equal(("TR_c", CallRecording.Failed, "why"), (shown[1].TrackSid, shown[1].Status, shown[1].Error));
    }

    [Fact]
    public void Each_begins_once_and_comes_to_one_end_for_subscribers()
    {
        string[] Told(params object[] more) => [.. new Scene([.. Talking, .. more]).Lifecycle
            .Where(told => told.Name.StartsWith("RECORDING", StringComparison.Ordinal))
            .Select(told => $"{told.Id[(Call.Value.Length + 1)..]} {told.Cause}".Trim())];

        Assert.Empty(Told(Taken(1)));
        Assert.Equal(["RECORDING_STARTED:EG_1"], Told(Begun(1), Taken(1), Records(2), Taken(3, "EG_2"), Over(4, egress: "EG_2")));
        Assert.Equal(["RECORDING_STARTED:EG_1", "RECORDING_READY:EG_1"], Told(Begun(1), Over(4)));
        Assert.Equal(["RECORDING_STARTED:EG_1", "RECORDING_FAILED:EG_1 aborted"], Told(Begun(1), Over(4, LiveKitEgressStatus.Aborted)));
        Assert.Equal(
            ["RECORDING_STARTED:EG_1", "RECORDING_READY:EG_1 limit_reached"], Told(Begun(1), Over(4, LiveKitEgressStatus.LimitReached)));
        Assert.Equal(["RECORDING_FAILED:1 why"], Told(GivenUp("record:1", 5)));
        Assert.Empty(Told(GivenUp("record:1", 5) with { Result = CallRecording.NotWanted }));
    }

    private async Task<string> RecordAsync(string file)
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        var request = new LiveKit.Api.Egress.LiveKitEgressRequest(Room.Name, $"keep/{Call}/{file}", CallsBench.RecordingTarget);
        var started = await bench.LiveKit.StartEgressAsync(request, TestContext.Current.CancellationToken);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        return Assert.IsType<LiveKit.Api.LiveKitOutcome<LiveKitEgress>.Ok>(started).Value.EgressId;
    }

    private Task<EffectOutcome> StopAsync(int attempt, params string[] ids) => StopAsync(attempt, ids, []);

    private Task<EffectOutcome> StopAsync(int attempt, string[] ids, params object[] more) => new RecordingStopper(bench.LiveKit).StopAsync(
        CallsBench.Context(new Scene([.. Talking, .. more]).State, attempt),
        new CallEffect.StopRecordings(ids),
        TestContext.Current.CancellationToken);

    private Task<EffectOutcome> LookUpAsync(CallState state, double at) => new RecordingWatch(bench.LiveKit, Naming).LookUpAsync(
        CallsBench.Context(state, at: at), new CallEffect.LookUpRecordings(), TestContext.Current.CancellationToken);
}
