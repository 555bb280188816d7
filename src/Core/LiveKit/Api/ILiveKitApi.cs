using VoiceFunctions.Core.LiveKit.Api.Egress;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// LiveKit's server API. Every call returns an outcome within its deadline. Only cancellation by the caller throws.
/// </summary>
public interface ILiveKitApi
{
    /// <summary>The rooms among <paramref name="names"/> that exist. An empty list of names means every room.</summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>Creates the room. If a room of that name exists, it is returned unchanged: compare the sid.</summary>
    Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the room. All participants are disconnected, and phones are hung up. <see cref="LiveKitOutcome{T}.NotFound"/> if it does not
    /// exist.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken);

    /// <summary>
    /// The participants of the room. Empty if the room does not exist. After a crash of LiveKit it can contain participants that left long
    /// ago.
    /// </summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(string room, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a participant from the room; a phone is hung up. <see cref="LiveKitOutcome{T}.NotFound"/> if the room or
    /// the participant does not exist.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken);

    /// <summary>
    /// Mutes a track that a participant publishes. The others do not hear it until the participant itself unmutes it. No webhook reports
    /// this. <see cref="LiveKitOutcome{T}.NotFound"/> if the room, the participant or the track does not exist.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(string room, string identity, string trackSid, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a participant without changing anything. <see cref="LiveKitOutcome{T}.Unavailable"/> or
    /// <see cref="LiveKitOutcome{T}.Unknown"/> after about 3 s if LiveKit lists the participant since a crash but no node holds it.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(string room, string identity, CancellationToken cancellationToken);

    /// <summary>
    /// Dispatches an agent, into a room that is created if it does not exist. Not idempotent: each successful call dispatches one more.
    /// After <see cref="LiveKitOutcome{T}.Unknown"/>, call <see cref="ListDispatchesAsync"/> before trying again.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// The room's dispatches, in no order. A room that does not exist is <see cref="LiveKitOutcome{T}.Unavailable"/> after about 3 s, like
    /// an outage. <see cref="ListRoomsAsync"/> distinguishes the two.
    /// </summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken);

    /// <summary>
    /// Dials a phone into a room. Returns when the participant exists, not when it answers: read its
    /// <see cref="LiveKitAttributes.SipCallStatus"/> for that. Not idempotent: after <see cref="LiveKitOutcome{T}.Unknown"/>, list the
    /// participants before trying again. A participant of the same identity is disconnected. An unknown trunk is
    /// <see cref="LiveKitOutcome{T}.NotFound"/>.
    /// </summary>
    Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Transfers a phone in a room to somebody outside of it, with SIP REFER. Returns when the other side has answered or refused.
    /// If it was accepted, the phone leaves the room a moment later, and no event mentions the transfer. Not idempotent: after
    /// <see cref="LiveKitOutcome{T}.Unknown"/> it may still be running, and the list of participants shows its result. If the phone
    /// network refused, the error's <see cref="LiveKitError.Meta"/> has the SIP status, or <see cref="LiveKitTransfer.HasFailed"/> says so.
    /// </summary>
    Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(LiveKitTransferRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a dispatch. Its agent leaves within seconds, but stays if the dispatch is only a few seconds old. An unknown id is
    /// <see cref="LiveKitOutcome{T}.NotFound"/>; a room that does not exist is <see cref="LiveKitOutcome{T}.Unknown"/> after about 3 s.
    /// </summary>
    Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a recording. Returns when LiveKit has accepted it, not when it records: webhooks report that. Not idempotent: each
    /// successful call starts another recording. After <see cref="LiveKitOutcome{T}.Unknown"/>, call <see cref="ListEgressAsync"/> first.
    /// A room that does not exist is <see cref="LiveKitOutcome{T}.NotFound"/>. A server without any recorder is
    /// <see cref="LiveKitOutcome{T}.Unknown"/>, because it looks like a recorder that did not answer in time.
    /// </summary>
    Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(LiveKitEgressRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Stops a recording; its file is written after that. A recording that has ended is <see cref="LiveKitOutcome{T}.Refused"/> with
    /// <c>failed_precondition</c>, an unknown one is <see cref="LiveKitOutcome{T}.NotFound"/>.
    /// </summary>
    Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken);

    /// <summary>
    /// The recordings of rooms with that name, in no order: of every session, and finished ones until a day after their end.
    /// </summary>
    Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken);
}
