namespace VoiceFunctions.Bench.Load.Traffic;

/// <summary>When which webhook of which call is due. The same seed gives the same schedule.</summary>
internal static class Schedules
{
    private const double Redelivered = 0.2;
    private const double Reordered = 0.1;

    // How long after the step before each comes, at least and at most, in milliseconds.
    private static readonly (Step Step, int Least, int Most)[] Life =
    [
        (Step.Voice, 0, 0),
        (Step.RoomStarted, 200, 400),
        (Step.CallerJoined, 30, 80),
        (Step.AgentJoined, 400, 900),
        (Step.AgentSpeaks, 50, 150),
        (Step.CallerLeft, 1000, 2000),
    ];

    /// <summary>How many webhooks a whole call has on average, redeliveries included.</summary>
    public static double ShotsPerCall => Life.Length * (1 + Redelivered);

    /// <summary>Voice webhooks of distinct calls at a mean rate, with the random distances of independent callers.</summary>
    public static IReadOnlyList<Shot> Voices(CallWebhooks webhooks, int count, double perSecond, int seed, double forged = 0)
    {
        var chance = new Random(seed);
        var shots = new List<Shot>(count);
        var at = 0.0;
        for (var call = 0; call < count; call++)
        {
            at += -Math.Log(1 - chance.NextDouble()) / perSecond;
            var isForged = chance.NextDouble() < forged;
            var bytes = webhooks.Of(call, Step.Voice, isForged);
            shots.Add(new Shot(call, Step.Voice, TimeSpan.FromSeconds(at), bytes) { IsForged = isForged });
        }

        return shots;
    }

    /// <summary>Whole calls at a mean rate of webhooks: a fifth of them come twice, a tenth change places with the next.</summary>
    public static IReadOnlyList<Shot> Lives(CallWebhooks webhooks, int calls, double shotsPerSecond, int seed)
    {
        var chance = new Random(seed);
        var shots = new List<Shot>((int)(calls * ShotsPerCall * 1.05));
        var begin = 0.0;
        for (var call = 0; call < calls; call++)
        {
            begin += -Math.Log(1 - chance.NextDouble()) / (shotsPerSecond / ShotsPerCall);
            shots.AddRange(LifeOf(webhooks, call, TimeSpan.FromSeconds(begin), chance));
        }

        // A stable order: equal times stay as they were made.
        return [.. shots.OrderBy(shot => shot.At)];
    }

    private static List<Shot> LifeOf(CallWebhooks webhooks, int call, TimeSpan begin, Random chance)
    {
        var times = new TimeSpan[Life.Length];
        var at = begin;
        for (var i = 0; i < Life.Length; i++)
        {
            at += TimeSpan.FromMilliseconds(chance.Next(Life[i].Least, Life[i].Most + 1));
            times[i] = at;
        }

        for (var i = 1; i < Life.Length - 1; i++)
        {
            // An agent joins because of a dispatch, and that comes after the caller's webhook: these two cannot change places.
            if (Life[i].Step != Step.CallerJoined && chance.NextDouble() < Reordered)
            {
                (times[i], times[i + 1]) = (times[i + 1], times[i]);
                i++;
            }
        }

        var shots = new List<Shot>();
        for (var i = 0; i < Life.Length; i++)
        {
            var shot = new Shot(call, Life[i].Step, times[i], webhooks.Of(call, Life[i].Step));
            shots.Add(shot);
            if (chance.NextDouble() < Redelivered)
            {
                shots.Add(shot with { At = shot.At + TimeSpan.FromMilliseconds(chance.Next(5, 200)), IsRedelivery = true });
            }
        }

        return shots;
    }
}
