using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls;

/// <summary>Finds what fell through: calls whose workflow does not run, rooms of ours that no webhook told of or that outlive their call, and stories that are old enough to go.</summary>
public sealed class CallSweeper(
    ICallJournal journal, ICallWorkflows workflows, CallIntake intake, ILiveKitApi liveKit, RoomKeeper keeper, string roomPrefix, TimeSpan retention, TimeProvider timeProvider)
{
    /// <summary>How long after the last news of a closed call its room may be listed before it is taken for a ghost.</summary>
    public static TimeSpan GhostAfter { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Makes sure that every call that is not closed is followed, and takes in rooms that nobody knows and rooms that nobody needs. Returns how many calls are open.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var open = new HashSet<CallId>();
        await foreach (var callId in journal.ListOpenAsync(cancellationToken))
        {
            open.Add(callId);
            await workflows.EnsureRunningAsync(callId, cancellationToken);
        }

        GatewayMeter.CallsOpen.Record(open.Count);
        if (await liveKit.ListRoomsAsync([], cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            foreach (var room in rooms.Where(room => CallId.IsOurRoom(roomPrefix, room.Name)))
            {
                if (CallId.ForRoom(roomPrefix, room.Name, room.Sid) is var callId && !open.Contains(callId))
                {
                    await TakeInAsync(callId, new RoomSession(room.Name, room.Sid), cancellationToken);
                }
            }
        }

        return open.Count;
    }

    /// <summary>Deletes stories older than the retention. Returns how many.</summary>
    public ValueTask<int> PurgeAsync(CancellationToken cancellationToken) => journal.PurgeAsync(timeProvider.GetUtcNow() - retention, cancellationToken);

    /// <summary>A room that nobody follows: unknown, it may hold a caller; known, its call is over or it never was one.</summary>
    private async Task TakeInAsync(CallId callId, RoomSession room, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        if (!state.Rooms.ContainsKey(room.Sid))
        {
            await intake.TakeAsync(new CallOccurrence(callId, Inference.RoomStarted(room, now), CallWatch.Open), cancellationToken);
        }
        else if (now - (state.RoomSettledAt > state.LastEventAt ? state.RoomSettledAt : state.LastEventAt) >= GhostAfter
            && (state.End is not null || await keeper.IsAbandonedAsync(room.Name, cancellationToken)))
        {
            await intake.TakeAsync(new CallOccurrence(callId, Inference.RoomAbandoned(state, room, now), CallWatch.Open), cancellationToken);
        }
    }
}
