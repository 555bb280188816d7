using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Webhooks;

namespace VoiceFunctions.Simulator.LiveKit.Recorders;

/// <summary>
/// Records rooms and tracks, as LiveKit's egress service does: a hidden participant of kind EGRESS joins, and what it hears goes into a
/// file when the recording is stopped, or the track or the room ends. Everything happens under the directory's lock.
/// </summary>
internal sealed class EgressService(
    TimeProvider clock, Chance chance, RoomDirectory rooms, Action<WebhookMessage> tell, NetworkLog log)
{
    private const int BytesPerSecond = 6_000;

    private readonly List<Egress> all = [];

    /// <summary>What the recorder of the how-manieth recording does, the first being 1.</summary>
    public Func<int, RecorderBehaviour> BehaviourOf { get; set; } = _ => RecorderBehaviour.Good;

    /// <summary>Whether no recorder would take a recording now.</summary>
    public bool IsBusy => rooms.Read(_ => BehaviourOf(all.Count + 1).IsBusy);

    /// <summary>Takes a recording; <c>null</c> where the room does not live.</summary>
    public Egress? Start(EgressOrder order)
    {
        Egress? started = null;
        rooms.Change(() =>
        {
            if (rooms.Read(order.RoomName, room => room) is not { } room)
            {
                return;
            }

            var behaviour = BehaviourOf(all.Count + 1);
            var id = chance.Id("EG_");
            var truth = new RecordingTruth(id, order.Path, order.Track, clock.GetUtcNow());
            room.Truth.Recordings = [.. room.Truth.Recordings, truth];
            started = new Egress(id, room, order, truth);
            all.Add(started);
            log.Tell("livekit", $"takes the recording {id} of {order.Track ?? "all of the room"}");
            Tell(LiveKitEventName.EgressStarted, started);
            if (behaviour.RecordsAfter is { } after)
            {
                Later(started, after, egress => Begin(egress, behaviour));
            }
        });
        return started;
    }

    /// <summary>Stops a recording; the reason why it cannot be, or <c>null</c>.</summary>
    public EgressRefusal? Stop(string id, out Egress? egress)
    {
        EgressRefusal? refusal = null;
        Egress? found = null;
        rooms.Change(() =>
        {
            found = all.Find(known => known.Id == id);
            refusal = found is null ? EgressRefusal.Unknown
                : LiveKitEgressStatus.GoesOn(found.Status) && found.Status != LiveKitEgressStatus.Ending ? null
                : EgressRefusal.Over;
            if (found is null || refusal is not null)
            {
                return;
            }

            found.Truth.StoppedAt ??= clock.GetUtcNow();
            found.Details = "End reason: StopEgress API";
            log.Tell("livekit", $"stops the recording {id}");
            if (found.Status == LiveKitEgressStatus.Starting)
            {
                End(found, LiveKitEgressStatus.Aborted, "Stop called before pipeline could start", 412);
            }
            else
            {
                Cease(found);
            }
        });
        egress = found;
        return refusal;
    }

    /// <summary>The recordings of rooms of a name, of all sessions.</summary>
    public IReadOnlyList<Egress> List(string roomName, string id, bool isActive) => rooms.Read(_ => all
        .Where(egress => roomName.Length == 0 || egress.Room.Name == roomName)
        .Where(egress => id.Length == 0 || egress.Id == id)
        .Where(egress => !isActive || LiveKitEgressStatus.GoesOn(egress.Status))
        .ToArray());

    /// <summary>Stops the clocks of all recordings.</summary>
    public void Stop() => rooms.Change(() => all.ForEach(egress => egress.Next?.Dispose()));

    private void Begin(Egress egress, RecorderBehaviour behaviour)
    {
        if (egress.Status != LiveKitEgressStatus.Starting)
        {
            return;
        }

        if (!HasSource(egress))
        {
            End(egress, LiveKitEgressStatus.Failed, $"track {egress.Order.Track} not found", 404);
            return;
        }

        egress.Participant = rooms.Join(egress.Room, room => new Participant(
            room, chance.Id("PA_"), egress.Id, ParticipantKind.Egress, clock.GetUtcNow(), new TaskCompletionSource<string>())
        {
            IsHidden = true,
            RoomChanged = () => EndWithSource(egress, behaviour),
            Leaving = _ => EndWithRoom(egress, behaviour),
        });
        if (egress.Participant is null)
        {
            End(egress, LiveKitEgressStatus.Aborted, "Start signal not received", 412);
            return;
        }

        (egress.Truth.RecordsFrom, egress.StartedAt) = (clock.GetUtcNow(), clock.GetUtcNow());
        Change(egress, LiveKitEgressStatus.Active);
        if (behaviour.FailsAfter is { } after)
        {
            Later(egress, after, failing => End(failing, LiveKitEgressStatus.Failed, "recording ended early: upload failed", 500));
        }
    }

    /// <summary>Under the directory's lock: somebody came, left, began to speak or ceased to.</summary>
    private void EndWithSource(Egress egress, RecorderBehaviour behaviour)
    {
        if (egress is { Status: LiveKitEgressStatus.Active, Order.Track: not null } && !HasSource(egress))
        {
            EndWithRoom(egress, behaviour);
        }
    }

    private void EndWithRoom(Egress egress, RecorderBehaviour behaviour)
    {
        if (egress.Status == LiveKitEgressStatus.Active)
        {
            egress.Details = "End reason: Source closed";
            Cease(egress, behaviour.WritesFor);
        }
    }

    private void Cease(Egress egress, TimeSpan? writesFor = null)
    {
        egress.Truth.OverAt ??= clock.GetUtcNow();
        Change(egress, LiveKitEgressStatus.Ending);
        if (egress.Participant is { } recorder)
        {
            rooms.Leave(recorder, LiveKitDisconnectReason.ClientInitiated);
        }

        Later(egress, writesFor ?? RecorderBehaviour.Good.WritesFor, done => End(done, LiveKitEgressStatus.Complete, "", 0));
    }

    private void End(Egress egress, string status, string error, int code)
    {
        if (!LiveKitEgressStatus.GoesOn(egress.Status))
        {
            return;
        }

        var now = clock.GetUtcNow();
        egress.Truth.OverAt ??= now;
        egress.Truth.Status = status;
        (egress.Status, egress.Error, egress.ErrorCode, egress.EndedAt, egress.UpdatedAt) = (status, error, code, now, now);
        if (egress.Participant is { } recorder)
        {
            rooms.Leave(recorder, LiveKitDisconnectReason.ClientInitiated);
        }

        log.Tell("livekit", $"ended the recording {egress.Id}: {status}");
        Tell(LiveKitEventName.EgressEnded, egress);
    }

    private void Change(Egress egress, string status)
    {
        (egress.Status, egress.UpdatedAt) = (status, clock.GetUtcNow());
        Tell(LiveKitEventName.EgressUpdated, egress);
    }

    private static bool HasSource(Egress egress) => egress.Order.Track is not { } track
        || egress.Room.Participants.Exists(participant => participant.Tracks.Exists(known => known.Sid == track));

    private void Later(Egress egress, TimeSpan after, Action<Egress> act)
    {
        egress.Next?.Dispose();
        egress.Next = clock.CreateTimer(_ => rooms.Change(() => act(egress)), null, after, Timeout.InfiniteTimeSpan);
    }

    private void Tell(string name, Egress egress) => tell(EgressMessage.Of(name, egress, egress.HasFile ? SizeOf(egress) : 0));

    /// <summary>What a file of its length has, about.</summary>
    public static long SizeOf(Egress egress) => (long)(egress.Duration.TotalSeconds * BytesPerSecond) + 512;
}

/// <summary>Why a recording cannot be stopped.</summary>
internal enum EgressRefusal
{
    /// <summary>There is none of that id.</summary>
    Unknown,

    /// <summary>It is over, or ending.</summary>
    Over,
}
