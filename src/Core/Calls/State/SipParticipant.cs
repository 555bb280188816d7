namespace VoiceFunctions.Core.Calls.State;

/// <summary>The caller's SIP participant.</summary>
/// <param name="ParticipantSid">LiveKit's participant sid.</param>
/// <param name="Identity">The identity in the room; may hold a phone number.</param>
public sealed record SipParticipant(string ParticipantSid, string Identity);
