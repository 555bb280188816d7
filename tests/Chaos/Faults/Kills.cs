using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>Kills the gateways in turn, one at a time, and starts each again at once.</summary>
internal sealed class Kills(SimulationTime time, Chance chance, IReadOnlyList<GatewayHost> hosts, Outages outages, Tally tally)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);

    /// <summary>Goes on until it is told to stop; then every host is up.</summary>
    /// <param name="stopping">Ends the killing.</param>
    /// <param name="cancellationToken">Ends everything, a start that does not succeed included.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        var pause = FirstAfter;
        for (var next = 0; await WaitAsync(pause, stopping); next++)
        {
            var host = hosts[next % hosts.Count];
            var killedAt = time.Clock.GetUtcNow();
            host.Kill();
            tally.Add("gateway killed (SIGKILL)");
            outages.Shock(killedAt);
            await host.StartAsync(cancellationToken);
            if (hosts.Count == 1)
            {
                outages.Add(killedAt, time.Clock.GetUtcNow());
            }

            pause = Least + chance.UpTo("kill", Spread);
        }
    }

    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await time.Delay(pause, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
