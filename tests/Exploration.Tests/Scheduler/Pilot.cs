using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Promises;

namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>What is asked at each point of a run behind its script's last deviation.</summary>
internal interface ISurvey
{
    /// <summary>Looks at a point; false to leave the run there.</summary>
    bool Look(CallWorld world);
}

/// <summary>Drives one run: the deviations of a script where they fit, the ordinary course elsewhere.</summary>
internal static class Pilot
{
    private const int MostSteps = 3000;

    /// <summary>
    /// Runs a world to its end, or until a promise is broken or the survey has seen enough. Gives how many deviations found no place.
    /// </summary>
    public static int Fly(CallWorld world, IReadOnlyList<Deviation> script, ISurvey? survey)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Steps(world, script, survey);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Where a run can go at a point, other than the ordinary way.</summary>
    public static IEnumerable<Deviation> Ways(CallWorld world)
    {
        var schedule = world.Schedule;
        var next = schedule.Ready[0];
        foreach (var trouble in next.Troubles)
        {
            yield return new Deviation(next.Label, trouble);
        }

        if (next.IsQuiet)
        {
            yield break;
        }

        for (var i = 1; i < schedule.Ready.Count; i++)
        {
            yield return new Deviation(next.Label, Deviation.Other + schedule.Ready[i].Label);
        }

        foreach (var alarm in schedule.Alarms)
        {
            if (alarm.MayComeEarly)
            {
                yield return new Deviation(next.Label, Deviation.Early + alarm.Label);
            }
        }
    }

    private static int Steps(CallWorld world, IReadOnlyList<Deviation> script, ISurvey? survey)
    {
        var schedule = world.Schedule;
        var followed = 0;
        for (var steps = 0; world.Witness.Broken.Count == 0; steps++)
        {
            world.Freeze();
            if (steps > MostSteps)
            {
                world.Witness.Break("the call goes on and on");
            }
            else if (schedule.Ready.Count == 0)
            {
                if (world.IsOver || !schedule.Pass())
                {
                    Conclusion.Check(world);
                    break;
                }
            }
            else if (followed < script.Count && TryTake(world, script[followed]))
            {
                followed++;
            }
            else if (followed == script.Count && survey?.Look(world) == false)
            {
                break;
            }
            else
            {
                schedule.Take(schedule.Ready[0], "");
            }
        }

        return script.Count - followed;
    }

    private static bool TryTake(CallWorld world, Deviation deviation)
    {
        var schedule = world.Schedule;
        var next = schedule.Ready[0];
        if (next.Label != deviation.At)
        {
            return false;
        }

        if (next.Troubles.Contains(deviation.Take))
        {
            world.Witness.Troubles++;
            schedule.Take(next, deviation.Take);
            return true;
        }

        var other = schedule.Ready.FirstOrDefault(step => deviation.Take == Deviation.Other + step.Label);
        if (other is not null && !next.IsQuiet)
        {
            schedule.Take(other, "");
            return true;
        }

        var early = schedule.Alarms.FirstOrDefault(alarm => alarm.MayComeEarly && deviation.Take == Deviation.Early + alarm.Label);
        if (early is not null && !next.IsQuiet)
        {
            schedule.TakeEarly(early);
            return true;
        }

        return false;
    }
}
