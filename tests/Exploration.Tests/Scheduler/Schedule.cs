namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>
/// What can happen now and what will happen later, on a clock of its own. By itself it lets the strand that just ran go on, then whoever
/// waits longest, and lets time pass only when nothing can happen now: everything else is a deviation.
/// </summary>
internal sealed class Schedule(DateTimeOffset start)
{
    private readonly List<Step> ready = [];
    private readonly List<Alarm> alarms = [];
    private readonly Dictionary<string, int> labels = new(StringComparer.Ordinal);
    private Strand? running;

    public DateTimeOffset Now { get; private set; } = start;

    public IReadOnlyList<Step> Ready => ready;

    public IReadOnlyList<Alarm> Alarms => alarms;

    /// <summary>Gives the next name of a kind.</summary>
    public string Name(string kind)
    {
        var number = labels.GetValueOrDefault(kind) + 1;
        labels[kind] = number;
        return $"{kind}#{number}";
    }

    public void Add(Step step)
    {
        if (step.Strand is not null && step.Strand == running)
        {
            ready.Insert(0, step);
        }
        else
        {
            ready.Add(step);
        }
    }

    public void Withdraw(Step step)
    {
        step.IsWithdrawn = true;
        ready.Remove(step);
    }

    /// <summary>Takes the steps of some strands out of what can happen now.</summary>
    public List<Step> Remove(Predicate<Step> which)
    {
        var removed = ready.FindAll(which);
        ready.RemoveAll(which);
        return removed;
    }

    public Alarm Set(Alarm alarm)
    {
        alarms.Add(alarm);
        return alarm;
    }

    public void Cancel(Alarm alarm) => alarms.Remove(alarm);

    public void CancelAll(Predicate<Alarm> which) => alarms.RemoveAll(which);

    public void Take(Step step, string trouble)
    {
        ready.Remove(step);
        running = step.Strand;
        step.Run(trouble);
        running = null;
    }

    /// <summary>Lets somebody move before the time.</summary>
    public void TakeEarly(Alarm alarm)
    {
        alarms.Remove(alarm);
        alarm.Ring();
        var move = ready[^1];
        Take(move, "");
    }

    /// <summary>Lets time pass to the next alarm and rings it. False where there is none.</summary>
    public bool Pass()
    {
        Alarm? next = null;
        foreach (var alarm in alarms)
        {
            next = next is null || alarm.Due < next.Due ? alarm : next;
        }

        if (next is null)
        {
            return false;
        }

        alarms.Remove(next);
        Now = next.Due > Now ? next.Due : Now;
        if (next.Clock?.Defer(next) != true)
        {
            next.Ring();
        }

        return true;
    }

    public ulong Print()
    {
        var print = Fingerprint.Of(Now);
        foreach (var step in ready)
        {
            print = Fingerprint.Of(print, step.Mark);
        }

        var later = 0UL;
        foreach (var alarm in alarms)
        {
            later += Fingerprint.Of(alarm.Mark, Fingerprint.Of(alarm.Due));
        }

        return Fingerprint.Of(print, later);
    }
}
