using System.Globalization;
using System.Text.Json;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Quality;

/// <summary>
/// Reads an entry of a report as others made it: an entry of WebRTC's <c>getStats()</c>, a metric of LiveKit's agents SDK (Python's names
/// in seconds, or Node's in milliseconds), or the metrics of one of its chat messages. Entries of other types say nothing here.
/// </summary>
internal static class QualitySampleReader
{
    private const double LongestSeconds = 600;

    /// <summary>The parts of a turn in the metrics of a chat message, which have no type.</summary>
    private static readonly (string Field, string Measure)[] MessageFields =
    [
        ("e2e_latency", QualityMeasure.Latency),
        ("end_of_turn_delay", QualityMeasure.TurnEnd),
        ("llm_node_ttft", QualityMeasure.FirstToken),
        ("tts_node_ttfb", QualityMeasure.FirstByte),
    ];

    /// <summary>What an entry says, which may be nothing; <c>null</c> where it is none.</summary>
    /// <param name="json">The entry.</param>
    /// <param name="fault">What is wrong, to stand behind the entry's name.</param>
    public static IReadOnlyList<QualitySample>? Read(JsonElement json, out string fault)
    {
        fault = json.ValueKind == JsonValueKind.Object ? "" : " is no object.";
        if (fault.Length > 0)
        {
            return null;
        }

        IReadOnlyList<QualitySample> read = JsonRequest.TextOf(json, "type") switch
        {
            "inbound-rtp" when IsAudio(json) => Received(json, ref fault),
            "outbound-rtp" when IsAudio(json) => Sent(json, ref fault),
            "remote-inbound-rtp" when IsAudio(json) => ReceivedByOther(json, ref fault),
            "candidate-pair" when IsInUse(json) => Connection(json, ref fault),
            "eou_metrics" => Part(json, QualityMeasure.TurnEnd, "end_of_utterance_delay", "endOfUtteranceDelayMs", ref fault),
            "llm_metrics" or "realtime_model_metrics" => Part(json, QualityMeasure.FirstToken, "ttft", "ttftMs", ref fault),
            "tts_metrics" => Part(json, QualityMeasure.FirstByte, "ttfb", "ttfbMs", ref fault),
            null => [.. OfMessage(json, ref fault)],
            _ => [],
        };
        return fault.Length == 0 ? read : null;
    }

    private static QualitySample[] Received(JsonElement json, ref string fault) =>
    [
        StreamOf(json, "in", ref fault) with
        {
            Packets = CountOf(json, "packetsReceived", ref fault),
            Lost = CountOf(json, "packetsLost", ref fault),
            Jitter = NumberOf(json, "jitter", LongestSeconds, ref fault),
        },
    ];

    private static QualitySample[] Sent(JsonElement json, ref string fault) =>
        [StreamOf(json, "out", ref fault) with { Packets = CountOf(json, "packetsSent", ref fault) }];

    /// <summary>What the other side tells of what was sent from here; how much that was stands in the entry of the sending.</summary>
    private static QualitySample[] ReceivedByOther(JsonElement json, ref string fault) =>
    [
        StreamOf(json, "far", ref fault) with
        {
            CountedBy = KeyOf(json, "out"),
            LostShare = NumberOf(json, "fractionLost", 1, ref fault),
            Jitter = NumberOf(json, "jitter", LongestSeconds, ref fault),
            RoundTrip = NumberOf(json, "roundTripTime", LongestSeconds, ref fault),
            RoundTrips = CountOf(json, "roundTripTimeMeasurements", ref fault),
        },
    ];

    private static QualitySample[] Connection(JsonElement json, ref string fault) =>
    [
        StreamOf(json, "pair", ref fault) with
        {
            RoundTrip = NumberOf(json, "currentRoundTripTime", LongestSeconds, ref fault),
            RoundTrips = CountOf(json, "responsesReceived", ref fault),
        },
    ];

    /// <summary>A part of a turn. One that did not come about is less than nothing in the SDK's words.</summary>
    private static QualitySample[] Part(JsonElement json, string measure, string inSeconds, string inMilliseconds, ref string fault)
    {
        var isCancelled = json.TryGetProperty("cancelled", out var flag) && flag.ValueKind == JsonValueKind.True;
        var seconds = Signed(json, inSeconds, ref fault) ?? (Signed(json, inMilliseconds, ref fault) / 1000);
        var speech = JsonRequest.TextOf(json, "speech_id") ?? JsonRequest.TextOf(json, "speechId");
        return isCancelled || seconds is not (>= 0 and <= LongestSeconds) ? [] : [new QualitySample.Turn(measure, seconds.Value, speech)];
    }

    private static List<QualitySample> OfMessage(JsonElement json, ref string fault)
    {
        var read = new List<QualitySample>();
        foreach (var (field, measure) in MessageFields)
        {
            if (Signed(json, field, ref fault) is >= 0 and <= LongestSeconds and var seconds)
            {
                read.Add(new QualitySample.Turn(measure, seconds, null));
            }
        }

        return read;
    }

    private static QualitySample.Stream StreamOf(JsonElement json, string kind, ref string fault)
    {
        var at = NumberOf(json, "timestamp", double.MaxValue, ref fault);
        if (at is null && fault.Length == 0)
        {
            fault = ".timestamp is missing.";
        }

        return new QualitySample.Stream(KeyOf(json, kind), at ?? 0);
    }

    private static string KeyOf(JsonElement json, string kind) =>
        json.TryGetProperty("ssrc", out var ssrc) && ssrc.ValueKind == JsonValueKind.Number && ssrc.TryGetUInt32(out var number)
            ? string.Create(CultureInfo.InvariantCulture, $"{kind}:{number}")
            : $"{kind}:{CutId(JsonRequest.TextOf(json, "id"))}";

    private static string? CutId(string? id) => id is { Length: > 64 } ? id[..64] : id;

    private static bool IsAudio(JsonElement json) =>
        (JsonRequest.TextOf(json, "kind") ?? JsonRequest.TextOf(json, "mediaType")) is null or "audio";

    private static bool IsInUse(JsonElement json) =>
        json.TryGetProperty("nominated", out var nominated) && nominated.ValueKind == JsonValueKind.True;

    /// <summary>A number from 0 on; <c>null</c> where there is none.</summary>
    private static double? NumberOf(JsonElement json, string name, double most, ref string fault)
    {
        var number = Signed(json, name, ref fault);
        if (number is null || (number >= 0 && number <= most))
        {
            return number;
        }

        fault = string.Create(
            CultureInfo.InvariantCulture, $".{name} must be a number from 0{(most < double.MaxValue ? $" to {most}" : "")}.");
        return null;
    }

    /// <summary>A count. Losses can be less than nothing by WebRTC's rules, where packets came twice.</summary>
    private static long? CountOf(JsonElement json, string name, ref string fault) =>
        Signed(json, name, ref fault) is { } number && Math.Abs(number) < 1e15 ? (long)number : null;

    private static double? Signed(JsonElement json, string name, ref string fault)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        fault = $".{name} is no number.";
        return null;
    }
}
