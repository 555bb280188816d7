namespace VoiceFunctions.Core.Routing;

/// <summary>What a route says about handoffs to humans.</summary>
public sealed record HandoffTerms
{
    /// <summary>The agent is put out when the human is there, and may name nobody but queues.</summary>
    public static HandoffTerms Default { get; } = new();

    /// <summary>Whether the agent stays in the room without a voice when the human is there; otherwise it is put out.</summary>
    public bool MutesAgent { get; init; }

    /// <summary>
    /// What the numbers begin with, a plus and digits, that an agent may name itself; empty for none. What an agent says comes from its
    /// caller, and calls cost money: operators and queues are not bound to it.
    /// </summary>
    public IReadOnlyList<string> AgentMayCall { get; init; } = [];
}
