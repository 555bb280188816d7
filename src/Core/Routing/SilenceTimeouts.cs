namespace VoiceFunctions.Core.Routing;

/// <summary>How long a caller may hear no agent before the gateway acts. Each time counts from the moment when the silence began.</summary>
/// <param name="Redispatch">When another agent is dispatched if none is in the room.</param>
/// <param name="Reserve">When the reserve agent is dispatched. It also replaces an agent that publishes no audio.</param>
/// <param name="Handover">When the caller is handed over to a human or hears the message; <c>null</c> for the route's dial timeout.</param>
public sealed record SilenceTimeouts(TimeSpan Redispatch, TimeSpan Reserve, TimeSpan? Handover)
{
    /// <summary>Whether the route has a reserve agent.</summary>
    public bool HasReserve { get; init; }

    /// <summary>Whether the route has a human whom LiveKit can dial into the room, for callers who came over a SIP trunk.</summary>
    public bool CallsHuman { get; init; }

    /// <summary>How many humans the route has, who are rung one after the other.</summary>
    public int Humans { get; init; }

    /// <summary>How long each human's phone rings.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(30);
}
