using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Routing.Outbound;
using VoiceFunctions.Core.Routing.Recordings;

namespace VoiceFunctions.Core.Routing;

/// <summary>The times that a route sets for its calls.</summary>
/// <param name="DialTimeout">How long a caller may wait for an answer, and how long the phone rings that we call.</param>
/// <param name="MaxDuration">The longest duration of a call, from the caller's <c>participant_joined</c>.</param>
/// <param name="RoomGrace">
/// How long the room stays after the end of the call, so that the agent can finish its requests to other systems.
/// </param>
/// <param name="Silence">When something is done for a caller who hears no agent.</param>
public sealed record CallTimeouts(TimeSpan DialTimeout, TimeSpan MaxDuration, TimeSpan RoomGrace, SilenceTimeouts Silence)
{
    /// <summary>Whether a call ends when its agent leaves on its own; otherwise another agent is sent.</summary>
    public bool EndsWithAgent { get; init; } = true;

    /// <summary>The names of the helpers that are dispatched beside the voice agent, each once.</summary>
    public IReadOnlyList<string> Helpers { get; init; } = [];

    /// <summary>How the call is recorded; <c>null</c> for not at all.</summary>
    public RouteRecording? Recording { get; init; }

    /// <summary>Whether no agent is sent: the call began outside of its route's hours, and the caller gets the fallback at once.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What must hold before a call gets an agent.</summary>
    public AdmissionTerms Admission { get; init; } = AdmissionTerms.Open;

    /// <summary>When we call, how often, and what becomes of machines that answer.</summary>
    public OutboundTerms Outbound { get; init; } = OutboundTerms.Default;

    /// <summary>
    /// Whether the gateway takes new calls. Where not, a call that it had not taken on before ends at once; every other goes on.
    /// </summary>
    public bool TakesNewCalls { get; init; } = true;

    /// <summary>The names of the destinations outside to which the call's lifecycle events go.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <summary>How long a caller may hear no agent before the handover.</summary>
    public TimeSpan Handover => Silence.Handover ?? DialTimeout;

    /// <summary>Whether each silence timeout is shorter than the next one, so that every step can happen.</summary>
    public bool SilenceIsInOrder =>
        Silence.Redispatch < (Silence.HasReserve ? Silence.Reserve : Handover) && (!Silence.HasReserve || Silence.Reserve < Handover);
}
