namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>A phone to dial and to bring into a room. The answer comes as soon as its participant is in the room, long before anybody picks up.</summary>
/// <param name="SipTrunkId">The outbound trunk (<c>ST_…</c>).</param>
/// <param name="CallTo">The number to dial; personal data.</param>
/// <param name="RoomName">The room's name. A room that does not exist is created by this.</param>
/// <param name="ParticipantIdentity">The identity in the room. Whoever holds it already is thrown out.</param>
public sealed record LiveKitSipParticipantRequest(string SipTrunkId, string CallTo, string RoomName, string ParticipantIdentity)
{
    /// <summary>The display name in the room; <c>null</c> for none.</summary>
    public string? ParticipantName { get; init; }

    /// <summary>The number that the phone shows; <c>null</c> leaves the choice to the trunk.</summary>
    public string? From { get; init; }

    /// <summary>
    /// Whether the room hears a ringing tone until the phone is answered. Default <c>true</c>: the participant publishes audio from the beginning, which makes LiveKit pick a waiting caller up,
    /// and without the tone that caller would hear silence.
    /// </summary>
    public bool PlayDialtone { get; init; } = true;

    /// <summary>How long it may ring, in whole seconds; <c>null</c> is the SIP service's own default of minutes.</summary>
    public TimeSpan? RingingTimeout { get; init; }

    /// <summary>The longest that the call may last once it is answered, in whole seconds; <c>null</c> for no limit of our own.</summary>
    public TimeSpan? MaxCallDuration { get; init; }

    /// <summary>Sent as <c>X-Livekit-Request-Id</c> where it is set: the same id in a repetition lets a server that understands it dial once.</summary>
    public string? RequestId { get; init; }
}
