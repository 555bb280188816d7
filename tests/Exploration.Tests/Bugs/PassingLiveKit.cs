using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>A LiveKit API that only passes on; a bug overrides what it gets wrong.</summary>
internal abstract class PassingLiveKit(ILiveKitApi inner) : ILiveKitApi
{
    protected ILiveKitApi Inner { get; } = inner;

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => Inner.ListRoomsAsync(names, cancellationToken);

    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) => Inner.CreateRoomAsync(request, cancellationToken);

    public virtual Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) => Inner.DeleteRoomAsync(room, cancellationToken);

    public virtual Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(string room, CancellationToken cancellationToken) =>
        Inner.ListParticipantsAsync(room, cancellationToken);

    public virtual Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        Inner.RemoveParticipantAsync(room, identity, cancellationToken);

    public virtual Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) =>
        Inner.CreateDispatchAsync(request, cancellationToken);

    public virtual Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) => Inner.ListDispatchesAsync(room, cancellationToken);

    public virtual Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(LiveKitSipParticipantRequest request, CancellationToken cancellationToken) =>
        Inner.CreateSipParticipantAsync(request, cancellationToken);

    public virtual Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) =>
        Inner.DeleteDispatchAsync(room, dispatchId, cancellationToken);
}
