using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.LocalHost.Call;

namespace VoiceFunctions.LocalHost;

/// <summary>A whole call whose agent reports what it measures, over real HTTP.</summary>
public sealed class QualityScenarioTests
{
    [Fact]
    public async Task A_spike_becomes_one_event_for_each_measure_and_silence_none_and_the_record_has_it()
    {
        InMemoryCallJournal? journal = null;
        var options = CallOptions.Of("network-jitter-warned");

        var verdict = await SimulatedCall.PlayAsync(
            options, 1, null, time => journal = new InMemoryCallJournal(time), TestContext.Current.CancellationToken);

        Assert.True(verdict.IsKept, string.Join('\n', verdict.Promises.Where(promise => !promise.Kept).Select(promise => promise.Text)));
        var warned = verdict.Events.Where(told => told.Name == LifecycleEventName.QualityWarning).ToList();
        Assert.Equal(["jitter", "loss"], warned.Select(told => told.Cause).Order(StringComparer.Ordinal));
        Assert.All(warned, told => Assert.Equal("agent", told.Role));
        Assert.True(CallId.TryParse(warned[0].CallId, out var callId));
        var history = await journal!.ReadAsync(callId, TestContext.Current.CancellationToken);
        var lines = CallDetailRecord.Of(CallState.Of(history), new Core.Calls.Belonging.RoomNaming("call")).Quality!;
        var jitter = Assert.Single(lines, line => line.Measure == QualityMeasure.Jitter);
        Assert.Equal((0.18, 1), (jitter.Worst, jitter.Warnings));
        Assert.InRange(jitter.Count, 60, 80);
        Assert.InRange(jitter.Median, 0.004, 0.0065);
    }
}
