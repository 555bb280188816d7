namespace VoiceFunctions.Bench.Load.Traffic;

/// <summary>Whole calls: their webhooks, their rooms, and what LiveKit says when it has deleted one.</summary>
internal sealed record LifeTraffic(
    CallWebhooks Webhooks, IReadOnlyList<Shot> Shots, IReadOnlyDictionary<int, string> Rooms, IReadOnlyDictionary<string, Shot> Finished)
{
    /// <summary>Makes and signs whole calls.</summary>
    public static LifeTraffic Of(CallWebhooks webhooks, int calls, double shotsPerSecond, int seed)
    {
        var rooms = Enumerable.Range(0, calls).ToDictionary(call => call, webhooks.RoomOf);
        return new LifeTraffic(
            webhooks,
            Schedules.Lives(webhooks, calls, shotsPerSecond, seed),
            rooms,
            rooms.ToDictionary(
                room => room.Value,
                room => new Shot(room.Key, Step.RoomFinished, TimeSpan.Zero, webhooks.Of(room.Key, Step.RoomFinished))));
    }
}

/// <summary>The signed requests of one whole run: made once, so that every contestant gets the same bytes.</summary>
internal sealed class TrafficBook
{
    private const int WarmRate = 500;
    private const int WarmCalls = 3_000;
    private const int FewWarmCalls = 300;
    private readonly Dictionary<string, object> made = [];
    private readonly TimeProvider clock;
    private readonly int seed;

    /// <summary>Makes the requests of one run.</summary>
    /// <param name="clock">Signs them.</param>
    /// <param name="seed">Where chance begins.</param>
    public TrafficBook(TimeProvider clock, int seed) => (this.clock, this.seed) = (clock, seed);

    /// <summary>Whole calls: callers who never join would keep a gateway busy that looks after them.</summary>
    public LifeTraffic WarmLives(int round) => Lives($"wl{round}", WarmCalls, WarmRate);

    /// <summary>For a store with which each call takes long.</summary>
    public LifeTraffic FewWarmLives(int round) => Lives($"wf{round}", FewWarmCalls, 100);

    /// <summary>Voice webhooks, by the name of their workload.</summary>
    public IReadOnlyList<Shot> Voices(string name, int count, double perSecond, double forged = 0) =>
        Once(name, () => Schedules.Voices(WebhooksOf(name), count, perSecond, SeedOf(name), forged));

    /// <summary>Whole calls, by the name of their workload.</summary>
    public LifeTraffic Lives(string name, int calls, double shotsPerSecond) =>
        Once(name, () => LifeTraffic.Of(WebhooksOf(name), calls, shotsPerSecond, SeedOf(name)));

    /// <summary>The webhooks of a workload that makes its own order of them.</summary>
    public CallWebhooks WebhooksOf(string name) => new($"{name}{seed}x", clock.GetUtcNow());

    private int SeedOf(string name) => seed + name.Aggregate(0, (sum, letter) => (sum * 31) + letter);

    private T Once<T>(string name, Func<T> make)
        where T : notnull
    {
        if (!made.TryGetValue(name, out var value))
        {
            made.Add(name, value = make());
        }

        return (T)value;
    }
}
