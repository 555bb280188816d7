using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

/// <summary>Makes sure that a call's room is gone. That it is not there is success.</summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="legs">Reads participants.</param>
/// <param name="roomPrefix">What the names of our rooms begin with.</param>
/// <param name="stranded">Helps the caller while LiveKit does not answer; <c>null</c> where the host cannot.</param>
public sealed class RoomDeleter(ILiveKitApi liveKit, ParticipantMapper legs, string roomPrefix, TwilioCallerRescue? stranded = null)
{
    /// <summary>How often a deletion is tried before it is given up; with the growing pauses that is about half an hour.</summary>
    public const int MaxAttempts = 36;

    private const int HelpFrom = 2;
    private const int ReviveFrom = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Deletes the room of a call.</summary>
    /// <param name="state">The call.</param>
    /// <param name="attempt">How often this was begun, from 1.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<EffectOutcome> DeleteAsync(CallState state, int attempt, CancellationToken cancellationToken)
    {
        var learnt = attempt >= HelpFrom && stranded is not null ? await stranded.HelpAsync(state, cancellationToken) : [];
        return await TryAsync(state, attempt, cancellationToken) with { Learnt = learnt };
    }

    /// <summary>Whether LiveKit says that nobody but agents and recorders is in a room.</summary>
    public async Task<bool> IsAbandonedAsync(string roomName, CancellationToken cancellationToken) =>
        await liveKit.ListParticipantsAsync(roomName, cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var participants } && legs.AreMachines(participants);

    private async Task<EffectOutcome> TryAsync(CallState state, int attempt, CancellationToken cancellationToken)
    {
        var name = state.RoomName ?? state.CallId.RoomName(roomPrefix);
        if (await liveKit.ListRoomsAsync([name], cancellationToken) is not LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms })
        {
            return Later(attempt, "list_rooms");
        }

        // A foreign name that lives under another sid is another call's room by now: hands off.
        var live = rooms.FirstOrDefault(room => room.Name == name);
        if (live is null || CallId.ForRoom(roomPrefix, live.Name, live.Sid) != state.CallId)
        {
            return new EffectOutcome.Done("absent");
        }

        if (!state.IsCall && !await IsAbandonedAsync(name, cancellationToken))
        {
            return new EffectOutcome.Done("in_use");
        }

        if (attempt >= ReviveFrom)
        {
            // After a crash LiveKit lists rooms that no node holds; deleting those answers 503 for ever. Creating the room of that name gives it a node again.
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
        return attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(pause, reason);
    }
}
