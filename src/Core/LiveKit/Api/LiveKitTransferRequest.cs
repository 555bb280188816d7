namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>A phone in a room that is to be connected with somebody outside of it, by SIP's REFER.</summary>
/// <param name="RoomName">The room's name.</param>
/// <param name="ParticipantIdentity">The phone's identity in the room.</param>
/// <param name="TransferTo">With whom: <c>tel:+1…</c> or <c>sip:…</c>; personal data.</param>
public sealed record LiveKitTransferRequest(string RoomName, string ParticipantIdentity, string TransferTo)
{
    /// <summary>Whether the phone hears a ringing tone until the other side answers. Default <c>false</c>.</summary>
    public bool PlayDialtone { get; init; }

    /// <summary>How long the other side may ring, in whole seconds; <c>null</c> is LiveKit's default of 30 s.</summary>
    public TimeSpan? RingingTimeout { get; init; }
}
