using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;

namespace VoiceFunctions.Testing.LiveKit;

/// <summary>A LiveKit API that passes everything on to another. A test overrides what it wants to get wrong.</summary>
public abstract class DelegatingLiveKit(ILiveKitApi inner) : ILiveKitApi
{
    /// <summary>The API that does the work.</summary>
    protected ILiveKitApi Inner { get; } = inner;

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) => Inner.ListRoomsAsync(names, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        Inner.CreateRoomAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) =>
        Inner.DeleteRoomAsync(room, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) => Inner.ListParticipantsAsync(room, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(
        string room, string identity, CancellationToken cancellationToken) =>
        Inner.ReachParticipantAsync(room, identity, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(
        string room, string identity, CancellationToken cancellationToken) =>
        Inner.RemoveParticipantAsync(room, identity, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(
        string room, string identity, string trackSid, CancellationToken cancellationToken) =>
        Inner.MuteTrackAsync(room, identity, trackSid, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(
        LiveKitTransferRequest request, CancellationToken cancellationToken) =>
        Inner.TransferSipParticipantAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(
        LiveKitDispatchRequest request, CancellationToken cancellationToken) => Inner.CreateDispatchAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(
        string room, CancellationToken cancellationToken) => Inner.ListDispatchesAsync(room, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken) =>
        Inner.CreateSipParticipantAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(
        string room, string dispatchId, CancellationToken cancellationToken) =>
        Inner.DeleteDispatchAsync(room, dispatchId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(
        LiveKitEgressRequest request, CancellationToken cancellationToken) => Inner.StartEgressAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken) =>
        Inner.StopEgressAsync(egressId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken) =>
        Inner.ListEgressAsync(room, cancellationToken);
}
