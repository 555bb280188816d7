using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;

namespace VoiceFunctions.Testing.LiveKit;

/// <summary>The way to a LiveKit: notes what is asked, and goes wrong where a test says so.</summary>
public class TroubledLiveKit(ILiveKitApi inner, TimeProvider clock) : ILiveKitApi
{
    private readonly Dictionary<string, Queue<Trouble?>> script = [];
    private readonly List<string> asked = [];
    private readonly List<(LiveKitDispatchRequest Request, DateTimeOffset At)> made = [];
    private readonly List<(LiveKitSipParticipantRequest Request, DateTimeOffset At)> dialled = [];
    private readonly List<LiveKitTransferRequest> transferred = [];

    /// <summary>Whether every call is turned away.</summary>
    public bool IsAway { get; set; }

    /// <summary>The trouble of a call that has no script, by its method; <c>null</c> for none.</summary>
    public Func<string, Trouble?> Chance { get; set; } = _ => null;

    /// <summary>The methods that were asked, in order.</summary>
    public IReadOnlyList<string> Asked => asked;

    /// <summary>The dispatches that really reached LiveKit, in order.</summary>
    public IReadOnlyList<(LiveKitDispatchRequest Request, DateTimeOffset At)> Made => made;

    /// <summary>The phones that were really dialled, in order.</summary>
    public IReadOnlyList<(LiveKitSipParticipantRequest Request, DateTimeOffset At)> Dialled => dialled;

    /// <summary>The transfers that really reached LiveKit, in order.</summary>
    public IReadOnlyList<LiveKitTransferRequest> Transferred => transferred;

    /// <summary>The next calls of a method go wrong like this, <c>null</c> for one that does not.</summary>
    public void Script(string method, params Trouble?[] troubles)
    {
        var queue = script.TryGetValue(method, out var known) ? known : script[method] = new Queue<Trouble?>();
        Array.ForEach(troubles, queue.Enqueue);
    }

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        ReadAsync("ListRooms", () => inner.ListRoomsAsync(names, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        WriteAsync("CreateRoom", () => inner.CreateRoomAsync(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) =>
        WriteAsync("DeleteRoom", () => inner.DeleteRoomAsync(room, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        ReadAsync("ListParticipants", () => inner.ListParticipantsAsync(room, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        ReadAsync("ReachParticipant", () => inner.ReachParticipantAsync(room, identity, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        WriteAsync("RemoveParticipant", () => inner.RemoveParticipantAsync(room, identity, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(
        string room, string identity, string trackSid, CancellationToken cancellationToken) =>
        WriteAsync("MuteTrack", () => inner.MuteTrackAsync(room, identity, trackSid, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(
        LiveKitTransferRequest request, CancellationToken cancellationToken) => WriteAsync(
        "TransferSipParticipant",
        () =>
        {
            transferred.Add(request);
            return inner.TransferSipParticipantAsync(request, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) =>
        WriteAsync(
            "CreateDispatch",
            () =>
            {
                made.Add((request, clock.GetUtcNow()));
                return inner.CreateDispatchAsync(request, cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) =>
        ReadAsync("ListDispatches", () => inner.ListDispatchesAsync(room, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken) => WriteAsync(
        "CreateSipParticipant",
        () =>
        {
            dialled.Add((request, clock.GetUtcNow()));
            return inner.CreateSipParticipantAsync(request, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) =>
        WriteAsync("DeleteDispatch", () => inner.DeleteDispatchAsync(room, dispatchId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(LiveKitEgressRequest request, CancellationToken cancellationToken) =>
        WriteAsync("StartEgress", () => inner.StartEgressAsync(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken) =>
        WriteAsync("StopEgress", () => inner.StopEgressAsync(egressId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken) =>
        ReadAsync("ListEgress", () => inner.ListEgressAsync(room, cancellationToken), cancellationToken);

    private Task<LiveKitOutcome<T>> ReadAsync<T>(string method, Func<Task<LiveKitOutcome<T>>> ask, CancellationToken cancellationToken) =>
        AskAsync(method, ask, new LiveKitOutcome<T>.Unavailable(null), cancellationToken);

    private Task<LiveKitOutcome<T>> WriteAsync<T>(string method, Func<Task<LiveKitOutcome<T>>> ask, CancellationToken cancellationToken) =>
        AskAsync(method, ask, new LiveKitOutcome<T>.Unknown(null), cancellationToken);

    private async Task<LiveKitOutcome<T>> AskAsync<T>(
        string method, Func<Task<LiveKitOutcome<T>>> ask, LiveKitOutcome<T> withoutAnswer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        asked.Add(method);
        var trouble = IsAway
            ? Trouble.Unavailable
            : script.TryGetValue(method, out var queue) && queue.TryDequeue(out var scripted) ? scripted : Chance(method);
        switch (trouble)
        {
            case Trouble.Refused:
                return new LiveKitOutcome<T>.Refused(new LiveKitError("unauthenticated", "", LiveKitAttributes.None, 401));
            case Trouble.Unavailable:
                return new LiveKitOutcome<T>.Unavailable(null);
            case Trouble.LostRequest:
                return withoutAnswer;
            case Trouble.HangsBefore:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
                return withoutAnswer;
            case Trouble.LostAnswer:
                await ask();
                return withoutAnswer;
            case Trouble.HangsAfter:
                await ask();
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
                return withoutAnswer;
            default:
                return await ask();
        }
    }
}
