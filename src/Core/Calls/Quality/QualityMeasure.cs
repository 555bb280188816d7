namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>What is measured of a leg: the stable words of facts, records, events and metrics.</summary>
public static class QualityMeasure
{
    /// <summary>How unevenly packets come, in seconds.</summary>
    public const string Jitter = "jitter";

    /// <summary>The share of the packets that never came, from 0 to 1.</summary>
    public const string Loss = "loss";

    /// <summary>How long a packet takes there and back, in seconds.</summary>
    public const string Delay = "delay";

    /// <summary>How long the agent takes from the end of the caller's words to its own first sound, in seconds.</summary>
    public const string Latency = "latency";

    /// <summary>The part of the latency in which the agent finds that the caller has finished, in seconds.</summary>
    public const string TurnEnd = "turn_end";

    /// <summary>The part until the model's first token, in seconds.</summary>
    public const string FirstToken = "llm_ttft";

    /// <summary>The part until the voice's first byte, in seconds.</summary>
    public const string FirstByte = "tts_ttfb";

    /// <summary>All measures, in the order in which a record shows them.</summary>
    public static IReadOnlyList<string> All { get; } = [Jitter, Loss, Delay, Latency, TurnEnd, FirstToken, FirstByte];
}
