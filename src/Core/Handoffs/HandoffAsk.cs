using System.Text.Json;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Handoffs;

/// <summary>What a request for a handoff says.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Mode">Whether the human comes to the caller or the caller goes to the human.</param>
public sealed record HandoffAsk(CallId CallId, HandoffMode Mode)
{
    /// <summary>The most characters of a reason that are kept.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The word for a human in a browser.</summary>
    public const string Browser = "browser";

    /// <summary>Why; <c>null</c> where nothing was said. Cut to <see cref="MaxReasonLength"/> characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The queue; <c>null</c> where another target is named.</summary>
    public string? Queue { get; init; }

    /// <summary>The number; <c>null</c> where another target is named.</summary>
    public PhoneNumber? To { get; init; }

    /// <summary>Whether it is for a human in a browser.</summary>
    public bool InBrowser { get; init; }

    /// <summary>What the human may want to know, as it is stored.</summary>
    public string? Context { get; init; }

    /// <summary>The job that asks, and its lease; <c>null</c> where an operator does.</summary>
    public LeaseRequest? Job { get; init; }

    /// <summary>Whether it names nobody: then it asks how the last handoff stands.</summary>
    public bool IsQuestion => Queue is null && To is null && !InBrowser;

    /// <summary>
    /// Reads <c>{"reason","to" | "queue","mode","context"}</c>, with <c>callId</c>, <c>fence</c>, <c>epoch</c> and <c>job</c> of an agent,
    /// and <c>call_id</c> and <c>agent_queue</c> as other names; further fields are passed over.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="callId">The call, where the path names it.</param>
    /// <param name="byAgent">Whether it must be a job's.</param>
    /// <param name="naming">Tells a room's name, which stands for its call.</param>
    /// <param name="numbers">Reads numbers.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of the body.</param>
    public static HandoffAsk? Parse(
        ReadOnlyMemory<byte> body, CallId? callId, bool byAgent, RoomNaming naming, NumberReader numbers, out string error) =>
        JsonRequest.ReadFields<HandoffAsk>(
            body,
            (json, out wrong) =>
            {
                LeaseRequest? job = null;
                return byAgent && (job = LeaseRequest.Read(json, out wrong)) is null
                    ? null
                    : Read(json, callId ?? job?.CallId, naming, numbers, out wrong) is { } ask ? ask with { Job = job } : null;
            },
            out error);

    private static HandoffAsk? Read(JsonElement json, CallId? callId, RoomNaming naming, NumberReader numbers, out string error)
    {
        var named = JsonRequest.TextOf(json, "call_id") ?? JsonRequest.TextOf(json, "callId");
        if (callId is null && named is not null && !CallId.TryParse(named, out callId))
        {
            naming.TryReadCallId(named, out callId);
        }

        var queue = JsonRequest.TextOf(json, "queue") ?? JsonRequest.TextOf(json, "agent_queue");
        var (to, mode) = (JsonRequest.TextOf(json, "to"), JsonRequest.TextOf(json, "mode"));
        var inBrowser = to == Browser;
        PhoneNumber? number = null;
        error = callId is null ? "call_id is missing or no call's id."
            : to is not null && queue is not null ? "to and queue exclude each other."
            : mode is not (null or "warm" or "cold") ? "mode must be warm or cold."
            : inBrowser && mode == "cold" ? "A caller cannot be transferred to a browser: mode must be warm."
            : to is not null && !inBrowser && !numbers.TryRead(to, null, out number) ? "to is no number that can be dialled, nor browser."
            : json.TryGetProperty("context", out var context) && context.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)
                ? "context must be an object."
            : "";
        return error.Length > 0 ? null : new HandoffAsk(callId!, mode == "cold" ? HandoffMode.Cold : HandoffMode.Warm)
        {
            Reason = JsonRequest.TextOf(json, "reason") is { Length: > 0 } reason ? Cut(reason) : null,
            Queue = queue,
            To = number,
            InBrowser = inBrowser,
            Context = json.TryGetProperty("context", out var passed) && passed.ValueKind == JsonValueKind.Object
                ? HandoffContext.Cut(passed)
                : null,
        };
    }

    /// <summary>As much of a text as is kept, without half a character at its end.</summary>
    private static string Cut(string text) =>
        text.Length <= MaxReasonLength ? text
            : text[..(char.IsHighSurrogate(text[MaxReasonLength - 1]) ? MaxReasonLength - 1 : MaxReasonLength)];
}
