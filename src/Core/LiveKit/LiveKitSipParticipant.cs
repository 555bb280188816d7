namespace VoiceFunctions.Core.LiveKit;

/// <summary>A phone that is being dialled, as its participant stands in the room. It says nothing about an answer.</summary>
/// <param name="Sid">The participant's sid (<c>PA_…</c>).</param>
/// <param name="Identity">Its identity in the room.</param>
/// <param name="RoomName">The room's name.</param>
/// <param name="SipCallId">LiveKit's id of the SIP call (<c>SCL_…</c>).</param>
public sealed record LiveKitSipParticipant(string Sid, string Identity, string RoomName, string SipCallId);
