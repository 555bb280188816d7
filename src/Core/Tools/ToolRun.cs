using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Tools;

/// <summary>What an agent is told that uses a tool.</summary>
public abstract record ToolRun
{
    private ToolRun()
    {
    }

    /// <summary>The tool call has an answer, now or from before.</summary>
    public sealed record Answered(CallFact.ToolAnswered Answer) : ToolRun;

    /// <summary>The id was used for another tool, or with other arguments.</summary>
    public sealed record Reused : ToolRun;

    /// <summary>The call has used tools so often that it may not any more.</summary>
    public sealed record TooMany : ToolRun;
}
