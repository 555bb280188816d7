namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>
/// What the agents of one room session do: the first behaviour for its first dispatch, and so on; the last one for all that follow.
/// </summary>
public sealed class AgentScript(params AgentBehaviour[] behaviours)
{
    /// <summary>Every agent is good.</summary>
    public static AgentScript Good { get; } = new(AgentBehaviour.Good);

    /// <summary>The behaviour for the dispatch with this number, the first being 1.</summary>
    public AgentBehaviour For(int dispatch) => behaviours[Math.Clamp(dispatch, 1, behaviours.Length) - 1];
}
