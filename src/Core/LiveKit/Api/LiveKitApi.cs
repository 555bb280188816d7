using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>Speaks to LiveKit over Twirp with JSON, with a fresh token per call that allows just that call.</summary>
public sealed class LiveKitApi(HttpMessageInvoker http, LiveKitHost host, LiveKitKeyring keyring, TimeProvider timeProvider, LiveKitApiOptions options) : ILiveKitApi
{
    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(string room, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitParticipant>> GetParticipantAsync(string room, string identity, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) => throw new NotImplementedException($"{http}{host}{keyring}{timeProvider}{options}");
}
