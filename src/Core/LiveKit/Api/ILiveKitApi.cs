namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// What we ask of LiveKit. Every call ends in an outcome within its deadline; only the caller's own cancellation is thrown.
/// </summary>
public interface ILiveKitApi
{
    /// <summary>The rooms among <paramref name="names"/> that live; a room that does not is just not there. No names means every room.</summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>Creates the room, or finds the one of that name that lives, unchanged: compare the sid.</summary>
    Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken);

    /// <summary>Ends the room for everybody in it; phones are hung up.</summary>
    Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken);

    /// <summary>Who is in the room. Empty where there is no such room. After a crash of LiveKit it can list participants that are long gone.</summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(string room, CancellationToken cancellationToken);

    /// <summary>Puts a participant out of the room; a phone is hung up.</summary>
    Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for an agent. Each call that is done asks for one more, so this is never tried twice: after <see cref="LiveKitOutcome{T}.Unknown"/> look with
    /// <see cref="ListDispatchesAsync"/> first.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// The room's dispatches, in no order. A room that does not exist is <see cref="LiveKitOutcome{T}.Unavailable"/> after about 3 s, just as an outage is;
    /// <see cref="ListRoomsAsync"/> tells them apart.
    /// </summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken);

    /// <summary>
    /// Dials a phone and brings it into a room, without waiting for the answer; whether somebody has picked up tells <see cref="LiveKitAttributes.SipCallStatus"/> of its participant. Each call that
    /// is done dials, so this is never tried twice: after <see cref="LiveKitOutcome{T}.Unknown"/> look who is in the room first. No trunk of that id is <see cref="LiveKitOutcome{T}.NotFound"/>.
    /// </summary>
    Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(LiveKitSipParticipantRequest request, CancellationToken cancellationToken);

    /// <summary>Takes a dispatch back. In its first seconds that leaves its agent inside the room.</summary>
    Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken);
}
