using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.RoomDeletion;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Finds what fell through: calls whose workflow does not run or lags behind, rooms of ours that no webhook told of or that outlive their
/// call, and stories that are old enough to go.
/// </summary>
public sealed partial class CallSweeper(
    ICallJournal journal,
    ICallWorkflows workflows,
    CallAdvancer steps,
    EventIngestor intake,
    ILiveKitApi liveKit,
    RoomDeleter keeper,
    string roomPrefix,
    TimeSpan retention,
    TimeProvider timeProvider,
    ILogger<CallSweeper> logger)
{
    /// <summary>
    /// For how long a step is due before the sweep takes it itself: a workflow that lives has begun it by then, and one that died over it
    /// no longer holds its claim.
    /// </summary>
    public static TimeSpan Overdue => CallAdvancer.Lease;

    /// <summary>How long after the last news of a closed call its room may be listed before it is taken for a ghost.</summary>
    public static TimeSpan GhostAfter { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Makes sure that every call that is not closed is followed, takes the steps of those that lag behind, and takes in rooms that nobody
    /// knows and rooms that nobody needs. Returns how many calls are open.
    /// </summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var open = new HashSet<CallId>();
        var overdue = 0;
        await foreach (var callId in journal.ListOpenAsync(cancellationToken))
        {
            open.Add(callId);
            var progress = await steps.CatchUpAsync(callId, Overdue, cancellationToken);
            if (progress == CallProgress.CaughtUp)
            {
                LogCaughtUp(callId);
                overdue++;
            }

            if (progress != CallProgress.Over)
            {
                await workflows.EnsureRunningAsync(callId, cancellationToken);
            }
        }

        GatewayMeter.CallsOpen.Record(open.Count);
        GatewayMeter.CallsOverdue.Record(overdue);
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
            await intake.IngestAsync(new ReceivedEvent(callId, InferredEvents.RoomStarted(room, now), Tracking.Follow), cancellationToken);
        }
        else if (now - (state.RoomSettledAt > state.LastEventAt ? state.RoomSettledAt : state.LastEventAt) >= GhostAfter
            && (state.End is not null || await keeper.IsAbandonedAsync(room.Name, cancellationToken)))
        {
            await intake.IngestAsync(new ReceivedEvent(callId, InferredEvents.RoomAbandoned(state, room, now), Tracking.Follow), cancellationToken);
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "A step of call {CallId} was overdue; the sweep took it in the place of its workflow")]
    private partial void LogCaughtUp(CallId callId);
}
