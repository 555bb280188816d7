using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Simulator.Time;

/// <summary>The time on the wall.</summary>
/// <param name="failed">Hears of every failure of work that nobody waits for.</param>
public sealed class RealTime(Action<Exception> failed) : SimulationTime
{
    /// <inheritdoc/>
    public override TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public override TaskScheduler Scheduler => TaskScheduler.Default;

    /// <inheritdoc/>
    public override HttpMessageHandler Track(HttpMessageHandler inner) => inner;

    /// <inheritdoc/>
    public override RequestDelegate Serve(RequestDelegate next) => next;

    /// <inheritdoc/>
    public override Task Start(Func<Task> work)
    {
        var started = Task.Run(work);
        _ = started.ContinueWith(
            ended => failed(ended.Exception!.GetBaseException()),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return started;
    }

    /// <inheritdoc/>
    public override TaskCompletionSource<T> CreateCompletion<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public override Task Outside(Func<Task> work) => work();
}
