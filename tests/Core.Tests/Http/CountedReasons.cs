using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace VoiceFunctions.Core.Http;

/// <summary>The values of every tag of some counters, while it lives. Tests run side by side: others may count too.</summary>
internal sealed class CountedReasons : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> values = [];
    private readonly MeterListener listener;

    public CountedReasons(params string[] counters)
    {
        listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (counters.Length == 0 || counters.Contains(instrument.Name))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Note(tags));
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Note(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Note(tags));
        listener.Start();
    }

    public HashSet<string> Reasons => values.Keys.ToHashSet();

    public void Dispose() => listener.Dispose();

    private void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            values[$"{tag.Value}"] = true;
        }
    }
}
