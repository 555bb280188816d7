using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>One session of a room.</summary>
/// <param name="listed">The room as LiveKit lists it.</param>
internal sealed class ModelRoom(LiveKitRoom listed)
{
    public LiveKitRoom Listed { get; } = listed;

    public string Name => Listed.Name;

    public string Sid => Listed.Sid;

    public List<ModelGuest> Inside { get; } = [];

    public List<ModelDispatch> Dispatches { get; } = [];

    /// <summary>Rings when the room has been without people for too long.</summary>
    public Alarm? Closing { get; set; }

    public IEnumerable<ModelGuest> Agents => Inside.Where(guest => guest.Kind == GuestKind.Agent);

    public IEnumerable<ModelGuest> Callers => Inside.Where(guest => guest.Kind == GuestKind.Caller);

    public IEnumerable<ModelGuest> Humans => Inside.Where(guest => guest.Kind == GuestKind.Human);

    public bool HasPeople => Inside.Any(guest => guest.Kind != GuestKind.Agent);

    public ulong Print()
    {
        var print = Fingerprint.Of(Sid);
        foreach (var guest in Inside)
        {
            print += Fingerprint.Of(
                Fingerprint.Of(guest.Sid), (guest.HasAudio ? 1UL : 0) + (guest.HasAnswered ? 2UL : 0), (ulong)guest.JoinedAtMs);
        }

        foreach (var dispatch in Dispatches)
        {
            print += Fingerprint.Of(Fingerprint.Of(dispatch.Listed.Id), Fingerprint.Of(dispatch.At));
        }

        return print;
    }
}

/// <summary>A dispatch as LiveKit lists it, and when it was made.</summary>
internal sealed record ModelDispatch(LiveKitDispatch Listed, DateTimeOffset At);

/// <summary>What somebody in a room is.</summary>
internal enum GuestKind
{
    Caller,
    Agent,
    Human,
}

/// <summary>Who is in a room.</summary>
internal sealed class ModelGuest(string sid, string identity, GuestKind kind, long joinedAtMs)
{
    private static readonly Dictionary<string, string> CallerAttributes =
        new() { [LiveKitAttributes.SipRuleId] = "SDR_1", [LiveKitAttributes.SipCallId] = "SCL_1" };

    public string Sid { get; } = sid;

    public string Identity { get; } = identity;

    public GuestKind Kind { get; } = kind;

    public long JoinedAtMs { get; } = joinedAtMs;

    /// <summary>The dispatch that brought it.</summary>
    public LiveKitDispatch? Dispatch { get; init; }

    public bool HasAudio { get; set; }

    /// <summary>Whether the phone of a dialled human was picked up.</summary>
    public bool HasAnswered { get; set; }

    private string Status => HasAnswered ? LiveKitSipCallStatus.Active : LiveKitSipCallStatus.Ringing;

    private IReadOnlyDictionary<string, string> Attributes => Kind switch
    {
        GuestKind.Agent => new Dictionary<string, string> { [LiveKitAttributes.AgentName] = Dispatch!.AgentName },
        GuestKind.Caller => CallerAttributes,
        _ => new Dictionary<string, string> { [LiveKitAttributes.SipCallStatus] = Status },
    };

    public LiveKitParticipant AsParticipant() => new()
    {
        Sid = Sid,
        Identity = Identity,
        State = LiveKitParticipantState.Active,
        JoinedAtMs = JoinedAtMs,
        Kind = Kind == GuestKind.Agent ? LiveKitParticipantKind.Agent : LiveKitParticipantKind.Sip,
        Attributes = Attributes,
        Tracks = HasAudio ? [new LiveKitTrack { Sid = "TR_1" }] : [],
    };

    /// <summary>The participant in a webhook, as LiveKit writes it: defaults left out, 64-bit numbers as text.</summary>
    public string AsJson(string? reason) => string.Concat(
        $$"""{"sid":"{{Sid}}", "identity":"{{Identity}}", "state":"{{(reason is null ? "ACTIVE" : "DISCONNECTED")}}","""
            + $$""" "kind":"{{(Kind == GuestKind.Agent ? "AGENT" : "SIP")}}", "joinedAtMs":"{{JoinedAtMs}}" """,
        $$""", "attributes":{{AttributesAsJson(reason)}} """,
        reason is null ? "}" : $$""", "disconnectReason":"{{reason}}"}""");

    private string AttributesAsJson(string? reason) => Kind switch
    {
        GuestKind.Agent => $$"""{"lk.agent_name":"{{Dispatch!.AgentName}}"}""",
        GuestKind.Caller => """{"sip.ruleID":"SDR_1", "sip.callID":"SCL_1"}""",
        _ => $$"""{"sip.callStatus":"{{StatusAfter(reason)}}"}""",
    };

    private string StatusAfter(string? reason) =>
        HasAnswered && reason == LiveKitDisconnectReason.ClientInitiated ? LiveKitSipCallStatus.Hangup : Status;
}
