using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

/// <summary>Makes sure that a call's room is gone. That it is not there is success.</summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="participants">Reads participants.</param>
/// <param name="naming">Tells our rooms.</param>
/// <param name="rescue">Takes the caller out while LiveKit does not answer; <c>null</c> where the host cannot.</param>
public sealed class RoomDeleter(ILiveKitApi liveKit, ParticipantMapper participants, RoomNaming naming, ICallerRescue? rescue = null)
{
    private const int RescueFrom = 2;
    private const int ReviveFrom = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Deletes the room of a call.</summary>
    public async Task<EffectOutcome> DeleteAsync(EffectContext context, CallEffect.DeleteRoom effect, CancellationToken cancellationToken)
    {
        var (state, attempt) = (context.State, context.Attempt);
        var learnt = attempt >= RescueFrom && rescue is not null ? await rescue.RescueAsync(state, cancellationToken) : [];
        return await TryAsync(state, attempt, cancellationToken) with { Learnt = learnt };
    }

    /// <summary>Whether LiveKit says that nobody but agents and recorders is in a room.</summary>
    public async Task<bool> IsAbandonedAsync(string roomName, CancellationToken cancellationToken)
    {
        var listed = await liveKit.ListParticipantsAsync(roomName, cancellationToken);
        return listed is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present } && participants.AreMachines(present);
    }

    private async Task<EffectOutcome> TryAsync(CallState state, int attempt, CancellationToken cancellationToken)
    {
        var name = state.Rooms.Name ?? naming.NameOf(state.CallId);
        if (await liveKit.ListRoomsAsync([name], cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            return Later(attempt, "list_rooms");
        }

        // A foreign name that lives under another sid is another call's room by now: hands off.
        var live = rooms.FirstOrDefault(room => room.Name == name);
        if (live is null || naming.CallOf(live.Name, live.Sid) != state.CallId)
        {
            return new EffectOutcome.Done("absent");
        }

        if (!state.IsCall && !await IsAbandonedAsync(name, cancellationToken))
        {
            return new EffectOutcome.Done("in_use");
        }

        if (attempt >= ReviveFrom)
        {
            // After a crash LiveKit lists rooms that no node holds; deleting those answers 503 for ever. Creating the room of that name
            // gives it a node again.
            await liveKit.CreateRoomAsync(new LiveKitRoomRequest(name) { EmptyTimeout = TimeSpan.FromSeconds(1) }, cancellationToken);
        }

        return await liveKit.DeleteRoomAsync(name, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitDone>.Ok => new EffectOutcome.Done("deleted"),
            LiveKitOutcome<LiveKitDone>.NotFound => new EffectOutcome.Done("absent"),
            _ => Later(attempt, "delete_room"),
        };
    }

    private static EffectOutcome Later(int attempt, string reason)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), LongestPause.TotalSeconds));
        return attempt >= CallEffect.DeleteRoom.Attempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(pause, reason);
    }
}
