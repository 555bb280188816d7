namespace VoiceFunctions.Core.Tools;

/// <summary>What a backend answered.</summary>
/// <param name="Outcome">What came of it, a word of <see cref="ToolOutcome"/>.</param>
public sealed record ToolReply(string Outcome)
{
    /// <summary>The longest <see cref="Result"/> in bytes of UTF-8: it is kept with the call.</summary>
    public const int MaxResultBytes = 4 * 1024;

    /// <summary>The backend's HTTP status; <c>null</c> where it gave none.</summary>
    public int? Status { get; init; }

    /// <summary>The backend's answer, JSON; <c>null</c> where there is none that the agent should see. May be personal.</summary>
    public string? Result { get; init; }
}
