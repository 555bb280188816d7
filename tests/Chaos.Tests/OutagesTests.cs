using VoiceFunctions.Chaos.Faults;

namespace VoiceFunctions.Chaos;

public sealed class OutagesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_in_which_nothing_could_work_does_not_count_and_overlaps_count_once()
    {
        var outages = new Outages();
        outages.Add(At(20), At(30));
        outages.Add(At(5), At(10));
        outages.Add(At(8), At(12));

        Assert.Equal(TimeSpan.FromSeconds(40 - 7 - 10), outages.Able(At(0), At(40)));
        Assert.Equal(TimeSpan.FromSeconds(3), outages.Able(At(6), At(15)));
        Assert.Equal(TimeSpan.Zero, outages.Able(At(22), At(25)));
        Assert.Equal(TimeSpan.Zero, outages.Able(At(40), At(30)));
    }

    [Fact]
    public void A_shock_is_found_in_its_time_only()
    {
        var outages = new Outages();
        outages.Shock(At(10));

        Assert.True(outages.AnyShock(At(5), At(10)));
        Assert.False(outages.AnyShock(At(11), At(20)));
    }

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);
}
