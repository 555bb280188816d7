namespace VoiceFunctions.Core.Routing;

/// <summary>How long a caller may hear nobody before something is done about it: each time counts from the moment since which nobody is heard.</summary>
/// <param name="Redispatch">When another agent is sent where none is in the room.</param>
/// <param name="Reserve">When the reserve agent is sent, also in the place of an agent that says nothing.</param>
/// <param name="Handover">When the caller is handed over to a human or let go with a word; <c>null</c> for the route's dial timeout.</param>
public sealed record SilenceTimeouts(TimeSpan Redispatch, TimeSpan Reserve, TimeSpan? Handover)
{
    /// <summary>Whether the route has a reserve agent.</summary>
    public bool HasReserve { get; init; }

    /// <summary>Whether the route has a human who can be called into the room over LiveKit's outbound trunk: to them go callers who came over a SIP trunk.</summary>
    public bool CallsHuman { get; init; }
}
