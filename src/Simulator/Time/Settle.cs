namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// Library code may pass the thread pool between two steps that both belong on the pump (whatever awaits with ConfigureAwait(false)).
/// Before the clock moves, that has to come through.
/// </summary>
internal static class Settle
{
    /// <summary>How long, in real time, a run without any timer may be silent before it counts as dead.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private const int LeastHops = 3;
    private const int MostHops = 12;

    /// <summary>
    /// Lets what stands in the thread pool's queue go first, also what that queues in turn; true where nothing came of it. A pool thread that the
    /// processor takes away in the middle of such a step can still be overtaken: code in a simulation awaits plainly wherever it can.
    /// </summary>
    public static bool IsQuiet(Pump pump)
    {
        var before = pump.Changes;
        for (var hops = 0; hops < MostHops && (hops < LeastHops || ThreadPool.PendingWorkItemCount > 0) && pump.Changes == before; hops++)
        {
            using var passed = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static hop => hop.Set(), passed, preferLocal: false);
            passed.Wait();
        }

        return pump.Changes == before && pump.IsEmpty;
    }
}
