using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.RoomDeletion;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Finds what fell through: calls whose workflow does not run or lags behind, rooms of ours that no webhook reported or that outlive their
/// call, and histories that are older than the retention.
/// </summary>
public sealed partial class CallSweeper(
    CallServices services,
    ICallWorkflows workflows,
    CallAdvancer advancer,
    EventIngestor ingestor,
    TimeSpan retention,
    ILogger<CallSweeper> logger)
{
    private readonly ICallJournal journal = services.Journal;
    private readonly QueueCourier queue = new(services.Outbox, services.Time, services.Loggers.CreateLogger<QueueCourier>());
    private readonly RoomDeleter deleter = new(
        services.LiveKit,
        services.Participants,
        services.Rooms,
        new PresenceDiff(services.Participants));

    /// <summary>
    /// For how long an effect is due before the sweep does it itself: a running workflow has begun it by then, and a host that died over it
    /// no longer holds its claim.
    /// </summary>
    public static TimeSpan Overdue => EffectExecutor.Lease;

    /// <summary>
    /// How long after the last event of a closed call LiveKit may still list its room; after that the room is deleted again.
    /// </summary>
    public static TimeSpan GhostAfter { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Makes sure that every call that is not closed is followed, and leaves alone those that the engine follows in time. Does the overdue
    /// effects of those that lag behind, ingests rooms that the journal does not know and rooms whose call is over, and hands over events
    /// that no call holds. Returns how many calls are open.
    /// </summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var open = new HashSet<CallId>();
        var overdue = 0;
        await foreach (var (callId, _) in journal.ListOpenAsync(cancellationToken))
        {
            open.Add(callId);
            if (workflows.IsInTime(callId, Overdue))
            {
                continue;
            }

            var progress = await advancer.CatchUpAsync(callId, Overdue, cancellationToken);
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
        if (await services.LiveKit.ListRoomsAsync([], cancellationToken)
            is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            foreach (var room in rooms.Where(room => services.Rooms.IsOurs(room.Name)))
            {
                if (services.Rooms.CallOf(room.Name, room.Sid) is var callId && !open.Contains(callId))
                {
                    await TakeInAsync(callId, new RoomSession(room.Name, room.Sid), cancellationToken);
                }
            }
        }

        await queue.SweepAsync(cancellationToken);
        return open.Count;
    }

    /// <summary>
    /// Deletes histories and dead letters older than the retention, and what limits count no more. Returns how many histories.
    /// </summary>
    public async ValueTask<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        await services.Limits.PurgeAsync(now, cancellationToken);
        var before = now - retention;
        await services.Outbox.DeadLetters.PurgeAsync(before, cancellationToken);
        await services.Outbox.Queue.PurgeAsync(before, cancellationToken);
        return await journal.PurgeAsync(before, cancellationToken);
    }

    /// <summary>
    /// A room without an open call: an unknown one may hold a caller; the call of a known one is over, or it never was a call.
    /// </summary>
    private async Task TakeInAsync(CallId callId, RoomSession room, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        if (state.Successor is { } successor)
        {
            await TakeInAsync(successor, room, cancellationToken);
            return;
        }

        if (state.Rooms.Find(room.Sid) is null)
        {
            await ingestor.IngestAsync(
                new ReceivedEvent(callId, InferredEvents.RoomStarted(room, now), Tracking.Follow),
                cancellationToken);
        }
        else if (now - (state.RoomSettledAt > state.LastEventAt ? state.RoomSettledAt : state.LastEventAt) >= GhostAfter
            && (state.End is not null || await deleter.IsAbandonedAsync(room.Name, cancellationToken)))
        {
            await ingestor.IngestAsync(
                new ReceivedEvent(callId, InferredEvents.RoomAbandoned(room, state.Deletions.Count(), now), Tracking.Follow),
                cancellationToken);
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "An effect of call {CallId} was overdue; the sweep did it in the place of its workflow")]
    private partial void LogCaughtUp(CallId callId);
}
