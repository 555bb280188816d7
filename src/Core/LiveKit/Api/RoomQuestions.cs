using Outcome = VoiceFunctions.Core.LiveKit.Api.LiveKitOutcome<
    System.Collections.Generic.IReadOnlyList<VoiceFunctions.Core.LiveKit.LiveKitRoom>>;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// Asks whether rooms exist, with a bounded number of requests at a time. Whoever asks while that many are on their way waits for the next
/// request, which asks for all who wait. No answer is older than its question.
/// </summary>
/// <param name="ask">Asks LiveKit for the rooms of these names.</param>
/// <param name="clock">The time in which the deadline is.</param>
/// <param name="deadline">After so long without an answer LiveKit counts as unavailable.</param>
internal sealed class RoomQuestions(
    Func<IReadOnlyList<string>, CancellationToken, Task<Outcome>> ask, TimeProvider clock, TimeSpan deadline)
{
    /// <summary>How many requests are on their way at most.</summary>
    public const int AtOnce = 2;

    /// <summary>For how many rooms one request asks at most.</summary>
    public const int AtMost = 200;

    private readonly Lock gate = new();
    private readonly Queue<Batch> waiting = [];
    private Batch? open;
    private int onTheWay;

    /// <summary>The room, in a list, or an empty list.</summary>
    public async Task<Outcome> AskAsync(string name, CancellationToken cancellationToken)
    {
        if (Wait(name) is not { } batch)
        {
            try
            {
                return await ask([name], cancellationToken);
            }
            finally
            {
                _ = GoOnAsync();
            }
        }

        try
        {
            var answer = await batch.Answer.Task.WaitAsync(deadline, clock, cancellationToken);
            return answer is Outcome.Ok(var rooms) ? new Outcome.Ok([.. rooms.Where(room => room.Name == name)]) : answer;
        }
        catch (TimeoutException)
        {
            return new Outcome.Unavailable(null);
        }
    }

    /// <summary>The batch with which to wait; <c>null</c> where nobody has to.</summary>
    private Batch? Wait(string name)
    {
        lock (gate)
        {
            if (onTheWay < AtOnce)
            {
                onTheWay++;
                return null;
            }

            if (open is null || open.Names.Count == AtMost)
            {
                waiting.Enqueue(open = new Batch());
            }

            open.Names.Add(name);
            return open;
        }
    }

    /// <summary>A request is back: those who wait have their turn. Nobody's giving up ends a request that others wait for.</summary>
    private async Task GoOnAsync()
    {
        while (Next() is { } batch)
        {
            try
            {
                batch.Answer.SetResult(await ask([.. batch.Names], CancellationToken.None));
            }
#pragma warning disable CA1031 // Whoever waits for the answer gets what was thrown.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                batch.Answer.SetException(failure);
            }
        }
    }

    private Batch? Next()
    {
        lock (gate)
        {
            if (!waiting.TryDequeue(out var next))
            {
                onTheWay--;
                return null;
            }

            open = waiting.Count > 0 ? open : null;
            return next;
        }
    }

    /// <summary>Those who wait for one request.</summary>
    private sealed class Batch
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public TaskCompletionSource<Outcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
