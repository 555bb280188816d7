namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>What an agent that used a tool was told.</summary>
/// <param name="Id">The agent's id of this use.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Answer">The gateway's whole answer, as text; empty where there never was one.</param>
public sealed record ToolTruth(string Id, string Tool, string Answer);
