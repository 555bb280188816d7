using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// LiveKit's API as a strand asks it. A read can be refused or hang; a write can be turned away, lost on its way, or done without the
/// answer coming back; either can take until the client's deadline.
/// </summary>
internal sealed class LiveKitPort(Strand strand, CallWorld world) : ILiveKitApi
{
    private static readonly TimeSpan Deadline = new LiveKitApiOptions().Deadline;
    private static readonly string[] ReadTroubles = ["away", "hangs"];
    private static readonly string[] WriteTroubles = ["away", "dropped", "lost", "hangs", "stuck", Strand.Crash, Strand.CrashAfter];
    private static readonly string[] FencedTroubles = [.. WriteTroubles, Strand.Stall];

    private static readonly string[] MercilessTroubles = [.. FencedTroubles, Strand.StallThenAct, "straggles"];
    private static readonly TimeSpan Straggling = TimeSpan.FromSeconds(6);

    private ModelLiveKit LiveKit => world.LiveKit;

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LiveKitRoom>>(
            "ListRooms",
            () => [.. LiveKit.Rooms.Where(room => names.Count == 0 || names.Contains(room.Name)).Select(room => room.Listed)],
            rooms => rooms.Aggregate(1UL, (print, room) => Fingerprint.Of(print, Fingerprint.Of(room.Sid), Fingerprint.Of(room.Name))),
            cancellationToken);

    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        WriteAsync("CreateRoom", request.Name, () => Done(LiveKit.Open(request).Listed), cancellationToken);

    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) =>
        WriteAsync(
            "DeleteRoom",
            room,
            () =>
            {
                world.Others.Closes(strand, LiveKit.Find(room));
                world.Witness.Deletes(strand, room);
                return Done(LiveKit.Close(room, LiveKitDisconnectReason.RoomDeleted) ? new LiveKitDone() : null);
            },
            cancellationToken);

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LiveKitParticipant>>(
            "ListParticipants",
            () =>
            {
                world.Others.Listed(strand, room);
                return [.. (LiveKit.Find(room)?.Inside ?? []).Select(guest => guest.AsParticipant())];
            },
            guests => guests.Aggregate(1UL, (print, guest) => Fingerprint.Of(
                print,
                Fingerprint.Of(guest.Sid),
                guest.HasAudioTrack ? guest.Tracks[0].IsMuted ? 2UL : 1UL : 0,
                Fingerprint.Of(guest.Attribute(LiveKitAttributes.SipCallStatus)))),
            cancellationToken);

    public Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        ReadAsync(
            "ReachParticipant",
            () =>
            {
                world.Others.Touches(room, "ReachParticipant");
                var guest = LiveKit.Find(room)?.Inside.Find(inside => inside.Identity == identity);
                return guest is { IsDead: false } ? new LiveKitDone() : null;
            },
            _ => 1UL,
            cancellationToken);

    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        WriteAsync(
            "RemoveParticipant",
            room,
            () =>
            {
                var guest = LiveKit.Find(room)?.Inside.Find(inside => inside.Identity == identity);
                world.Others.Removes(strand, room, guest);
                return Done(LiveKit.Leave(room, guest, LiveKitDisconnectReason.ParticipantRemoved) ? new LiveKitDone() : null);
            },
            cancellationToken);

    public Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(
        string room, string identity, string trackSid, CancellationToken cancellationToken) =>
        WriteAsync(
            "MuteTrack",
            room,
            () => Done(LiveKit.Mute(room, LiveKit.Find(room)?.Inside.Find(inside => inside.Identity == identity))
                ? new LiveKitDone()
                : null),
            cancellationToken);

    /// <summary>Where it is accepted, the phone leaves like one that hangs up.</summary>
    public Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(
        LiveKitTransferRequest request, CancellationToken cancellationToken) =>
        WriteAsync("TransferSipParticipant", request.RoomName, () => world.Phone.Transfer(request), cancellationToken);

    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) =>
        WriteAsync(
            "CreateDispatch",
            request.Room,
            () =>
            {
                world.Witness.Dispatched(request);
                world.Others.Dispatches(strand, request);
                return Done(LiveKit.Dispatch(request.Room, request.AgentName, request.Metadata));
            },
            cancellationToken);

    /// <summary>A room that is not there answers like an outage.</summary>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LiveKitDispatch>>(
            "ListDispatches",
            () =>
            {
                world.Others.Touches(room, "ListDispatches");
                return LiveKit.Find(room)?.Dispatches.ConvertAll(dispatch => dispatch.Listed);
            },
            listed => listed.Aggregate(1UL, (print, dispatch) => Fingerprint.Of(print, Fingerprint.Of(dispatch.Id))),
            cancellationToken);

    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken) =>
        WriteAsync(
            "CreateSipParticipant",
            request.RoomName,
            () => Done(request.SipTrunkId != CallWorld.TrunkId ? null
                : world.Scenario.IsOutbound ? world.CalleePhone.Dial(request)
                : world.Phone.Dial(request)),
            cancellationToken);

    /// <summary>In a room that is not there nobody knows whether it was done.</summary>
    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) =>
        WriteAsync(
            "DeleteDispatch",
            room,
            () =>
            {
                if (LiveKit.Find(room) is not { } live)
                {
                    return new LiveKitOutcome<LiveKitDispatch>.Unknown(null);
                }

                world.Others.TakesBack(strand, live.Dispatches.Find(dispatch => dispatch.Listed.Id == dispatchId)?.Listed);
                return Done(LiveKit.TakeBack(live, dispatchId));
            },
            cancellationToken);

    public Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(LiveKitEgressRequest request, CancellationToken cancellationToken) =>
        WriteAsync("StartEgress", request.Room, () => Done(world.Recorders.Start(request)), cancellationToken);

    /// <summary>One that is over already is refused.</summary>
    public Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken)
    {
        world.Recorders.Tries(egressId);
        return WriteAsync(
            "StopEgress",
            world.Recorders.RoomOf(egressId)?.Name ?? world.RoomName,
            () =>
            {
                var stopped = world.Recorders.Stop(egressId, out var isOver);
                return isOver
                    ? new LiveKitOutcome<LiveKitEgress>.Refused(
                        new LiveKitError("failed_precondition", "", LiveKitAttributes.None, 412))
                    : Done(stopped);
            },
            cancellationToken);
    }

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LiveKitEgress>>(
            "ListEgress",
            () => world.Recorders.List(room),
            listed => listed.Aggregate(1UL, (print, egress) => Fingerprint.Of(
                print, Fingerprint.Of(egress.EgressId), Fingerprint.Of(egress.Status))),
            cancellationToken);

    private static LiveKitOutcome<T> Done<T>(T? done)
        where T : class => done is null
        ? new LiveKitOutcome<T>.NotFound(new LiveKitError("not_found", "", LiveKitAttributes.None, 404))
        : new LiveKitOutcome<T>.Ok(done);

    private Task<LiveKitOutcome<T>> ReadAsync<T>(string what, Func<T?> read, Func<T, ulong> seen, CancellationToken cancellationToken)
        where T : class => strand.AskAsync(
        what,
        ReadTroubles,
        trouble => trouble.Length == 0 && read() is { } value
            ? new Answer<LiveKitOutcome<T>>(new LiveKitOutcome<T>.Ok(value), seen(value))
            : new Answer<LiveKitOutcome<T>>(new LiveKitOutcome<T>.Unavailable(null), 2) { After = trouble == "hangs" ? Deadline : null },
        cancellationToken);

    private Task<LiveKitOutcome<T>> WriteAsync<T>(
        string what, string room, Func<LiveKitOutcome<T>> write, CancellationToken cancellationToken)
        where T : class => strand.AskAsync(
        what,
        what == "CreateDispatch" && world.Scenario.IsMerciless ? MercilessTroubles : strand.Host.HasOthers ? FencedTroubles : WriteTroubles,
        trouble =>
        {
            if (trouble is "away")
            {
                return new Answer<LiveKitOutcome<T>>(new LiveKitOutcome<T>.Unavailable(null), 3);
            }

            if (trouble is "straggles")
            {
                world.After(Straggling, $"{what} at last", [], _ => write());
            }

            LiveKitOutcome<T> answer = new LiveKitOutcome<T>.Unknown(null);
            if (trouble is "" or "lost" or "stuck")
            {
                world.Witness.Acts(strand, what, room);
                var done = write();
                answer = trouble.Length > 0 ? answer : done;
            }

            return new Answer<LiveKitOutcome<T>>(answer, Fingerprint.Of(answer.GetType().Name))
            {
                After = trouble is "hangs" or "stuck" or "straggles" ? Deadline : null,
            };
        },
        cancellationToken);
}
