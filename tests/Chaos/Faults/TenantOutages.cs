using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>A tenant's system that answers 503 for a few seconds at a time.</summary>
/// <param name="time">The time of the network.</param>
/// <param name="chance">When it is down.</param>
/// <param name="name">What it is called.</param>
/// <param name="turn">Turns it off, and on again.</param>
/// <param name="tally">Counts the outages.</param>
internal sealed class TenantOutages(SimulationTime time, Chance chance, string name, Action<bool> turn, Tally tally)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(3);

    /// <summary>Goes on until it is told to stop; then the system is up.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await time.Delay(Least + chance.UpTo(name, Spread), stopping);
                tally.Add($"{name} down for {Lasts.TotalSeconds} s");
                turn(true);
                await time.Delay(Lasts, stopping);
                turn(false);
            }
        }
        catch (OperationCanceledException)
        {
            turn(false);
        }
    }
}
