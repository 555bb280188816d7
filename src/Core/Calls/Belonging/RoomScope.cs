using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// Which rooms of the LiveKit project are ours: those of our prefix, and those into which an inbound SIP leg came by a trunk or dispatch
/// rule that the settings or the routes list. Every other room is somebody else's: nothing of it is stored, asked or changed.
/// </summary>
/// <param name="naming">Our room names.</param>
/// <param name="trunkIds">Listed inbound trunks (<c>ST_…</c>).</param>
/// <param name="ruleIds">Listed dispatch rules (<c>SDR_…</c>).</param>
public sealed class RoomScope(RoomNaming naming, IReadOnlySet<string> trunkIds, IReadOnlySet<string> ruleIds)
{
    /// <summary>Only the rooms of our prefix are ours.</summary>
    public RoomScope(RoomNaming naming)
        : this(naming, new HashSet<string>(), new HashSet<string>())
    {
    }

    /// <summary>
    /// Whether a room of a foreign name can be ours, so that the journal has to be asked about the events in it.
    /// </summary>
    public bool HasListed { get; } = trunkIds.Count + ruleIds.Count > 0;

    /// <summary>The naming.</summary>
    public RoomNaming Naming { get; } = naming;

    /// <summary>Whether a room is ours by its name.</summary>
    public bool IsOurs(string roomName) => Naming.IsOurs(roomName);

    /// <summary>Whether a participant makes the room that it is in ours: an inbound SIP leg of a listed trunk or rule.</summary>
    public bool IsMadeOursBy(LiveKitParticipant? participant) =>
        HasListed
        && participant is { Kind: LiveKitParticipantKind.Sip }
        && participant.Attribute(LiveKitAttributes.SipRuleId) is { Length: > 0 } rule
        && (ruleIds.Contains(rule) || (participant.Attribute(LiveKitAttributes.SipTrunkId) is { } trunk && trunkIds.Contains(trunk)));
}
