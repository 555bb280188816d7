using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// How the rooms of our calls are named: <c>{prefix}_{callId}</c>, as a LiveKit callee rule with that prefix and without randomness builds
/// it. Every other room maps to its call by its name and sid.
/// </summary>
/// <param name="Prefix">The setting <c>LIVEKIT_ROOM_PREFIX</c>.</param>
public sealed record RoomNaming(string Prefix)
{
    /// <summary>The name of a call's room.</summary>
    public string NameOf(CallId callId) => $"{Prefix}_{callId.Value}";

    /// <summary>
    /// Whether a room is of the kind that our dispatch rules open: <c>{prefix}_…</c>. It may be named after its call, or after the
    /// caller by an individual rule.
    /// </summary>
    public bool IsOurs(string roomName) =>
        roomName.Length > Prefix.Length && roomName[Prefix.Length] == '_' && roomName.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads the call id out of a room name that <see cref="NameOf"/> made.</summary>
    public bool TryReadCallId(string roomName, [NotNullWhen(true)] out CallId? callId)
    {
        callId = null;
        return roomName.Length == Prefix.Length + 1 + CallId.Length
            && IsOurs(roomName)
            && CallId.TryParse(roomName[(Prefix.Length + 1)..], out callId);
    }

    /// <summary>
    /// The call that a room belongs to: the one in its name, else the one of this session (<see cref="CallId.ForTrunk"/>).
    /// </summary>
    public CallId CallOf(string roomName, string roomSid) =>
        TryReadCallId(roomName, out var callId) ? callId : CallId.ForTrunk(roomName, roomSid);
}
