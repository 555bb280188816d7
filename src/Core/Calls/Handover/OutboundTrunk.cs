using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>LiveKit's outbound SIP trunk over which humans are dialled.</summary>
/// <param name="Id">The trunk's id (<c>ST_…</c>).</param>
/// <param name="From">The number that the human sees; <c>null</c> for the trunk's own.</param>
public sealed record OutboundTrunk(string Id, PhoneNumber? From);
