using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>Several hosts that really run at the same time; which of them is first is chance.</summary>
public sealed class RacingThreadsTests
{
    [Fact]
    public async Task Of_many_hosts_on_many_threads_one_dispatches()
    {
        for (var round = 0; round < 30; round++)
        {
            var bench = new CallsBench();
            bench.LiveKit.Open(Room.Name, Room.Sid);
            bench.LiveKit.Join(Room.Name, Caller());
            await bench.AppendAsync(Joined(0));
            using var start = new Barrier(4);

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
                () =>
                {
                    var host = bench.Host();
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    return bench.RunAsync(new CallEffect.DispatchAgent(1), host);
                },
                TestContext.Current.CancellationToken)));

            Assert.Equal(["ListDispatches", "CreateDispatch"], bench.LiveKit.Asked);
        }
    }
}
