using System.Diagnostics.Metrics;

namespace VoiceFunctions.Core.Http;

/// <summary>Who guesses at the operator's key is seen by the operator and fills no log.</summary>
public sealed class DiagnosticsGuessTests
{
    private const string Guess = "a-guess-at-the-key-of-the-operator";

    private readonly GatewayBench bench = new();

    [Fact]
    public async Task Wrong_keys_are_logged_once_a_minute_with_their_count_and_never_with_the_key()
    {
        await GuessAsync(100);
        bench.Clock.Advance(TimeSpan.FromSeconds(59));
        await GuessAsync(1);
        Assert.Contains("1004 Requests for diagnostics were refused, 1 ", Assert.Single(bench.Loggers.Lines), StringComparison.Ordinal);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await GuessAsync(1);

        Assert.Contains("refused, 101 since", bench.Loggers.Lines[1], StringComparison.Ordinal);
        Assert.Contains("wrong", bench.Loggers.Lines[1], StringComparison.Ordinal);
        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain(Guess, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_refusal_is_counted_with_its_reason()
    {
        var counted = new List<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "voicefunctions.diagnostics.refused")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (counted)
            {
                counted.Add(tags[0].Value);
            }
        });
        listener.Start();

        await GuessAsync(3);
        await bench.GetAsync("/calls", null);
        await new GatewayBench(null).GetAsync("/calls", Guess);

        lock (counted)
        {
            // Other tests count as well.
            Assert.InRange(counted.Count(reason => reason is "wrong"), 3, int.MaxValue);
            Assert.Contains("missing", counted);
            Assert.Contains("no_key_set", counted);
        }
    }

    [Fact]
    public async Task Who_may_read_is_not_logged()
    {
        Assert.Equal(200, (await bench.GetAsync("/calls")).Status);

        Assert.Empty(bench.Loggers.Lines);
    }

    private async Task GuessAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(401, (await bench.GetAsync("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa", Guess)).Status);
        }
    }
}
