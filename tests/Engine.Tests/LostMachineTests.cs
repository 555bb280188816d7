using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Engine.Tests;

public sealed class LostMachineTests(HubStorage storage)
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_whose_machine_is_lost_is_replaced_by_another_of_the_same_hub()
    {
        await using var world = await EngineWorld.StartForLossAsync(storage, Ending);
        var first = await world.ProcessAsync("one", $"before:{CallActivities.DeleteRoom}", Ending);
        var playing = world.PlayAsync(Scenarios.Named("sip-trunk"), Ending);
        await first.HeldAsync(Ending);

        first.Kill();
        var killed = TimeProvider.System.GetUtcNow();
        await world.ProcessAsync("another", hold: null, Ending);

        Assert.Empty(await playing);
        Assert.InRange(await world.NextStepAfterAsync(killed, Ending), TimeSpan.Zero, TimeSpan.FromSeconds(110));
    }
}
