using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>One use of a tool.</summary>
/// <param name="ToolCall">The agent's id of it.</param>
public sealed record ToolUse(string ToolCall)
{
    /// <summary>The event of the first attempt.</summary>
    internal CallEvent? First { get; init; }

    /// <summary>The event of the last attempt.</summary>
    internal CallEvent? Last { get; init; }

    /// <summary>The event of the answer.</summary>
    internal CallEvent? Answered { get; init; }

    /// <summary>The answer; <c>null</c> while there is none.</summary>
    public CallFact.ToolAnswered? Answer => Answered?.Fact as CallFact.ToolAnswered;

    /// <summary>The tool's name.</summary>
    public string Tool => Begun?.Tool ?? Answer?.Tool ?? "";

    /// <summary>The mark of its arguments.</summary>
    public string? Mark => Begun?.Mark;

    /// <summary>How often the backend was asked, or was about to be.</summary>
    public int Attempts => (Last?.Fact as CallFact.ToolBegun)?.Attempt ?? 0;

    /// <summary>Until when the last attempt may still write down its answer.</summary>
    public DateTimeOffset Until => (Last?.Fact as CallFact.ToolBegun)?.Until ?? DateTimeOffset.MinValue;

    /// <summary>When it was begun.</summary>
    public DateTimeOffset StartedAt => (First ?? Answered)!.At;

    /// <summary>As a call's record shows it.</summary>
    public ToolRecord Record => new(ToolCall, Tool, StartedAt)
    {
        Attempts = Attempts,
        Outcome = Answer?.Outcome,
        Seconds = Answer?.Seconds,
        Arguments = Begun?.Arguments,
    };

    private CallFact.ToolBegun? Begun => First?.Fact as CallFact.ToolBegun;
}
