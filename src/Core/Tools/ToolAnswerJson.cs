using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Tools;

/// <summary>The answer to an agent that uses a tool.</summary>
/// <param name="ToolCallId">The agent's id of this use.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Outcome">What came of it, a word of <see cref="ToolOutcome"/>.</param>
/// <param name="Seconds">How long the backend took, retries included.</param>
public sealed record ToolAnswerJson(string ToolCallId, string Tool, string Outcome, double Seconds)
{
    /// <summary>The backend's HTTP status; left out where it gave none.</summary>
    public int? Status { get; init; }

    /// <summary>The backend's answer; left out where there is none.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>A sentence that the agent may say; left out where the tool served.</summary>
    public string? Say { get; init; }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToolAnswerJson))]
internal sealed partial class ToolAnswerContext : JsonSerializerContext;
