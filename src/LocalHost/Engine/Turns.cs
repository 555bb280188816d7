namespace VoiceFunctions.LocalHost.Engine;

/// <summary>
/// How many calls that nobody has joined may be looked after at one time. A flood of them is all due at once; webhooks and the calls
/// that somebody is in go before them.
/// </summary>
internal sealed class Turns
{
    /// <summary>How many have a turn at most: a webhook waits for no more than these.</summary>
    public static readonly int AtOnce = 8 * Environment.ProcessorCount;

    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = [];
    private int free = AtOnce;

    /// <summary>Waits for a turn, or for a signal; true with a turn, which is to be given back.</summary>
    public async Task<bool> TakeAsync(Task signal)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return true;
            }

            waiting.Enqueue(turn);
        }

        await Task.WhenAny(turn.Task, signal);
        return !turn.TrySetCanceled();
    }

    /// <summary>Gives a turn back: to the next one who still waits.</summary>
    public void GiveBack()
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            free++;
        }
    }
}
