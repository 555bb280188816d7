using System.Diagnostics;

namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// Library code may pass the thread pool between two steps that both belong on the pump (whatever awaits with ConfigureAwait(false)).
/// Before the clock moves, that has to come through.
/// </summary>
internal static class Settle
{
    /// <summary>How long, in real time, a run without any timer may be silent before it counts as dead.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long, in real time, to wait for a pool that somebody else may be keeping busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for the thread pool to be idle; true where nothing came of it.</summary>
    public static bool IsQuiet(Pump pump)
    {
        var before = pump.Changes;
        var since = Stopwatch.GetTimestamp();
        var spin = default(SpinWait);
        while (IsPoolBusy() && pump.Changes == before && Stopwatch.GetElapsedTime(since) < Patience)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return pump.Changes == before && pump.IsEmpty;
    }

    /// <summary>Whether work stands in the pool's queue or is being done, this thread's own not counted.</summary>
    private static bool IsPoolBusy()
    {
        if (ThreadPool.PendingWorkItemCount > 0)
        {
            return true;
        }

        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available > (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
    }
}
