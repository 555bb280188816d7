namespace VoiceFunctions.Bench.Load;

/// <summary>How long and how large everything is: the one place for it.</summary>
internal sealed record Lengths(string Name)
{
    public int Runs { get; init; } = 3;

    /// <summary>How long a server is warmed before it is measured.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same with a store that takes its time: until the code that talks to it is compiled well.</summary>
    public TimeSpan SlowWarmUp { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest time of a saturated run; it ends before when all its requests were sent.</summary>
    public TimeSpan Saturated { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The time of a run at a fixed rate.</summary>
    public TimeSpan Fixed { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the last rooms may take to be deleted.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(15);

    public int SaturatedVoices { get; init; } = 120_000;

    public int SaturatedLives { get; init; } = 5_000;

    /// <summary>How long a fixed rate of whole calls with faults lasts: a restart is in its middle.</summary>
    public TimeSpan Faulty { get; init; } = TimeSpan.FromSeconds(12);

    public int ColdStarts { get; init; } = 5;

    public int HotRoomEvents { get; init; } = 10_000;

    public IReadOnlyList<int> ActiveCalls { get; init; } = [1, 100, 1_000, 10_000];

    public int FloodCalls { get; init; } = 20_000;

    public TimeSpan AfterFlood { get; init; } = TimeSpan.FromSeconds(90);

    public int BacklogCalls { get; init; } = 100_000;

    public TimeSpan Soak { get; init; } = TimeSpan.Zero;

    public static Lengths Usual { get; } = new("usual");

    public static Lengths Quick { get; } = new("quick")
    {
        Runs = 1,
        WarmUp = TimeSpan.FromSeconds(6),
        SlowWarmUp = TimeSpan.FromSeconds(12),
        Saturated = TimeSpan.FromSeconds(4),
        Fixed = TimeSpan.FromSeconds(4),
        Settle = TimeSpan.FromSeconds(10),
        Faulty = TimeSpan.FromSeconds(8),
        SaturatedVoices = 50_000,
        SaturatedLives = 2_500,
        ColdStarts = 3,
        ActiveCalls = [1, 1_000, 10_000],
        FloodCalls = 10_000,
        AfterFlood = TimeSpan.FromSeconds(30),
        BacklogCalls = 10_000,
    };

    public static Lengths Full { get; } = Usual with { Name = "full", Soak = TimeSpan.FromMinutes(30) };
}
