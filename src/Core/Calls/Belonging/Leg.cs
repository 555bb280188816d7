using System.Text.Json.Serialization;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// One participant of a room as LiveKit described it. Presence is keyed by <see cref="Sid"/>; identities come back with other sids.
/// </summary>
/// <param name="Sid">LiveKit's participant sid (<c>PA_…</c>).</param>
/// <param name="Identity">The participant's identity in the room; one at a time may hold it.</param>
/// <param name="Role">What the participant is to the call.</param>
public sealed record Leg(string Sid, string Identity, LegRole Role)
{
    /// <summary>When LiveKit let the participant in, in milliseconds since 1970 UTC by LiveKit's clock; 0 where it did not say.</summary>
    public long JoinedAtMs { get; init; }

    /// <summary>The agent's name (attribute <c>lk.agent_name</c>); <c>null</c> or empty for an unnamed worker or another role.</summary>
    public string? AgentName { get; init; }

    /// <summary>
    /// The identity of the agent for which it publishes (attribute <c>lk.publish_on_behalf</c>): it is that agent's avatar. <c>null</c> for
    /// all others.
    /// </summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>
    /// Whether it counts as a voice agent by its identity or its token: the setting <c>LIVEKIT_AGENT_IDENTITY_PREFIX</c>, or
    /// <see cref="TokenIdentity"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasAgentPrefix { get; init; }

    /// <summary>Whether the others in the room do not see it: a listener, who is nobody to the call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsHidden { get; init; }

    /// <summary>
    /// Whether it came with a token for this call instead of a phone: nothing rings, and a human is there once their audio is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsByToken { get; init; }

    /// <summary>LiveKit's SIP call id (<c>SCL_…</c>).</summary>
    public string? SipCallId { get; init; }

    /// <summary>The other party's number in E.164, or as LiveKit gave it where it is none; personal data.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>
    /// The called number in E.164, or as it was given where it is none, from our own SIP header or from the trunk; <c>null</c> where
    /// neither has it.
    /// </summary>
    public string? CalledNumber { get; init; }

    /// <summary>The SIP trunk by which the leg came or went (<c>ST_…</c>).</summary>
    public string? TrunkId { get; init; }

    /// <summary>The dispatch rule that let an inbound leg in (<c>SDR_…</c>).</summary>
    public string? RuleId { get; init; }

    /// <summary>
    /// The state of the SIP call when LiveKit described the leg, one of <see cref="LiveKitSipCallStatus"/>; no webhook reports a change.
    /// </summary>
    public string? SipCallStatus { get; init; }

    /// <summary>
    /// Whether this description proves that a phone that was called has been picked up: the call is active, or was hung up, while one that
    /// nobody took stays ringing. Audio proves nothing: a dialled leg publishes it from the beginning.
    /// </summary>
    [JsonIgnore]
    public bool IsAnswered =>
        (IsDialled || IsCallee) && SipCallStatus is (LiveKitSipCallStatus.Active or LiveKitSipCallStatus.Hangup);

    /// <summary>Whether it is whom the call itself is for: a caller's leg that we dialled.</summary>
    [JsonIgnore]
    public bool IsCallee => Role == LegRole.Caller && CalleeIdentity.IsOne(Identity);

    /// <summary>Whether it is a phone that was dialled into the room, by us or by somebody else.</summary>
    [JsonIgnore]
    public bool IsDialled => Role == LegRole.DialledOut || (Role == LegRole.Human && !IsByToken);

    /// <summary>Whether decisions need it as soon as it is there; a guest counts only once audio of theirs is heard.</summary>
    internal bool IsOfCall => Role is LegRole.Caller or LegRole.Agent or LegRole.Human or LegRole.DialledOut;

    /// <summary>Role and sid, for operators; no personal data.</summary>
    internal string InWords => $"{Role.ToString().ToLowerInvariant()} {Sid}";
}
