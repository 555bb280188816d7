using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Tools;

/// <summary>What an agent's job says when it uses a tool.</summary>
/// <param name="Job">The job, as it asked for its lease.</param>
/// <param name="ToolCall">The agent's id of this use: the same id is the same use.</param>
/// <param name="Arguments">The arguments, an object.</param>
public sealed partial record ToolAsk(LeaseRequest Job, string ToolCall, JsonElement Arguments)
{
    /// <summary>The largest arguments in bytes of UTF-8.</summary>
    public const int MaxArgumentBytes = 12 * 1024;

    /// <summary>
    /// A few bits of the arguments' digest: enough to notice that one id was used for two things, too few to find out what was sent.
    /// </summary>
    public string Mark => CallId.Digest(Arguments.GetRawText())[..4];

    /// <summary>
    /// Reads <c>{"callId","fence","epoch","job","toolCallId","arguments"}</c>; other fields are passed over, and arguments that are left
    /// out are none.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of the body.</param>
    public static ToolAsk? Parse(ReadOnlyMemory<byte> body, out string error) => JsonRequest.ReadFields<ToolAsk>(body, Read, out error);

    private static ToolAsk? Read(JsonElement json, out string error)
    {
        if (LeaseRequest.Read(json, out error) is not { } job)
        {
            return null;
        }

        var id = JsonRequest.TextOf(json, "toolCallId");
        var arguments = json.TryGetProperty("arguments", out var given) && given.ValueKind != JsonValueKind.Null
            ? given
            : JsonElement.Parse("{}"u8);
        error = id is null || !IdPattern.IsMatch(id) ? "toolCallId is missing, or not 1 to 64 letters, digits, '.', '_' and '-'."
            : arguments.ValueKind != JsonValueKind.Object ? "arguments must be an object."
            : Encoding.UTF8.GetByteCount(arguments.GetRawText()) > MaxArgumentBytes
                ? $"arguments must have at most {MaxArgumentBytes} bytes."
            : "";
        return error.Length == 0 ? new ToolAsk(job, id!, arguments) : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex IdPattern { get; }
}
