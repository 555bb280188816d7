using System.Collections.Concurrent;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>Counts what was done to the gateway, by name.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>All of it together.</summary>
    public int Total => counts.Values.Sum();

    /// <summary>The names and how often each, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Counts => [.. counts.OrderBy(count => count.Key, StringComparer.Ordinal)];

    /// <summary>Once more.</summary>
    public void Add(string name) => counts.AddOrUpdate(name, 1, (_, count) => count + 1);
}
