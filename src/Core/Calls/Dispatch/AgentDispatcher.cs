using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using Dispatches = VoiceFunctions.Core.LiveKit.Api.LiveKitOutcome<System.Collections.Generic.IReadOnlyList<VoiceFunctions.Core.LiveKit.LiveKitDispatch>>;
using Participants = VoiceFunctions.Core.LiveKit.Api.LiveKitOutcome<System.Collections.Generic.IReadOnlyList<VoiceFunctions.Core.LiveKit.LiveKitParticipant>>;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>
/// Sends exactly one agent into a room. LiveKit's CreateDispatch adds an agent each time it is called, and its list of dispatches says nothing about life: so a dispatch is looked for before
/// it is made, never repeated blindly, and the only proof of an agent is its participant.
/// </summary>
public sealed class AgentDispatcher(ILiveKitApi liveKit, ParticipantMapper legs, Reconciler reconciler)
{
    /// <summary>What the result of a dispatch begins with that sent nobody, because an agent was there or on its way.</summary>
    internal const string Adopted = "adopted:";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>Dispatches the agent of an epoch, or adopts one that is there or on its way already.</summary>
    /// <param name="state">The call; its caller is in the room. Where it has ended, it is only looked up whether the dispatch was made.</param>
    /// <param name="dispatch">Which agent. A later epoch than the first one clears away what an earlier one left; the reserve also an agent that is there and says nothing.</param>
    /// <param name="attempt">How often this epoch was begun, from 1: a later attempt must find what an earlier one may have done.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="cancellationToken">Ends the attempt; whether the dispatch was made is then unknown, and the next attempt finds out.</param>
    public async Task<EffectOutcome> DispatchAsync(CallState state, CallEffect.DispatchAgent dispatch, int attempt, AgentConfig agent, CancellationToken cancellationToken)
    {
        var epoch = dispatch.Epoch;
        if (state.LiveAgents.FirstOrDefault(leg => !dispatch.Reserve || leg.HeardFrom is not null) is { } present)
        {
            return new EffectOutcome.Done($"{Adopted}{present.Sid}");
        }

        var room = state.RoomName!;
        var listed = await liveKit.ListDispatchesAsync(room, cancellationToken);
        if (listed is Dispatches.Ok { Value: var known } && Find(known, state, epoch) is { } found)
        {
            return new EffectOutcome.Done(found);
        }

        if (state.End is not null)
        {
            return new EffectOutcome.GaveUp("call_ended");
        }

        if (listed is Dispatches.Ok { Value: var dispatches })
        {
            if (epoch > 1 && !await ClearAsync(room, dispatches, cancellationToken))
            {
                return new EffectOutcome.TryAgain(Soon, "clear");
            }
        }
        else if (await liveKit.ListRoomsAsync([room], cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms } && rooms.All(other => other.Name != room))
        {
            // Dispatching into a room that is gone would open it again.
            return new EffectOutcome.TryAgain(Later, "no_room");
        }
        else if (attempt > 1 || epoch > 1)
        {
            return new EffectOutcome.TryAgain(Soon, "list_dispatches");
        }

        var request = new LiveKitDispatchRequest(room, agent.Name, DispatchMetadata.Of(state.CallId, epoch, agent)) { RequestId = DispatchMetadata.FenceOf(state.CallId, epoch) };
        return await liveKit.CreateDispatchAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitDispatch>.Ok { Value: var made } => new EffectOutcome.Done($"created:{made.Id}"),
            LiveKitOutcome<LiveKitDispatch>.Unknown => await LookAsync(state, epoch, cancellationToken),
            LiveKitOutcome<LiveKitDispatch>.Unavailable => new EffectOutcome.TryAgain(Soon, "create_dispatch"),
            _ => new EffectOutcome.TryAgain(Later, "create_dispatch_refused"),
        };
    }

    /// <summary>Looks who is really in the room and removes every agent but the one that holds the lease, or else came first; every one where a human has taken over. The result is how many were removed.</summary>
    public async Task<EffectOutcome> RemoveSurplusAsync(CallState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var room = state.LiveAgents.Select(leg => leg.Joined!.Room).First()!;
        if (await liveKit.ListParticipantsAsync(room.Name, cancellationToken) is not Participants.Ok { Value: var participants })
        {
            return new EffectOutcome.TryAgain(Later, "list_participants");
        }

        var learnt = reconciler.Diff(state, room, participants, now).ToList();
        var holder = AgentLease.HolderOf(state);
        var surplus = participants.Select(legs.Of)
            .Where(leg => leg.Role == LegRole.Agent)
            .OrderByDescending(leg => leg.Identity == holder)
            .ThenBy(leg => leg.JoinedAtMs)
            .ThenBy(leg => leg.Sid, StringComparer.Ordinal)
            .Skip(state.IsHandedOver ? 0 : 1)
            .ToList();
        foreach (var leg in surplus)
        {
            if (await liveKit.RemoveParticipantAsync(room.Name, leg.Identity, cancellationToken) is LiveKitOutcome<LiveKitDone>.Ok or LiveKitOutcome<LiveKitDone>.NotFound)
            {
                learnt.Add(InferredEvents.Left(leg, room, now, LiveKitDisconnectReason.ParticipantRemoved));
            }
            else
            {
                return new EffectOutcome.TryAgain(Soon, "remove_participant") { Learnt = learnt };
            }
        }

        return new EffectOutcome.Done($"{surplus.Count}") { Learnt = learnt };
    }

    /// <summary>After a CreateDispatch of which nobody knows whether it was done.</summary>
    private async Task<EffectOutcome> LookAsync(CallState state, int epoch, CancellationToken cancellationToken) =>
        await liveKit.ListDispatchesAsync(state.RoomName!, cancellationToken) is Dispatches.Ok { Value: var dispatches } && Find(dispatches, state, epoch) is { } found
            ? new EffectOutcome.Done(found)
            : new EffectOutcome.TryAgain(Soon, "create_dispatch_unknown");

    /// <summary>
    /// Our own dispatch of that epoch; in the first epoch also a named one that a dispatch rule or a token brought, unless its agent was there and is gone: the list would show it for ever. The
    /// unnamed one that LiveKit lists in most rooms is nobody's.
    /// </summary>
    private static string? Find(IReadOnlyList<LiveKitDispatch> dispatches, CallState state, int epoch)
    {
        var fence = DispatchMetadata.FenceOf(state.CallId, epoch);
        if (dispatches.FirstOrDefault(dispatch => DispatchMetadata.TryParse(dispatch.Metadata)?.Fence == fence) is { } ours)
        {
            return $"created:{ours.Id}";
        }

        return epoch == 1 && !state.Agents.Any() && dispatches.FirstOrDefault(dispatch => dispatch.AgentName.Length > 0) is { } brought ? $"{Adopted}{brought.Id}" : null;
    }

    /// <summary>Takes every dispatch of a room back and puts out whatever agent is in it. False where that could not be done to the end.</summary>
    public async Task<bool> ClearAsync(string room, CancellationToken cancellationToken) =>
        await liveKit.ListDispatchesAsync(room, cancellationToken) is Dispatches.Ok { Value: var dispatches } && await ClearAsync(room, dispatches, cancellationToken);

    /// <summary>Before another agent: takes the old dispatches back, and puts out whatever agent is left, since deleting a young dispatch leaves its agent inside.</summary>
    private async Task<bool> ClearAsync(string room, IReadOnlyList<LiveKitDispatch> dispatches, CancellationToken cancellationToken)
    {
        foreach (var old in dispatches.Where(dispatch => dispatch.AgentName.Length > 0))
        {
            if (await liveKit.DeleteDispatchAsync(room, old.Id, cancellationToken) is not (LiveKitOutcome<LiveKitDispatch>.Ok or LiveKitOutcome<LiveKitDispatch>.NotFound))
            {
                return false;
            }
        }

        if (await liveKit.ListParticipantsAsync(room, cancellationToken) is not Participants.Ok { Value: var participants })
        {
            return false;
        }

        foreach (var leg in participants.Select(legs.Of).Where(leg => leg.Role == LegRole.Agent))
        {
            if (await liveKit.RemoveParticipantAsync(room, leg.Identity, cancellationToken) is not (LiveKitOutcome<LiveKitDone>.Ok or LiveKitOutcome<LiveKitDone>.NotFound))
            {
                return false;
            }
        }

        return true;
    }
}
