using System.Text.Json.Nodes;

namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>
/// What an agent measures of the audio that it gets, second by second: entries as WebRTC's <c>getStats()</c> gives them. It is even but for
/// one spike and one pause in which nobody speaks.
/// </summary>
public sealed record MeasuredNetwork
{
    private const int PacketsPerSecond = 50;

    /// <summary>In silence Opus sends a packet each 400 ms, and their jitter says nothing.</summary>
    private const int PacketsPerSilentSecond = 2;

    /// <summary>The first and the last second of the spike. Default 30 to 35.</summary>
    public (int First, int Last) Spike { get; init; } = (30, 35);

    /// <summary>The first and the last second of the pause. Default 45 to 52.</summary>
    public (int First, int Last) Silence { get; init; } = (45, 52);

    /// <summary>How many seconds of it are reported at a time. Default 5.</summary>
    public int ReportsEvery { get; init; } = 5;

    /// <summary>The entry of a second, from 1 on. Packets are counted from the first one.</summary>
    public JsonObject At(int second)
    {
        var (packets, lost) = (0, 0);
        for (var passed = 1; passed <= second; passed++)
        {
            var lostNow = IsIn(Spike, passed) ? PacketsPerSecond / 5 : 0;
            packets += IsIn(Silence, passed) ? PacketsPerSilentSecond : PacketsPerSecond - lostNow;
            lost += lostNow;
        }

        var jitter = IsIn(Silence, second) ? 0.3 : IsIn(Spike, second) ? 0.18 : 0.004 + (second % 5 * 0.0005);
        return new JsonObject
        {
            ["type"] = "inbound-rtp",
            ["kind"] = "audio",
            ["ssrc"] = 4711,
            ["timestamp"] = second * 1000.0,
            ["packetsReceived"] = packets,
            ["packetsLost"] = lost,
            ["jitter"] = jitter,
        };
    }

    private static bool IsIn((int First, int Last) seconds, int second) => second >= seconds.First && second <= seconds.Last;
}
