using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

/// <summary>Makes sure that a call's room is gone. That it is not there is success.</summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="participants">Reads participants.</param>
/// <param name="naming">Tells our rooms.</param>
/// <param name="presence">Learns who is there.</param>
/// <param name="rescue">Takes the caller out while LiveKit does not answer; <c>null</c> where the host cannot.</param>
public sealed class RoomDeleter(
    ILiveKitApi liveKit, ParticipantMapper participants, RoomNaming naming, PresenceDiff presence, ICallerRescue? rescue = null)
{
    private const int RescueFrom = 2;
    private const int ReviveFrom = 3;
    private static readonly TimeSpan InUse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Deletes the room of a call.</summary>
    public async Task<EffectOutcome> DeleteAsync(EffectContext context, CallEffect.DeleteRoom effect, CancellationToken cancellationToken)
    {
        var (state, attempt) = (context.State, context.Attempt);
        var learnt = attempt >= RescueFrom && rescue is not null ? await rescue.RescueAsync(state, cancellationToken) : [];
        var outcome = await TryAsync(context, cancellationToken);
        return learnt.Count == 0 ? outcome : outcome with { Learnt = [.. outcome.Learnt, .. learnt] };
    }

    /// <summary>Whether LiveKit says that nobody but agents and recorders is in a room.</summary>
    public async Task<bool> IsAbandonedAsync(string roomName, CancellationToken cancellationToken)
    {
        var listed = await liveKit.ListParticipantsAsync(roomName, cancellationToken);
        return listed is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present } && participants.AreMachines(present);
    }

    private async Task<EffectOutcome> TryAsync(EffectContext context, CancellationToken cancellationToken)
    {
        var (state, attempt) = (context.State, context.Attempt);
        var name = state.Rooms.Name ?? naming.NameOf(state.CallId);
        if (await liveKit.ListRoomsAsync([name], cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            return Later(attempt, "list_rooms");
        }

        // A room that is another call's by now: hands off.
        var live = rooms.FirstOrDefault(room => room.Name == name);
        if (live is null || !state.Owns(live, naming))
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

        // Nobody is thrown out who does not belong to the call: who came meanwhile is learnt, and the policy decides anew.
        if (await liveKit.ListParticipantsAsync(name, cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present })
        {
            return Later(attempt, "list_participants");
        }

        if (present.Any(participant => IsOther(state, participant)))
        {
            var learnt = presence.Diff(state, new RoomSession(live.Name, live.Sid), present, context.Now).ToList();
            return new EffectOutcome.TryAgain(InUse, "in_use") { Learnt = learnt };
        }

        return await liveKit.DeleteRoomAsync(name, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitDone>.Ok => new EffectOutcome.Done("deleted"),
            LiveKitOutcome<LiveKitDone>.NotFound => new EffectOutcome.Done("absent"),
            _ => Later(attempt, "delete_room"),
        };
    }

    /// <summary>
    /// Whether a participant is a caller of whom the call knows nothing, or a human who talks and whom the call did not dial. One who is
    /// known to be gone is a ghost of a crashed server, and whom the call itself dialled is its own.
    /// </summary>
    private bool IsOther(CallState state, LiveKitParticipant participant)
    {
        var leg = participants.LegOf(participant);
        if (leg.IsCallee)
        {
            return false;
        }

        return state.Legs.Find(leg.Sid) is { WasThere: true } known
            ? known.Left is null && leg.Role != LegRole.Human && Talks()
            : leg.Role == LegRole.Caller ? state.IsCall && participant.State == LiveKitParticipantState.Active : Talks();

        bool Talks() => state.Cast.PartOf(leg) == LegPart.Human
            && leg.Role != LegRole.Human
            && (leg.IsDialled ? leg.IsAnswered : participant.HasAudioTrack);
    }

    private static EffectOutcome Later(int attempt, string reason)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), LongestPause.TotalSeconds));
        return attempt >= CallEffect.DeleteRoom.Attempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(pause, reason);
    }
}
