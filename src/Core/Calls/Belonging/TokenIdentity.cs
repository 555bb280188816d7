using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// What those are called in a room who come with a token instead of a phone: the caller is the driver, an agent that no dispatch brought is
/// the bot. One identity is in a room once, so each call has one of each, and nobody hears their own voice.
/// </summary>
public static class TokenIdentity
{
    /// <summary>What the identities of callers begin with.</summary>
    public const string DriverPrefix = "driver_";

    /// <summary>What the identities of agents begin with.</summary>
    public const string BotPrefix = "bot_";

    /// <summary>What the identities of listeners begin with. There may be several of them.</summary>
    public const string ListenerPrefix = "listener_";

    /// <summary>The identity of a call's caller.</summary>
    public static string OfDriver(CallId callId) => $"{DriverPrefix}{callId}";

    /// <summary>The identity of a call's agent.</summary>
    public static string OfBot(CallId callId) => $"{BotPrefix}{callId}";

    /// <summary>The identity of a call's human.</summary>
    public static string OfHuman(CallId callId) => HumanIdentity.Of(callId);

    /// <summary>The identity of one of a call's listeners.</summary>
    public static string OfListener(CallId callId, string name) => $"{ListenerPrefix}{callId}_{name}";

    /// <summary>
    /// The role of somebody who came with a token for a call, by its attribute or, where somebody else made it, by the identity;
    /// <c>null</c> for everybody else.
    /// </summary>
    internal static LegRole? RoleOf(LiveKitParticipant participant) => participant switch
    {
        { Kind: not (LiveKitParticipantKind.Standard or LiveKitParticipantKind.Agent) } => null,
        { Kind: LiveKitParticipantKind.Agent } => Is(participant, LiveKitAttributes.AgentRole, BotPrefix) ? LegRole.Agent : null,
        _ when Is(participant, LiveKitAttributes.CallerRole, DriverPrefix) => LegRole.Caller,
        _ when Is(participant, LiveKitAttributes.HumanRole, HumanIdentity.Prefix) => LegRole.Human,
        _ when Is(participant, LiveKitAttributes.AgentRole, BotPrefix) => LegRole.Agent,
        _ => null,
    };

    private static bool Is(LiveKitParticipant participant, string role, string prefix) =>
        participant.Attribute(LiveKitAttributes.Role) is { Length: > 0 } given
            ? given == role
            : participant.Identity.StartsWith(prefix, StringComparison.Ordinal)
                && CallId.TryParse(participant.Identity[prefix.Length..], out _);
}
