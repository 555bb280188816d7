using VoiceFunctions.Chaos.Measures;

namespace VoiceFunctions.Chaos;

public sealed class SamplesTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.999, 999)]
    [InlineData(1, 1000)]
    public void A_percentile_is_the_smallest_time_that_so_many_do_not_exceed(double share, int milliseconds)
    {
        var samples = new Samples();
        foreach (var time in Enumerable.Range(1, 1000).Reverse())
        {
            samples.Add(TimeSpan.FromMilliseconds(time));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), samples.Percentile(share));
    }

    [Fact]
    public void One_time_is_every_percentile_and_none_is_none()
    {
        var samples = new Samples();
        Assert.Null(samples.Percentile(0.5));

        samples.Add(TimeSpan.FromSeconds(3));

        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), (samples.Percentile(0.5), samples.Percentile(1)));
    }
}
