namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>A tool that an agent uses.</summary>
/// <param name="After">How long after the one before, or after joining.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">Its arguments, a JSON object.</param>
public sealed record ToolStep(TimeSpan After, string Tool, string Arguments)
{
    /// <summary>
    /// How often it is asked for under one id: at the same moment, as a client that does not trust its network asks. Default 1.
    /// </summary>
    public int Askings { get; init; } = 1;
}
