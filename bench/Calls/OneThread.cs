using System.Collections.Concurrent;

namespace VoiceFunctions.Bench.Calls;

/// <summary>Runs all work of the gateway on the thread that pumps, so that nothing is measured twice and each run does the same.</summary>
internal sealed class OneThread : TaskScheduler
{
    private readonly ConcurrentQueue<Task> work = [];
    /// <summary>Does some work, and all work that follows from it.</summary>
    public T Run<T>(Func<Task<T>> begin)
    {
        var done = Task.Factory.StartNew(begin, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();
        Pump();
        while (!done.IsCompleted)
        {
            Thread.Yield();
            Pump();
        }

        return done.GetAwaiter().GetResult();
    }

    /// <summary>Does all work that there is.</summary>
    public void Pump()
    {
        while (work.TryDequeue(out var next))
        {
            TryExecuteTask(next);
        }
    }

    protected override void QueueTask(Task task) => work.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => work;
}
