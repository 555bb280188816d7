using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Chaos.Gateways;

/// <summary>
/// Every CALL_ENDED that a gateway told, read from what it printed. A process that is killed may not have printed all that it told.
/// </summary>
internal sealed partial class PublishedEnds(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<ToldEnd>> ends = new(StringComparer.Ordinal);

    /// <summary>How many were told, repetitions included.</summary>
    public int Count => ends.Values.Sum(told => told.Count);

    /// <summary>What was told of a call, in order.</summary>
    public IReadOnlyList<ToldEnd> Of(string callId) => ends.GetValueOrDefault(callId, []);

    /// <summary>Takes a line that a host printed.</summary>
    public void Take(int host, string line)
    {
        if (Ended.Match(line) is { Success: true } match)
        {
            var told = new ToldEnd(clock.GetUtcNow(), host, match.Groups["cause"].Value);
            ends.AddOrUpdate(match.Groups["call"].Value, [told], (_, earlier) => [.. earlier, told]);
        }
    }

    [GeneratedRegex("(?<!take )CALL_ENDED of call (?<call>[a-z2-7]{26}): (?<cause>[a-z_]*)")]
    private static partial Regex Ended { get; }
}

/// <summary>One telling of an end.</summary>
/// <param name="At">When it was heard.</param>
/// <param name="Host">Which host told it.</param>
/// <param name="Cause">The cause that it named.</param>
internal sealed record ToldEnd(DateTimeOffset At, int Host, string Cause);
