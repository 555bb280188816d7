using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls;

/// <summary>Finds what fell through: calls whose workflow does not run, rooms of ours that no webhook told of, and stories that are old enough to go.</summary>
public sealed class CallSweeper(ICallJournal journal, ICallWorkflows workflows, CallIntake intake, ILiveKitApi liveKit, string roomPrefix, TimeSpan retention, TimeProvider timeProvider)
{
    /// <summary>Makes sure that every call that is not closed is followed, and takes rooms in that nobody knows. Returns how many calls are open.</summary>
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
            foreach (var room in rooms.Where(room => room.Name.StartsWith($"{roomPrefix}_", StringComparison.Ordinal)))
            {
                await TakeUnknownAsync(room, open, cancellationToken);
            }
        }

        return open.Count;
    }

    /// <summary>Deletes stories older than the retention. Returns how many.</summary>
    public ValueTask<int> PurgeAsync(CancellationToken cancellationToken) => journal.PurgeAsync(timeProvider.GetUtcNow() - retention, cancellationToken);

    private async Task TakeUnknownAsync(LiveKitRoom room, HashSet<CallId> open, CancellationToken cancellationToken)
    {
        var callId = CallId.ForRoom(roomPrefix, room.Name, room.Sid);
        if (open.Contains(callId))
        {
            return;
        }

        var story = await journal.ReadAsync(callId, cancellationToken);
        if (story.Events.All(known => known.Room?.Sid != room.Sid))
        {
            var started = new CallEvent($"inferred:room_started:{room.Sid}", timeProvider.GetUtcNow(), new CallFact.RoomStarted())
            {
                Room = new RoomSession(room.Name, room.Sid),
                Inferred = true,
            };
            await intake.TakeAsync(new CallOccurrence(callId, started, CallWatch.Open), cancellationToken);
        }
    }
}
