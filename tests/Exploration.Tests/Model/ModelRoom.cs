using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>One session of a room.</summary>
internal sealed class ModelRoom(string name, string sid)
{
    public string Name { get; } = name;

    public string Sid { get; } = sid;

    public List<ModelGuest> Inside { get; } = [];

    public List<ModelDispatch> Dispatches { get; } = [];

    /// <summary>Rings when the room has been without people for too long.</summary>
    public Alarm? Closing { get; set; }

    public IEnumerable<ModelGuest> Agents => Inside.Where(guest => guest.IsAgent);

    public IEnumerable<ModelGuest> People => Inside.Where(guest => !guest.IsAgent);

    public ulong Print()
    {
        var print = Fingerprint.Of(Sid);
        foreach (var guest in Inside)
        {
            print += Fingerprint.Of(Fingerprint.Of(guest.Sid), guest.HasAudio ? 1UL : 0, (ulong)guest.JoinedAtMs);
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

/// <summary>Who is in a room.</summary>
internal sealed class ModelGuest(string sid, string identity, bool isAgent, long joinedAtMs)
{
    private static readonly Dictionary<string, string> CallerAttributes = new() { [LiveKitAttributes.SipRuleId] = "SDR_1", [LiveKitAttributes.SipCallId] = "SCL_1" };

    public string Sid { get; } = sid;

    public string Identity { get; } = identity;

    public bool IsAgent { get; } = isAgent;

    public long JoinedAtMs { get; } = joinedAtMs;

    /// <summary>The dispatch that brought it.</summary>
    public string? DispatchId { get; init; }

    public bool HasAudio { get; set; }

    public LiveKitParticipant AsParticipant() => new()
    {
        Sid = Sid,
        Identity = Identity,
        State = LiveKitParticipantState.Active,
        JoinedAtMs = JoinedAtMs,
        Kind = IsAgent ? LiveKitParticipantKind.Agent : LiveKitParticipantKind.Sip,
        Attributes = IsAgent ? LiveKitAttributes.None : CallerAttributes,
        Tracks = HasAudio ? [new LiveKitTrack { Sid = "TR_1" }] : [],
    };

    /// <summary>The participant in a webhook, as LiveKit writes it: defaults left out, 64-bit numbers as text.</summary>
    public string AsJson(string? reason) => string.Concat(
        $$"""{"sid":"{{Sid}}", "identity":"{{Identity}}", "state":"{{(reason is null ? "ACTIVE" : "DISCONNECTED")}}", "kind":"{{(IsAgent ? "AGENT" : "SIP")}}", "joinedAtMs":"{{JoinedAtMs}}" """,
        IsAgent ? "" : """, "attributes":{"sip.ruleID":"SDR_1", "sip.callID":"SCL_1"} """,
        reason is null ? "}" : $$""", "disconnectReason":"{{reason}}"}""");
}
