namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// A queue of tasks for one thread. Before and after that thread has pumped, tasks wait or run on the thread pool respectively,
/// so that what is left over can still end.
/// </summary>
internal sealed class Pump : TaskScheduler
{
    private readonly object gate = new();
    private readonly Queue<Task> queue = [];
    private Thread? inlining;
    private bool ended;
    private bool changed;
    private long changes;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Grows with everything that happens: a task that came, a message that set off or ended.</summary>
    public long Changes
    {
        get
        {
            lock (gate)
            {
                return changes;
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return queue.Count == 0;
            }
        }
    }

    /// <summary>
    /// A completion for what waits on a pump. The usual option of running continuations asynchronously would send WhenAny and WaitAsync
    /// through the thread pool; here it is the pump that never runs a continuation inside the call that completes it.
    /// </summary>
    public static TaskCompletionSource<T> CreateCompletion<T>() => new();

    /// <summary>Runs what is in the queue, and what comes while it runs.</summary>
    public void RunQueued()
    {
        while (true)
        {
            Task? task;
            lock (gate)
            {
                if (!queue.TryDequeue(out task))
                {
                    return;
                }
            }

            TryExecuteTask(task);
        }
    }

    /// <summary>Runs one action now, as a task of this scheduler; its exception comes through.</summary>
    public void Run(Action action)
    {
        var task = new Task(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        inlining = Thread.CurrentThread;
        task.RunSynchronously(this);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Something happened that may let the pump go on.</summary>
    public void Wake()
    {
        lock (gate)
        {
            changed = true;
            changes++;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Forgets what has happened, for a <see cref="WaitForChange"/> after the next look around.</summary>
    public void Reset()
    {
        lock (gate)
        {
            changed = false;
        }
    }

    /// <summary>Waits until something happens after <see cref="Reset"/>, at most so long in real time; false where nothing did.</summary>
    public bool WaitForChange(TimeSpan atMost)
    {
        lock (gate)
        {
            return changed || Monitor.Wait(gate, atMost);
        }
    }

    /// <summary>The pump's thread leaves. Everything that is queued now or later goes to the thread pool.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            while (queue.TryDequeue(out var task))
            {
                RunOnThreadPool(task);
            }
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (gate)
        {
            if (ended)
            {
                RunOnThreadPool(task);
                return;
            }

            queue.Enqueue(task);
            Wake();
        }
    }

    /// <summary>Nothing jumps the queue, so that whoever completes something goes on first; only <see cref="Run"/> asks for that.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (inlining != Thread.CurrentThread)
        {
            return false;
        }

        inlining = null;
        return TryExecuteTask(task);
    }

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (gate)
        {
            return [.. queue];
        }
    }

    private void RunOnThreadPool(Task task) =>
        ThreadPool.UnsafeQueueUserWorkItem(static run => run.Pump.TryExecuteTask(run.Task), (Pump: this, Task: task), preferLocal: false);
}
