using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Engine.Tests;

public sealed class StoppedHostTests(HubStorage storage)
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_told_to_stop_in_the_middle_of_an_activity_delays_its_call_by_no_more_than_a_killed_one()
    {
        await using var world = await EngineWorld.StartForLossAsync(storage, Ending);
        var first = await world.ProcessAsync("one", $"before:{CallActivities.DeleteRoom}", Ending);
        var playing = world.PlayAsync(Scenarios.Named("sip-trunk"), Ending);
        await first.HeldAsync(Ending);

        var told = TimeProvider.System.GetUtcNow();
        var exit = await first.TerminateAsync(Ending);
        await world.ProcessAsync("one", hold: null, Ending);

        Assert.Empty(await playing);
        Assert.Equal(0, exit);
        Assert.InRange(await world.NextStepAfterAsync(told, Ending), TimeSpan.Zero, TimeSpan.FromSeconds(80));
    }
}
