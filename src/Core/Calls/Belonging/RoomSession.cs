namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>One life of a LiveKit room: a name that lives again gets another sid.</summary>
/// <param name="Name">The room's name; may hold a phone number, so it does not go into logs.</param>
/// <param name="Sid">The session's sid (<c>RM_…</c>).</param>
public sealed record RoomSession(string Name, string Sid);
