using System.Diagnostics;
using System.Runtime.InteropServices;
using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Bench.Load.Wire;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>Sends requests to a server: at the times at which they are due, or as fast as it answers.</summary>
/// <param name="port">The server's port; it may change when the server starts again.</param>
/// <param name="happens">Lets happen what a request tells, and says whether it is to be sent.</param>
/// <param name="taken">Called for each request that was taken.</param>
internal sealed partial class Driver(Func<int> port, Func<Shot, bool> happens, Action<Shot> taken) : IDisposable
{
    // How long LiveKit waits before it sends a webhook again that was not taken.
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    private const int MostConnections = 256;

    private readonly Lock gate = new();
    private readonly Stack<Connection> free = new();
    private readonly Queue<(Shot Shot, long Due)> waiting = new();
    private readonly List<Connection> all = [];
    private int running;

    public Tally Tally { get; } = new();

    /// <summary>
    /// The open loop: each request at its time, whether or not those before it were answered. Its latency counts from that time,
    /// so that a server that stands still is not spared the requests that it kept waiting.
    /// </summary>
    public async Task OpenAsync(IReadOnlyList<Shot> shots, Action<Shot>? tick = null)
    {
        var pace = new Thread(() => Pace(shots, tick)) { IsBackground = true };
        pace.Start();
        while (pace.IsAlive || Volatile.Read(ref running) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>
    /// The same for a slow server: each connection plays one call after the other, in the order of its webhooks. Otherwise a call's next
    /// webhooks would come while its first one still waits for an answer.
    /// </summary>
    public Task SaturateCallsAsync(IReadOnlyList<Shot> shots, int connections, TimeSpan longest) =>
        SaturateAsync([.. shots.GroupBy(shot => shot.Call).Select(call => call.OrderBy(shot => shot.At).ToList())], connections, longest);

    /// <summary>
    /// The saturation mode, a closed loop: each connection sends the next request when it has its answer. It finds the highest rate;
    /// its latencies are those of a server that is never less than full.
    /// </summary>
    public Task SaturateAsync(IReadOnlyList<Shot> shots, int connections, TimeSpan longest) =>
        SaturateAsync([.. shots.Select(shot => (IReadOnlyList<Shot>)[shot])], connections, longest);

    /// <summary>Sends one more request now, beside the others.</summary>
    public void Add(Shot shot) => Launch(shot, Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            all.ForEach(connection => connection.Dispose());
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rest(uint microseconds);

    private void Pace(IReadOnlyList<Shot> shots, Action<Shot>? tick)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var shot in shots)
        {
            var due = began + (long)(shot.At.TotalSeconds * Stopwatch.Frequency);
            while (due - Stopwatch.GetTimestamp() is var left and > 0)
            {
                _ = Rest((uint)Math.Clamp(left * 1_000_000 / Stopwatch.Frequency, 1, 10_000));
            }

            tick?.Invoke(shot);
            if (happens(shot))
            {
                Launch(shot, due);
            }
        }
    }

    private async Task SaturateAsync(IReadOnlyList<IReadOnlyList<Shot>> sequences, int connections, TimeSpan longest)
    {
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            var connection = Open();
            while (Interlocked.Increment(ref next) is var index && index < sequences.Count && Stopwatch.GetElapsedTime(began) < longest)
            {
                foreach (var shot in sequences[index].Where(happens))
                {
                    await SendAsync(connection, shot, Stopwatch.GetTimestamp());
                }
            }
        }));
        while (Volatile.Read(ref running) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private void Launch(Shot shot, long due)
    {
        Interlocked.Increment(ref running);
        Connection connection;
        lock (gate)
        {
            if (free.Count == 0 && all.Count >= MostConnections)
            {
                waiting.Enqueue((shot, due));
                return;
            }

            connection = free.Count > 0 ? free.Pop() : Open();
        }

        _ = UseAsync(connection, shot, due);
    }

    private async Task UseAsync(Connection connection, Shot shot, long due)
    {
        while (true)
        {
            await SendAsync(connection, shot, due);
            Interlocked.Decrement(ref running);
            lock (gate)
            {
                if (!waiting.TryDequeue(out var next))
                {
                    free.Push(connection);
                    return;
                }

                (shot, due) = next;
            }
        }
    }

    private async Task SendAsync(Connection connection, Shot shot, long due)
    {
        var reply = await connection.SendAsync(shot.Bytes);
        var isTaken = Tally.IsTaken(shot, reply);
        if (isTaken)
        {
            taken(shot);
        }

        var isAgain = !shot.IsForged && shot.Step != Step.Voice && !isTaken;
        Tally.Count(shot, reply, Stopwatch.GetElapsedTime(due), !isAgain);
        if (isAgain)
        {
            Interlocked.Increment(ref running);
            _ = RepeatAsync(shot);
        }
    }

    /// <summary>Twilio asks the next URL instead; LiveKit sends its webhook again.</summary>
    private async Task RepeatAsync(Shot shot)
    {
        using var connection = new Connection(port);
        for (var i = 0; i < Waits.Length; i++)
        {
            await Task.Delay(Waits[i], TimeProvider.System);
            var began = Stopwatch.GetTimestamp();
            var reply = await connection.SendAsync(shot.Bytes);
            Tally.Count(shot, reply, Stopwatch.GetElapsedTime(began), i == Waits.Length - 1);
            if (Tally.IsTaken(shot, reply))
            {
                break;
            }
        }

        Interlocked.Decrement(ref running);
    }

    private Connection Open()
    {
        var connection = new Connection(port);
        lock (gate)
        {
            all.Add(connection);
        }

        return connection;
    }
}
