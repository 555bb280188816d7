using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds which tools its agents used. No rule reads it.</summary>
public sealed record CallTools
{
    /// <summary>No tool was used.</summary>
    public static CallTools None { get; } = new();

    private ImmutableDictionary<string, ToolUse> Uses { get; init; } = ImmutableDictionary<string, ToolUse>.Empty;

    /// <summary>How many tool calls there were.</summary>
    public int Count => Uses.Count;

    /// <summary>The tool calls in the order in which they were begun.</summary>
    public IEnumerable<ToolUse> InOrder => Uses.Values.OrderBy(use => use.StartedAt).ThenBy(use => use.ToolCall, StringComparer.Ordinal);

    /// <summary>One tool call; <c>null</c> where there is none of that id.</summary>
    public ToolUse? Find(string toolCall) => Uses.GetValueOrDefault(toolCall);

    /// <summary>The tool calls after one more event.</summary>
    internal CallTools Apply(CallEvent callEvent) => callEvent.Fact switch
    {
        CallFact.ToolBegun begun => With(Begin(Known(begun.ToolCall), begun, callEvent)),
        CallFact.ToolAnswered { ToolCall: var toolCall } => With(Answer(Known(toolCall), callEvent)),
        _ => this,
    };

    private static ToolUse Begin(ToolUse use, CallFact.ToolBegun begun, CallEvent callEvent) => use with
    {
        First = CallEvent.Earlier(use.First, callEvent),
        Last = (use.Last?.Fact as CallFact.ToolBegun)?.Attempt is var attempt && attempt > begun.Attempt ? use.Last
            : attempt == begun.Attempt ? CallEvent.Earlier(use.Last, callEvent)
            : callEvent,
    };

    private static ToolUse Answer(ToolUse use, CallEvent callEvent) =>
        use with { Answered = CallEvent.Earlier(use.Answered, callEvent) };

    private ToolUse Known(string toolCall) => Find(toolCall) ?? new ToolUse(toolCall);

    private CallTools With(ToolUse use) => this with { Uses = Uses.SetItem(use.ToolCall, use) };
}
