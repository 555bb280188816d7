using System.Collections.Concurrent;
using System.Diagnostics;

namespace VoiceFunctions.Bench.Load.Servers;

/// <summary>
/// Starts processes on the servers' core that end with the generator, even when that is killed. Linux kills such a process together with
/// the thread that started it, so one thread starts them all and never ends.
/// </summary>
internal static class Launcher
{
    private static readonly BlockingCollection<Action> Starts = [];

    static Launcher() => new Thread(() =>
    {
        foreach (var start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    })
    { IsBackground = true, Name = "launcher" }.Start();

    /// <summary>How a command is to be started. setpriv and taskset become the program: it keeps the process id.</summary>
    public static ProcessStartInfo Command(params IEnumerable<string> command) =>
        new("setpriv", ["--pdeathsig", "KILL", "taskset", "-c", $"{Machine.ServerCore}", .. command]) { RedirectStandardOutput = true };

    /// <summary>Starts a command.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(command)!);
            }
            catch (System.ComponentModel.Win32Exception failure)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }
}
