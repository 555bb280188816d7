using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Effects;
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
    CallServices services,
    ICallWorkflows workflows,
    CallAdvancer advancer,
    EventIngestor ingestor,
    TimeSpan retention,
    ILogger<CallSweeper> logger)
{
    private readonly ICallJournal journal = services.Journal;
    private readonly RoomDeleter deleter = new(services.LiveKit, services.Participants, services.Rooms);

    /// <summary>
    /// For how long a step is due before the sweep takes it itself: a workflow that lives has begun it by then, and one that died over it
    /// no longer holds its claim.
    /// </summary>
    public static TimeSpan Overdue => EffectExecutor.Lease;

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
        if (await services.LiveKit.ListRoomsAsync([], cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            foreach (var room in rooms.Where(room => services.Rooms.IsOurs(room.Name)))
            {
                if (services.Rooms.CallOf(room.Name, room.Sid) is var callId && !open.Contains(callId))
                {
                    await TakeInAsync(callId, new RoomSession(room.Name, room.Sid), cancellationToken);
                }
            }
        }

        return open.Count;
    }

    /// <summary>Deletes stories older than the retention. Returns how many.</summary>
    public ValueTask<int> PurgeAsync(CancellationToken cancellationToken) => journal.PurgeAsync(services.Time.GetUtcNow() - retention, cancellationToken);

    /// <summary>A room that nobody follows: unknown, it may hold a caller; known, its call is over or it never was one.</summary>
    private async Task TakeInAsync(CallId callId, RoomSession room, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        if (state.Rooms.Find(room.Sid) is null)
        {
            await ingestor.IngestAsync(new ReceivedEvent(callId, InferredEvents.RoomStarted(room, now), Tracking.Follow), cancellationToken);
        }
        else if (now - (state.RoomSettledAt > state.LastEventAt ? state.RoomSettledAt : state.LastEventAt) >= GhostAfter
            && (state.End is not null || await deleter.IsAbandonedAsync(room.Name, cancellationToken)))
        {
            await ingestor.IngestAsync(new ReceivedEvent(callId, InferredEvents.RoomAbandoned(room, state.Deletions.Count(), now), Tracking.Follow), cancellationToken);
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "A step of call {CallId} was overdue; the sweep took it in the place of its workflow")]
    private partial void LogCaughtUp(CallId callId);
}
