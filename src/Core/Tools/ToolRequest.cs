using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Tools;

/// <summary>A request to a tool's backend.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="CallId">The call in which it is used.</param>
/// <param name="ToolCall">The agent's id of this use.</param>
/// <param name="Arguments">The arguments, a JSON object; personal data.</param>
public sealed record ToolRequest(Tool Tool, CallId CallId, string ToolCall, string Arguments)
{
    /// <summary>The same for every request that is made of one tool call, so that the backend does it once.</summary>
    public string IdempotencyKey => $"{CallId}.{ToolCall}";

    /// <inheritdoc/>
    public override string ToString() => $"{Tool} {IdempotencyKey}";
}
