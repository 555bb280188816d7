using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>Reads a LiveKit participant as a leg of a call; the one place that decides which role a participant has by itself.</summary>
/// <param name="agentIdentityPrefix">Participants of kind STANDARD whose identity begins so count as agents too, for agents that join by a
/// plain token; <c>null</c> for none.</param>
/// <param name="numbers">Reads numbers; <see cref="NumberReader.International"/> where it is left out.</param>
public sealed class ParticipantMapper(string? agentIdentityPrefix, NumberReader? numbers = null)
{
    /// <summary>
    /// How old a presence must be before its absence from LiveKit's list of participants counts: the list and the webhooks are not
    /// written at the same instant.
    /// </summary>
    public static TimeSpan ListLag { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The participant as a leg.</summary>
    public Leg LegOf(LiveKitParticipant participant) => new(participant.Sid, participant.Identity, RoleOf(participant))
    {
        JoinedAtMs = participant.JoinedAtMs,
        AgentName = participant.Attribute(LiveKitAttributes.AgentName) ?? participant.Attribute(LiveKitAttributes.OtherAgentName),
        OnBehalfOf = participant.Attribute(LiveKitAttributes.PublishOnBehalf),
        HasAgentPrefix = HasAgentPrefix(participant) || TokenIdentity.RoleOf(participant) == LegRole.Agent,
        IsHidden = participant.IsHidden,
        IsByToken = TokenIdentity.RoleOf(participant) is not null,
        SipCallId = participant.Attribute(LiveKitAttributes.SipCallId),
        PhoneNumber = InE164(participant.Attribute(LiveKitAttributes.SipPhoneNumber)),
        CalledNumber = InE164(CalledNumber(participant)),
        TrunkId = participant.Attribute(LiveKitAttributes.SipTrunkId),
        RuleId = participant.Attribute(LiveKitAttributes.SipRuleId),
        SipCallStatus = participant.Attribute(LiveKitAttributes.SipCallStatus),
    };

    /// <summary>
    /// Whether an identity is one that LiveKit gives to phones. A track_published webhook says nothing else of its participant.
    /// </summary>
    public static bool IsPhone(string identity) => identity.StartsWith("sip_", StringComparison.Ordinal);

    /// <summary>Whether nobody is among them for whom a room is kept: agents and recorders alone are not.</summary>
    public bool AreMachines(IEnumerable<LiveKitParticipant> participants) =>
        participants.All(participant => RoleOf(participant) is LegRole.Agent or LegRole.Recorder);

    private LegRole RoleOf(LiveKitParticipant participant) => participant.Kind switch
    {
        LiveKitParticipantKind.Agent => LegRole.Agent,
        LiveKitParticipantKind.Egress or LiveKitParticipantKind.Ingress => LegRole.Recorder,
        LiveKitParticipantKind.Connector => LegRole.Caller,
        LiveKitParticipantKind.Sip when participant.Attribute(LiveKitAttributes.SipRuleId) is { Length: > 0 } => LegRole.Caller,
        LiveKitParticipantKind.Sip when CalleeIdentity.IsOne(participant.Identity) => LegRole.Caller,
        LiveKitParticipantKind.Sip => HumanIdentity.IsOne(participant.Identity) ? LegRole.Human : LegRole.DialledOut,
        LiveKitParticipantKind.Standard when TokenIdentity.RoleOf(participant) is { } role => role,
        LiveKitParticipantKind.Standard when HasAgentPrefix(participant) || IsAvatar(participant) => LegRole.Agent,
        _ => LegRole.Guest,
    };

    /// <summary>Some avatars come with a token of kind standard.</summary>
    private static bool IsAvatar(LiveKitParticipant participant) =>
        participant.Attribute(LiveKitAttributes.PublishOnBehalf) is { Length: > 0 };

    private bool HasAgentPrefix(LiveKitParticipant participant) =>
        participant.Kind == LiveKitParticipantKind.Standard
        && agentIdentityPrefix is { Length: > 0 }
        && participant.Identity.StartsWith(agentIdentityPrefix, StringComparison.Ordinal);

    /// <summary>A number in E.164; any other address as it is.</summary>
    private string? InE164(string? address) => CallerAddress.Parse(address, numbers).NamedNumber?.E164 ?? address;

    /// <summary>Our own header first; the trunk's number is the call id where a callee rule named the room.</summary>
    private static string? CalledNumber(LiveKitParticipant participant)
    {
        var header = participant.Attribute(LiveKitAttributes.SipHeader(SipHeaders.CalledNumber));
        var trunk = participant.Attribute(LiveKitAttributes.SipTrunkPhoneNumber);
        return header is { Length: > 0 } ? header : CallId.TryParse(trunk, out _) ? null : trunk;
    }
}
