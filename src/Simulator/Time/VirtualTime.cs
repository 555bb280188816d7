using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// A time that passes only while nothing happens: ten minutes on the phone take milliseconds. <see cref="Run"/> gives it a thread; on that
/// thread runs all that waits on the clock, one thing at a time, and all handlers behind <see cref="Serve"/>. When that thread has nothing
/// to do and no HTTP message is under way, the clock goes to the next timer. Runs of the same simulation are the same, step by step.
/// </summary>
public sealed class VirtualTime : SimulationTime
{
    private readonly VirtualClock clock;
    private readonly Pump pump = new();
    private readonly Traffic traffic;
    private readonly DateTimeOffset limit;
    private readonly TimeSpan patience;
    private Exception? failure;

    /// <summary>A time that begins on a Monday morning.</summary>
    public VirtualTime()
        : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(2), TimeSpan.FromSeconds(30))
    {
    }

    /// <param name="start">What the clock shows at first.</param>
    /// <param name="atMost">How long the simulated time may get: more means that nothing ever ends it.</param>
    /// <param name="patience">How long, in real time, an HTTP message may be under way before the run counts as stuck.</param>
    public VirtualTime(DateTimeOffset start, TimeSpan atMost, TimeSpan patience)
    {
        clock = new VirtualClock(start);
        traffic = new Traffic(pump);
        limit = start + atMost;
        this.patience = patience;
    }

    /// <inheritdoc/>
    public override TimeProvider Clock => clock;

    /// <inheritdoc/>
    public override TaskScheduler Scheduler => pump;

    /// <inheritdoc/>
    public override HttpMessageHandler Track(HttpMessageHandler inner) => new TrackedHandler(traffic, this, inner);

    /// <inheritdoc/>
    public override RequestDelegate Serve(RequestDelegate next) => new ServedHandler(traffic, this, next).HandleAsync;

    /// <inheritdoc/>
    public override Task Start(Func<Task> work) =>
        Task.Factory.StartNew(() => ReportAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, pump).Unwrap();

    /// <inheritdoc/>
    public override TaskCompletionSource<T> CreateCompletion<T>() => Pump.CreateCompletion<T>();

    /// <inheritdoc/>
    public override async Task Outside(Func<Task> work)
    {
        traffic.Count(1);
        try
        {
            await Task.Run(work);
        }
        finally
        {
            traffic.Count(-1);
        }
    }

    /// <summary>Runs <paramref name="main"/> and what it starts on a thread of their own; see <see cref="Run"/>.</summary>
    public Task RunAsync(Func<Task> main) =>
        Task.Factory.StartNew(() => Run(main), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// Runs <paramref name="main"/> on the calling thread until it ends; once only. Throws what it throws, what started work throws, and
    /// <see cref="InvalidOperationException"/> where nothing can ever happen any more.
    /// </summary>
    public void Run(Func<Task> main)
    {
        try
        {
            var done = Task.Factory.StartNew(main, CancellationToken.None, TaskCreationOptions.DenyChildAttach, pump).Unwrap();
            RunUntil(done);
            done.GetAwaiter().GetResult();
        }
        finally
        {
            traffic.End();
            pump.End();
        }
    }

    /// <summary>Runs an action on the pump, without waiting for it.</summary>
    internal void Post(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, pump);

    private void RunUntil(Task done)
    {
        while (true)
        {
            pump.Reset();
            pump.RunQueued();
            if (failure is { } broken)
            {
                throw new InvalidOperationException($"Work that nobody waits for failed: {broken.Message}", broken);
            }

            if (done.IsCompleted)
            {
                return;
            }

            if (traffic.IsBusy)
            {
                if (!pump.WaitForChange(patience))
                {
                    throw new InvalidOperationException(
                        $"Virtual time is stuck at {clock.GetUtcNow():O}: an HTTP message has been under way for {patience}. "
                        + "A server that waits on the clock must be behind SimulationTime.Serve.");
                }
            }
            else if (Settle.IsQuiet(pump) && !Advance() && !pump.WaitForChange(Settle.Grace))
            {
                throw new InvalidOperationException(
                    $"Virtual time is dead at {clock.GetUtcNow():O}: nothing is under way, no timer is set, and the "
                    + "main task has not ended.");
            }
        }
    }

    private bool Advance()
    {
        if (clock.Advance() is not { } timer)
        {
            return false;
        }

        if (clock.GetUtcNow() > limit)
        {
            throw new InvalidOperationException($"Virtual time has come to {clock.GetUtcNow():O}, and the main task still has not ended.");
        }

        pump.Run(timer.Fire);
        return true;
    }

    private async Task ReportAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception broken) when (Interlocked.CompareExchange(ref failure, broken, null) is null)
        {
            throw;
        }
    }
}
