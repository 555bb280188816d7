namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>A phone to dial into a room. LiveKit answers when its participant is in the room, before the phone is answered.</summary>
/// <param name="SipTrunkId">The outbound trunk (<c>ST_…</c>).</param>
/// <param name="CallTo">The number to dial; personal data.</param>
/// <param name="RoomName">The room's name. LiveKit creates a room that does not exist.</param>
/// <param name="ParticipantIdentity">The identity in the room. LiveKit removes a participant who already has it.</param>
public sealed record LiveKitSipParticipantRequest(string SipTrunkId, string CallTo, string RoomName, string ParticipantIdentity)
{
    /// <summary>The display name in the room; <c>null</c> for none.</summary>
    public string? ParticipantName { get; init; }

    /// <summary>The caller id; <c>null</c> uses the trunk's own.</summary>
    public string? From { get; init; }

    /// <summary>
    /// Whether the room hears a ringing tone until the phone is answered. Default <c>true</c>: the participant publishes audio at once, so
    /// LiveKit answers a waiting caller, and without the tone that caller would hear silence.
    /// </summary>
    public bool PlayDialtone { get; init; } = true;

    /// <summary>How long it may ring, in whole seconds; <c>null</c> is the SIP service's own default, which is minutes.</summary>
    public TimeSpan? RingingTimeout { get; init; }

    /// <summary>The longest duration after the answer, in whole seconds; <c>null</c> sends no limit.</summary>
    public TimeSpan? MaxCallDuration { get; init; }

    /// <summary>Sent as <c>X-Livekit-Request-Id</c> if it is set. A server that supports it handles the same id only once.</summary>
    public string? RequestId { get; init; }
}
