using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>
/// Whether somebody is in the room for a callee who may answer any moment. Audio is not asked for: many agents publish theirs only when
/// the other side is there.
/// </summary>
public static class AgentReadiness
{
    /// <summary>
    /// Whether the voice agent is in the room and may speak: it holds the lease, or is heard. Of agents that ask for no lease it is enough
    /// that one is there.
    /// </summary>
    public static bool IsReady(CallState state)
    {
        var holder = AgentLease.HolderOf(state);
        return state.LiveAgents.Any(agent => holder is null
            || LiveKitJob.IsIdentityOf(holder, agent.Leg!.Identity)
            || state.Heard.Any(span => span is { Part: LegPart.VoiceAgent, To: null } && span.Leg.Sid == agent.Sid));
    }

    /// <summary>
    /// Since when nobody has been ready, where the room is open for a callee; <c>null</c> while somebody is, and where nobody is called.
    /// </summary>
    public static DateTimeOffset? MissingSince(CallState state)
    {
        if (!state.AwaitsCallee || state.RoomOpenedAt is not { } opened || IsReady(state))
        {
            return null;
        }

        var lost = state.Agents.Where(agent => agent.Since >= opened && !state.IsLive(agent)).Max(agent => agent.Left?.At);
        return lost > opened ? lost : opened;
    }
}
