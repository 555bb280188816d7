using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Workflow;

public sealed class CallSimulationTests
{
    private const int Seeds = 400;

    public static TheoryData<int> Hundreds { get; } = [.. Enumerable.Range(0, Seeds / 100)];

    [Theory]
    [MemberData(nameof(Hundreds))]
    public async Task Whatever_goes_wrong_every_promise_is_kept(int hundred)
    {
        for (var seed = hundred * 100; seed < (hundred + 1) * 100; seed++)
        {
            var call = new RandomCall(seed);
            await call.PlayAsync();

            var broken = await BrokenPromisesAsync(call);
            Assert.True(broken.Count == 0, $"seed {seed} ({call}): {string.Join("; ", broken)}");
        }
    }

    [Fact]
    public async Task The_simulation_reaches_what_it_is_there_for()
    {
        var (ended, replaced, lost, silent) = (0, 0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var call = new RandomCall(seed);
            await call.PlayAsync();
            var state = await call.StateAsync();
            ended += state.End is null ? 0 : 1;
            replaced += state.Dispatches.Count() > 1 ? 1 : 0;
            lost += state.Callers.Any(leg => leg.Joined?.Inferred == true) ? 1 : 0;
            silent += state.End?.Result == EndCause.NoAgent ? 1 : 0;
        }

        Assert.True(
            ended > 150 && replaced > 10 && lost > 10 && silent > 10,
            $"ended {ended}, replaced {replaced}, lost {lost}, silent {silent}");
    }

    private static async Task<List<string>> BrokenPromisesAsync(RandomCall call)
    {
        var state = await call.StateAsync();
        List<string> broken = [.. call.Broken];
        Promise(call.LiveKit.Rooms.Any() && state.IsCall, "the room outlives the call");
        Promise(state.IsCall && state.End is null, "the call never ended");
        Promise(
            call.Told.Count(told => told.Name == LifecycleEventName.CallEnded) != (state.IsCall ? 1 : 0),
            "CALL_ENDED was not told once");
        Promise(call.Told.DistinctBy(told => told.Id).Count() != call.Told.Count, "something was told twice");
        Promise(LifecycleEvents.Of(state).Any(published => call.Told.All(told => told.Id != published.Id)), "something was never told");
        Promise(call.LiveKit.Made.GroupBy(made => made.Request.Metadata).Any(epoch => epoch.Count() > 1), "an epoch was dispatched twice");
        Promise(call.LiveKit.Made.Count > DispatchRules.MaxEpochs, "there were too many dispatches");
        Promise(CallPolicy.Next(state, Timeouts, At(100_000)) is not CallDecision.Done, "there is something left to do");
        return broken;

        void Promise(bool isBroken, string what)
        {
            if (isBroken)
            {
                broken.Add(what);
            }
        }
    }
}
