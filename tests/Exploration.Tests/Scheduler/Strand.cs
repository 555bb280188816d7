using VoiceFunctions.Exploration.Model;

namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>What a port answers.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Seen">What the strand learns by it, for telling states apart.</param>
internal readonly record struct Answer<T>(T? Value, ulong Seen)
{
    /// <summary>Thrown instead of the answer.</summary>
    public Exception? Error { get; init; }

    /// <summary>How long the strand waits for it unless it gives up before.</summary>
    public TimeSpan? After { get; init; }
}

/// <summary>
/// One course of asynchronous work of a host: a webhook's handling, a workflow, a sweep. Each question to a port is a step that the
/// schedule lets happen, so nothing runs but what it says. Its local state is a function of the answers it got, and told apart by them.
/// </summary>
internal sealed class Strand(string label, Host host, Schedule schedule)
{
    public const string Crash = "crash";
    public const string CrashAfter = "crash-after";
    public const string Stall = "stall";
    public const string StallThenAct = "stall-then-act";

    private readonly ulong mark = Fingerprint.Of(label);

    public string Label { get; } = label;

    public Host Host { get; } = host;

    public ulong History { get; private set; } = Fingerprint.Of(host.Now);

    public ulong Print => Fingerprint.Of(mark, History);

    /// <summary>Runs when the host dies under the strand.</summary>
    public Action? Abandoned { get; init; }

    /// <summary>From here on the strand knows nothing of what was before, but what it is about to do, and since when.</summary>
    public void Begin(string what) => History = Fingerprint.Of(Fingerprint.Of(what), Fingerprint.Of(Host.Now));

    /// <summary>Adds a step without an answer.</summary>
    public void Then(string what, Action run) =>
        schedule.Add(new Step(schedule.Name($"{Label} {what}"), Fingerprint.Of(mark, Fingerprint.Of(what)), this, [], _ => run()));

    /// <summary>Asks a port. The answer comes when the schedule says so, and as it says.</summary>
    public Task<T> AskAsync<T>(
        string what,
        IReadOnlyList<string> troubles,
        Func<string, Answer<T>> answer,
        CancellationToken cancellationToken,
        bool isQuiet = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var asked = new Asked<T>(this, what, answer);
        asked.Offer(troubles, isQuiet);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() => asked.GiveUp(cancellationToken));
        }

        return asked.Task;
    }

    private void Learn(string what, ulong seen) => History = Fingerprint.Of(History, Fingerprint.Of(what), seen);

    private sealed class Asked<T>(Strand strand, string what, Func<string, Answer<T>> answer)
    {
        private readonly TaskCompletionSource<T> source = new();
        private Step? step;
        private Alarm? late;
        private bool isGivenUp;

        public Task<T> Task => source.Task;

        public void Offer(IReadOnlyList<string> troubles, bool isQuiet)
        {
            var schedule = strand.Host.Schedule;
            step = new Step(
                schedule.Name($"{strand.Label} {what}"), Fingerprint.Of(strand.mark, Fingerprint.Of(what)), strand, troubles, Happen)
            {
                IsQuiet = isQuiet,
            };
            schedule.Add(step);
        }

        public void GiveUp(CancellationToken cancellationToken)
        {
            if (source.Task.IsCompleted || isGivenUp)
            {
                return;
            }

            isGivenUp = true;
            strand.Host.Schedule.Withdraw(step!);
            if (late is not null)
            {
                strand.Host.Schedule.Cancel(late);
            }

            strand.Then($"{what} out of time", () =>
            {
                strand.Learn("out of time", 0);
                source.TrySetCanceled(cancellationToken);
            });
        }

        private void Happen(string trouble)
        {
            switch (trouble)
            {
                case Crash:
                    strand.Host.Crash();
                    break;
                case CrashAfter:
                    answer("");
                    strand.Host.Crash();
                    break;
                case Stall:
                    strand.Host.Schedule.Add(step!);
                    strand.Host.Stall(actsFirst: false);
                    break;
                case StallThenAct:
                    strand.Host.Schedule.Add(step!);
                    strand.Host.Stall(actsFirst: true);
                    break;
                default:
                    Tell(answer(trouble));
                    break;
            }
        }

        private void Tell(Answer<T> told)
        {
            if (told.After is { } wait)
            {
                late = strand.Host.Schedule.Set(new Alarm(
                    strand.Host.Schedule.Now + wait, step!.Label, step.Mark, () => strand.Then($"{what} late", () => Finish(told)))
                {
                    Clock = strand.Host,
                });
            }
            else
            {
                Finish(told);
            }
        }

        private void Finish(Answer<T> told)
        {
            if (isGivenUp)
            {
                return;
            }

            strand.Learn(what, told.Seen);
            if (told.Error is not null)
            {
                source.SetException(told.Error);
            }
            else
            {
                source.SetResult(told.Value!);
            }
        }
    }
}
