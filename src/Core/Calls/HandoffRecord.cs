using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>A call's last handoff, as its record shows it.</summary>
/// <param name="Number">Which of the call's handoffs, from 1.</param>
/// <param name="Mode">Whether the human comes to the caller or the caller goes to the human.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="RequestedAt">When the gateway took the request, UTC.</param>
public sealed record HandoffRecord(int Number, HandoffMode Mode, HandoffStatus Status, DateTimeOffset RequestedAt)
{
    /// <summary>The queue; <c>null</c> where a number or a browser was named.</summary>
    public string? Queue { get; init; }

    /// <summary>Why it was asked for, in the words of whoever did; may be personal.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a human in a browser is waited for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InBrowser { get; init; }

    /// <summary>When it was connected, transferred or given up, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, a word of <see cref="HandoffFailure"/>; <c>null</c> unless it did.</summary>
    public string? Failure { get; init; }
}
