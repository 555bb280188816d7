using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>A use of a tool, as a call's record shows it.</summary>
/// <param name="ToolCallId">The agent's id of it.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="StartedAt">When its backend was first asked, UTC.</param>
public sealed record ToolRecord(string ToolCallId, string Tool, DateTimeOffset StartedAt)
{
    /// <summary>How often the gateway set out to ask: more than 1 where a process died on the way.</summary>
    public int Attempts { get; init; }

    /// <summary>What came of it, such as <c>done</c> or <c>timed_out</c>; <c>null</c> while nobody knows.</summary>
    public string? Outcome { get; init; }

    /// <summary>How many seconds the backend took, retries included; <c>null</c> while nobody knows.</summary>
    public double? Seconds { get; init; }

    /// <summary>The arguments, where the tool's configuration has them kept; personal data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Arguments { get; init; }
}
