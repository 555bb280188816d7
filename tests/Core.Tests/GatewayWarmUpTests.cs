using System.Diagnostics.Metrics;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core;

public sealed class GatewayWarmUpTests
{
    [Fact]
    public async Task The_made_up_call_is_played_to_a_dispatch_and_every_webhook_of_it_is_taken()
    {
        var outcomes = new Dictionary<string, int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.SourceName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        var here = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (here.Value)
            {
                var outcome = tags.ToArray().FirstOrDefault(tag => tag.Key == "outcome").Value;
                lock (outcomes)
                {
                    var name = $"{instrument.Name} {outcome}".Trim();
                    outcomes[name] = outcomes.GetValueOrDefault(name) + (int)count;
                }
            }
        });
        listener.Start();

        await GatewayWarmUp.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(12, outcomes.GetValueOrDefault("voicefunctions.webhook.received ok"));
        Assert.DoesNotContain(outcomes.Keys, name => name.Contains("refused", StringComparison.Ordinal));
    }
}
