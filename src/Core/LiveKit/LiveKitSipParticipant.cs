namespace VoiceFunctions.Core.LiveKit;

/// <summary>The participant of a phone that is being dialled. It does not show whether the phone was answered.</summary>
/// <param name="Sid">The participant's sid (<c>PA_…</c>).</param>
/// <param name="Identity">Its identity in the room.</param>
/// <param name="RoomName">The room's name.</param>
/// <param name="SipCallId">LiveKit's id of the SIP call (<c>SCL_…</c>).</param>
public sealed record LiveKitSipParticipant(string Sid, string Identity, string RoomName, string SipCallId);
