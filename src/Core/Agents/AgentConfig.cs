namespace VoiceFunctions.Core.Agents;

/// <summary>What a route gives its agent; it goes into the dispatch's metadata as it is.</summary>
/// <param name="Name">The name under which the agent's workers registered with LiveKit.</param>
public sealed record AgentConfig(string Name)
{
    /// <summary>The agent's instructions.</summary>
    public string? Prompt { get; init; }

    /// <summary>What it says first.</summary>
    public string? Greeting { get; init; }

    /// <summary>The voice, in the words of the agent's speech provider.</summary>
    public string? Voice { get; init; }

    /// <summary>The model, in the words of the agent's model provider.</summary>
    public string? Model { get; init; }

    /// <summary>The names of the tools it may use.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>The noise cancellation that suits the line.</summary>
    public string NoiseCancellationType { get; init; } = "telephony";
}
