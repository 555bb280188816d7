using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>Makes the storage stand still now and then.</summary>
internal sealed class StoragePauses(
    SimulationTime time, Chance chance, TimeSpan length, AzuriteServer azurite, Outages outages, Tally tally)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(30);

    /// <summary>Goes on until it is told to stop; then the storage works.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            for (var pause = FirstAfter; ; pause = Least + chance.UpTo("storage", Spread))
            {
                await time.Delay(pause, stopping);
                var from = time.Clock.GetUtcNow();
                outages.Shock(from);
                azurite.Pause();
                tally.Add($"storage stood still for {length.TotalSeconds} s");
                await time.Delay(length, CancellationToken.None);
                azurite.Resume();
                outages.Shock(time.Clock.GetUtcNow());
                outages.Add(from, time.Clock.GetUtcNow());
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It works, and stays so.
        }
    }
}
