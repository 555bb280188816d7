using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Core.LiveKit.Tokens;
using static VoiceFunctions.Core.LiveKit.Api.LiveKitRequestJson;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// LiveKit's server API over Twirp with JSON. Each call has a new token that allows only that call. Each call returns an outcome within
/// <see cref="LiveKitApiOptions.Deadline"/>.
/// </summary>
public sealed class LiveKitApi : ILiveKitApi
{
    private static readonly LiveKitDone Done = new();

    private readonly TwirpClient twirp;
    private readonly RoomQuestions questions;

    /// <param name="http">Sends the requests.</param>
    /// <param name="host">Where LiveKit is.</param>
    /// <param name="keyring">The project's keys; the first one signs.</param>
    /// <param name="timeProvider">The time of tokens and deadlines.</param>
    /// <param name="options">How long it may take.</param>
    public LiveKitApi(
        HttpMessageInvoker http, LiveKitHost host, LiveKitKeyring keyring, TimeProvider timeProvider, LiveKitApiOptions options)
    {
        twirp = new TwirpClient(http, host, keyring, timeProvider, options);
        questions = new RoomQuestions(AskForRoomsAsync, timeProvider, options.Deadline);
    }

    /// <inheritdoc/>
    /// <remarks>Many who ask for one room each at the same time share requests.</remarks>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        names is [var name] ? questions.AskAsync(name, cancellationToken) : AskForRoomsAsync(names, cancellationToken);

    private Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> AskForRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<IReadOnlyList<LiveKitRoom>>(
                "RoomService/ListRooms",
                TwirpEffect.Read,
                LiveKitGrants.ListRooms,
                Json(new ListRoomsRequest(names), Default.ListRoomsRequest),
                answer => answer.Objects("rooms", null, LiveKitJson.Room)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<LiveKitRoom>(
                "RoomService/CreateRoom",
                TwirpEffect.Create,
                LiveKitGrants.CreateRooms,
                Json(
                    new CreateRoomRequest(request.Name, Seconds(request.EmptyTimeout), Seconds(request.DepartureTimeout), request.Metadata),
                    Default.CreateRoomRequest),
                answer => LiveKitJson.Room(answer) is { Sid: not "" } room ? room : null),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<LiveKitDone>(
                "RoomService/DeleteRoom",
                TwirpEffect.Delete,
                LiveKitGrants.CreateRooms,
                Json(new RoomRequest(room), Default.RoomRequest),
                _ => Done),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        RoomCallAsync(
            "RoomService/ListParticipants", TwirpEffect.Read, room,
            Json(new RoomRequest(room), Default.RoomRequest),
            answer => answer.Objects("participants", null, LiveKitJson.Participant),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        RoomCallAsync(
            "RoomService/RemoveParticipant", TwirpEffect.Delete, room,
            Json(new ParticipantRequest(room, identity), Default.ParticipantRequest),
            _ => Done,
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(
        string room, string identity, string trackSid, CancellationToken cancellationToken) =>
        RoomCallAsync(
            "RoomService/MutePublishedTrack", TwirpEffect.Delete, room,
            Json(new MuteTrackRequest(room, identity, trackSid, Muted: true), Default.MuteTrackRequest),
            _ => Done,
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        RoomCallAsync(
            "RoomService/UpdateParticipant", TwirpEffect.Read, room,
            Json(new ParticipantRequest(room, identity), Default.ParticipantRequest),
            _ => Done,
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<LiveKitDispatch>(
                "AgentDispatchService/CreateDispatch",
                TwirpEffect.Create,
                LiveKitGrants.AdministerRoom(request.Room),
                Json(new CreateDispatchRequest(request.Room, request.AgentName, request.Metadata), Default.CreateDispatchRequest),
                answer => LiveKitJson.Dispatch(answer) is { Id: not "" } dispatch ? dispatch : null)
            {
                RequestId = request.RequestId,
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) =>
        RoomCallAsync(
            "AgentDispatchService/ListDispatch", TwirpEffect.Read, room,
            Json(new RoomRequest(room), Default.RoomRequest),
            answer => answer.Objects("agentDispatches", "agent_dispatches", LiveKitJson.Dispatch),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) =>
        RoomCallAsync(
            "AgentDispatchService/DeleteDispatch", TwirpEffect.Delete, room,
            Json(new DispatchRequest(room, dispatchId), Default.DispatchRequest),
            LiveKitJson.Dispatch,
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<LiveKitSipParticipant>(
                "SIP/CreateSIPParticipant",
                TwirpEffect.Create,
                LiveKitGrants.PlaceCalls,
                Json(CreateSipParticipantRequest.Of(request), Default.CreateSipParticipantRequest),
                answer => LiveKitJson.SipParticipant(answer) is { Sid: not "" } participant ? participant : null)
            {
                RequestId = request.RequestId,
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(LiveKitEgressRequest request, CancellationToken cancellationToken)
    {
        var (method, body) = EgressRequests.Start(request);
        return twirp.CallAsync(
            new TwirpCall<LiveKitEgress>(method, TwirpEffect.Create, LiveKitGrants.RecordRooms, body, Egress)
            {
                RequestId = request.RequestId,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<LiveKitEgress>(
                "Egress/StopEgress", TwirpEffect.Delete, LiveKitGrants.RecordRooms, EgressRequests.Stop(egressId), Egress),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<IReadOnlyList<LiveKitEgress>>(
                "Egress/ListEgress",
                TwirpEffect.Read,
                LiveKitGrants.RecordRooms,
                EgressRequests.List(room),
                answer => answer.Objects("items", null, LiveKitJson.Egress)),
            cancellationToken);

    private static LiveKitEgress? Egress(JsonElement answer) => LiveKitJson.Egress(answer) is { EgressId: not "" } egress ? egress : null;

    public Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(
        LiveKitTransferRequest request, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<LiveKitTransfer>(
                "SIP/TransferSIPParticipant",
                TwirpEffect.Create,
                LiveKitGrants.TransferCalls(request.RoomName),
                Json(TransferSipParticipantRequest.Of(request), Default.TransferSipParticipantRequest),
                answer => new LiveKitTransfer(answer.Text("status"))),
            cancellationToken);

    /// <summary>A call about one room, with a token that allows managing just that room.</summary>
    private Task<LiveKitOutcome<T>> RoomCallAsync<T>(
        string method, TwirpEffect effect, string room, byte[] body, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class =>
        twirp.CallAsync(new TwirpCall<T>(method, effect, LiveKitGrants.AdministerRoom(room), body, read), cancellationToken);

    private static byte[] Json<T>(T request, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(request, type);

    /// <summary>Rounded up to whole seconds, because 0 means LiveKit's default.</summary>
    private static long Seconds(TimeSpan? time) => (long)Math.Ceiling(time.GetValueOrDefault().TotalSeconds);
}
