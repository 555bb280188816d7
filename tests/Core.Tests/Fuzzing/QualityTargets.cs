using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Quality;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>What an agent or a client sends who reports what it measures.</summary>
internal static class QualityTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new(
            "quality-report",
            [
                """
                {"participant":"PA_1","final":true,"samples":[
                 {"type":"inbound-rtp","kind":"audio","ssrc":1,"timestamp":1764.5,"jitter":0.004,"packetsReceived":50,"packetsLost":-1},
                 {"type":"outbound-rtp","id":"OT1","timestamp":1,"packetsSent":9},
                 {"type":"remote-inbound-rtp","ssrc":4294967295,"timestamp":2,"fractionLost":0.1,"roundTripTime":0.08},
                 {"type":"candidate-pair","nominated":true,"timestamp":3,"currentRoundTripTime":0.1}]}
                """u8.ToArray(),
                """
                {"samples":[{"type":"eou_metrics","end_of_utterance_delay":0.5,"speech_id":"s"},{"type":"llm_metrics","ttft":-1},
                 {"type":"tts_metrics","ttfbMs":200,"speechId":"s","cancelled":true},{"e2e_latency":1.2,"llm_node_ttft":null}]}
                """u8.ToArray(),
                """{"samples":[]}"""u8.ToArray(),
                "{}"u8.ToArray(),
            ],
            [
                "\"", "{", "}", "[", "]", ":", ",", "null", "true", "1e999", "-0", "9007199254740993", "\"samples\":[", "\"type\":\"",
                "\"timestamp\":", "\"jitter\":601", "\"ssrc\":-1", "\\ud83d", "\"participant\":7",
            ],
            Check),
    ];

    /// <summary>A report is whole, or refused with a sentence that repeats nothing of it; every value of it can be counted.</summary>
    private static string Check(byte[] body)
    {
        var report = QualityReport.Parse(body, out var error);
        Assert.Equal(report is null, error.Length > 0);
        if (report is null)
        {
            return new string([.. error.Where(letter => !char.IsDigit(letter))]);
        }

        Assert.InRange(report.Samples.Count, 0, QualityReport.MaxSamples * 4);
        var monitor = new LegMonitor();
        monitor.Take(report.Samples, "agent");
        foreach (var tally in monitor.Period()?.Tallies ?? [])
        {
            Assert.Contains(tally.Measure, QualityMeasure.All);
            Assert.True(QualitySketch.Parse(tally.Counts).Count > 0, "a measure without a value");
            Assert.InRange(tally.Worst, 0, 600 * 3);
        }

        return $"{report.IsFinal} {report.Participant is null} {report.Samples.Count}";
    }
}
