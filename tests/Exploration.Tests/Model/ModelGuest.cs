using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Exploration.Model;

/// <summary>What somebody in a room is.</summary>
internal enum GuestKind
{
    /// <summary>A phone that a dispatch rule let in.</summary>
    Caller,

    /// <summary>An agent that a dispatch brought.</summary>
    Agent,

    /// <summary>An agent of a name that is nobody's voice, such as a transcriber.</summary>
    Helper,

    /// <summary>A participant that speaks for an agent.</summary>
    Avatar,

    /// <summary>The human whom the gateway dialled.</summary>
    Human,

    /// <summary>The phone that a call of ours is for.</summary>
    Callee,

    /// <summary>A human whom somebody else dialled.</summary>
    DialledOut,

    /// <summary>A human in a browser.</summary>
    Operator,
}

/// <summary>Who is in a room.</summary>
internal sealed class ModelGuest(string sid, string identity, GuestKind kind, long joinedAtMs)
{
    public string Sid { get; } = sid;

    public string Identity { get; } = identity;

    public GuestKind Kind { get; } = kind;

    public long JoinedAtMs { get; } = joinedAtMs;

    /// <summary>The dispatch that brought it.</summary>
    public LiveKitDispatch? Dispatch { get; init; }

    /// <summary>The identity of the agent for which an avatar speaks.</summary>
    public string Master { get; init; } = "";

    public bool HasAudio { get; set; }

    /// <summary>Whether its audio is muted.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Whether the phone of a dialled human was picked up.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>Whether nothing is behind it any more: a worker that hangs, or one who went while the server was dead.</summary>
    public bool IsDead { get; set; }

    public bool IsMachine => Kind is GuestKind.Agent or GuestKind.Helper or GuestKind.Avatar;

    /// <summary>Whether it is a person, other than the caller, who can be heard.</summary>
    public bool IsHumanHeard => Kind is GuestKind.Human or GuestKind.DialledOut ? HasAnswered : Kind == GuestKind.Operator && HasAudio;

    /// <summary>Whether the caller hears it.</summary>
    public bool IsHeard => !IsDead && (IsHumanHeard || (HasAudio && !IsMuted && Kind is GuestKind.Agent or GuestKind.Avatar));

    /// <summary>Whether it is a caller who joined with a token of the gateway's.</summary>
    private bool IsDriver => Identity.StartsWith(TokenIdentity.DriverPrefix, StringComparison.Ordinal);

    private string Status => HasAnswered ? LiveKitSipCallStatus.Active : LiveKitSipCallStatus.Ringing;

    private string KindWord => Kind switch
    {
        _ when IsMachine => LiveKitParticipantKind.Agent,
        GuestKind.Operator => LiveKitParticipantKind.Standard,
        _ when IsDriver => LiveKitParticipantKind.Standard,
        _ => LiveKitParticipantKind.Sip,
    };

    public LiveKitParticipant AsParticipant() => new()
    {
        Sid = Sid,
        Identity = Identity,
        State = LiveKitParticipantState.Active,
        JoinedAtMs = JoinedAtMs,
        Kind = KindWord,
        Attributes = Attributes(Status),
        Tracks = HasAudio ? [new LiveKitTrack { Sid = "TR_1", IsMuted = IsMuted }] : [],
    };

    /// <summary>The participant in a webhook, as LiveKit writes it: defaults left out, 64-bit numbers as text.</summary>
    public string AsJson(string? reason) => string.Concat(
        $$"""{"sid":"{{Sid}}", "identity":"{{Identity}}", "state":"{{(reason is null ? "ACTIVE" : "DISCONNECTED")}}","""
            + $$""" "kind":"{{KindWord}}", "joinedAtMs":"{{JoinedAtMs}}" """,
        $$""", "attributes":{{AttributesAsJson(StatusAfter(reason))}} """,
        reason is null ? "}" : $$""", "disconnectReason":"{{reason}}"}""");

    private string AttributesAsJson(string status) =>
        $"{{{string.Join(", ", Attributes(status).Select(pair => $"\"{pair.Key}\":\"{pair.Value}\""))}}}";

    private Dictionary<string, string> Attributes(string status) => Kind switch
    {
        GuestKind.Agent => new() { [LiveKitAttributes.AgentName] = Dispatch!.AgentName },
        GuestKind.Helper => new() { [LiveKitAttributes.AgentName] = Dispatch?.AgentName ?? Visitors.HelperName },
        GuestKind.Avatar => new() { [LiveKitAttributes.PublishOnBehalf] = Master },
        GuestKind.Caller when IsDriver => new() { [LiveKitAttributes.Role] = LiveKitAttributes.CallerRole },
        GuestKind.Caller => new() { [LiveKitAttributes.SipRuleId] = "SDR_1", [LiveKitAttributes.SipCallId] = "SCL_1" },
        GuestKind.Operator => [],
        _ => new() { [LiveKitAttributes.SipCallStatus] = status },
    };

    private string StatusAfter(string? reason) =>
        HasAnswered && reason == LiveKitDisconnectReason.ClientInitiated ? LiveKitSipCallStatus.Hangup : Status;
}
