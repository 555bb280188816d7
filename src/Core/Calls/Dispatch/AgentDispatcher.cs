using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>
/// Sends exactly one agent into a room. LiveKit's CreateDispatch adds an agent each time it is called, and its list of dispatches says
/// nothing about life: so a dispatch is looked for before it is made, never repeated blindly, and the only proof of an agent is its
/// participant.
/// </summary>
public sealed class AgentDispatcher(
    ILiveKitApi liveKit, ParticipantMapper participants, PresenceDiff presence, RoomNaming naming, DispatchFence fence)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Dispatches the agent of an epoch, or adopts one that is there or on its way already. A later epoch than the first one removes what
    /// an earlier one left; the reserve also an agent that is there and says nothing. Where the call has ended, or a human talks by
    /// now, it only looks up whether the dispatch was made.
    /// </summary>
    public async Task<EffectOutcome> DispatchAsync(
        EffectContext context, CallEffect.DispatchAgent dispatch, CancellationToken cancellationToken)
    {
        var (state, epoch) = (context.State, dispatch.Epoch);
        var agent = context.Route.AgentFor(dispatch);
        var cast = state.Cast.With(agent.Name, context.Route.Timeouts.Helpers);
        if (Present(context, cast, dispatch) is { } present)
        {
            return new EffectOutcome.Done($"{CallEffect.DispatchAgent.Adopted}{present.Sid}");
        }

        var room = state.Rooms.Name!;
        var listed = await liveKit.ListDispatchesAsync(room, cancellationToken);
        if (listed is LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok { Value: var known }
            && Find(known, state, epoch, agent.Name) is { } found)
        {
            return new EffectOutcome.Done(found);
        }

        if (state.End is not null)
        {
            return new EffectOutcome.GaveUp("call_ended");
        }

        if (state.IsHumanHeard)
        {
            return new EffectOutcome.GaveUp("human_talks");
        }

        if (!naming.IsOurs(room) || state.Live.Any(leg => state.PartOf(leg) == LegPart.Human))
        {
            // Nothing in the journal says who was in a room of others before the phone came, nor that somebody's microphone is on by now.
            var unseen = await UnseenAsync(state, context.Now, cancellationToken);
            if (unseen is null && !naming.IsOurs(room))
            {
                return new EffectOutcome.TryAgain(Soon, "list_participants");
            }

            if (unseen?.Aggregate(state, (known, one) => known.Apply(one)).IsHumanHeard == true)
            {
                return new EffectOutcome.GaveUp("human_talks") { Learnt = unseen };
            }
        }

        var isNotFirst = epoch > 1 || state.Succession.Follows is not null;
        if (listed is LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok { Value: var dispatches })
        {
            if (isNotFirst)
            {
                if (await ClearAsync(state, cast, dispatches, cancellationToken) is not { } inside)
                {
                    return new EffectOutcome.TryAgain(Soon, "clear");
                }

                // Nothing tells that a phone was picked up: whoever is there by now has no need of an agent.
                if (inside.Where(leg => leg.IsAnswered).ToList() is { Count: > 0 } answered)
                {
                    return new EffectOutcome.TryAgain(Soon, "human_talks")
                    {
                        Learnt = [.. answered.Select(leg => InferredEvents.Answered(leg, SessionOf(state), context.Now))],
                    };
                }
            }
        }
        else if (await IsGoneAsync(room, cancellationToken))
        {
            // Dispatching into a room that is gone would open it again.
            return new EffectOutcome.TryAgain(Later, "no_room");
        }
        else if (context.Attempt > 1 || isNotFirst)
        {
            return new EffectOutcome.TryAgain(PauseAfter(context.Attempt), "list_dispatches");
        }

        return await CreateAsync(context, epoch, agent, cancellationToken);
    }

    /// <summary>
    /// Takes every dispatch of a call's voice agents back and removes each of them from the room. Somebody else's stay. False where that
    /// could not be done to the end.
    /// </summary>
    public async Task<bool> ClearAsync(CallState state, CancellationToken cancellationToken) =>
        await liveKit.ListDispatchesAsync(state.Rooms.Name!, cancellationToken)
            is LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok { Value: var dispatches }
        && await ClearAsync(state, state.Cast, dispatches, cancellationToken) is not null;

    /// <summary>
    /// The agent that is there already. The reserve takes the place of one that says nothing, any later agent that of one that no longer
    /// renews its lease. What an earlier call left in the room belongs to that one.
    /// </summary>
    private static LegState? Present(EffectContext context, CallCast cast, CallEffect.DispatchAgent dispatch)
    {
        var state = context.State;
        return dispatch.Epoch == 1 && state.Succession.Follows is not null ? null : state.EveryAgent.FirstOrDefault(leg =>
            cast.PartOf(leg.Leg) == LegPart.VoiceAgent
            && state.IsLive(leg)
            && !HasLapsed(leg)
            && (!dispatch.Reserve || state.Heard.Any(span => span.Leg.Sid == leg.Sid && span.To is null)));

        bool HasLapsed(LegState leg) => state.Numbered(AgentLease.ClaimPrefix).Any(lease =>
            lease.Number < dispatch.Epoch
            && lease.Claim is { Until: { } until, Result: { } job }
            && until <= context.Now
            && LiveKitJob.IsIdentityOf(job, leg.Leg!.Identity));
    }

    private async Task<EffectOutcome> CreateAsync(
        EffectContext context, int epoch, AgentConfig agent, CancellationToken cancellationToken)
    {
        var state = context.State;
        var called = CallerAddress.Parse(state.CalledNumber).NamedNumber?.E164 ?? state.CalledNumber;
        var metadata = DispatchMetadata.Of(
            state.CallId,
            epoch,
            fence.Of(state.CallId, epoch),
            agent,
            new JobCall(state.Direction, state.From, called, context.Route.Name)
            {
                Metadata = state.Requests.Request?.Metadata,
                User = state.Requests.Request?.User,
                Language = state.Requests.Request?.Language,
                Voice = state.Requests.Request?.Voice,
            });
        var request = new LiveKitDispatchRequest(state.Rooms.Name!, agent.Name, metadata)
        {
            RequestId = DispatchMetadata.RequestIdOf(state.CallId, epoch),
        };
        return await liveKit.CreateDispatchAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitDispatch>.Ok { Value: var made } => new EffectOutcome.Done($"created:{made.Id}"),
            LiveKitOutcome<LiveKitDispatch>.Unknown => await LookUpAsync(context, epoch, agent.Name, cancellationToken),
            LiveKitOutcome<LiveKitDispatch>.Unavailable => new EffectOutcome.TryAgain(PauseAfter(context.Attempt), "create_dispatch"),
            _ => new EffectOutcome.TryAgain(Later, "create_dispatch_refused"),
        };
    }

    /// <summary>After a CreateDispatch of which nobody knows whether it was done.</summary>
    private async Task<EffectOutcome> LookUpAsync(EffectContext context, int epoch, string agent, CancellationToken cancellationToken) =>
        await liveKit.ListDispatchesAsync(context.State.Rooms.Name!, cancellationToken)
            is LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok { Value: var dispatches }
        && Find(dispatches, context.State, epoch, agent) is { } found
                ? new EffectOutcome.Done(found)
                : new EffectOutcome.TryAgain(PauseAfter(context.Attempt), "create_dispatch_unknown");

    /// <summary>The caller hears nobody meanwhile, and most failures are over at once.</summary>
    private static TimeSpan PauseAfter(int attempt) => attempt switch
    {
        1 => TimeSpan.FromMilliseconds(100),
        2 => TimeSpan.FromMilliseconds(250),
        3 => TimeSpan.FromMilliseconds(500),
        _ => Soon,
    };

    /// <summary>What LiveKit knows of the room and the journal does not; <c>null</c> where it does not say.</summary>
    private async Task<IReadOnlyList<CallEvent>?> UnseenAsync(CallState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var room = SessionOf(state);
        return await liveKit.ListParticipantsAsync(room.Name, cancellationToken)
            is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present }
            ? [.. presence.Diff(state, room, present, now)]
            : null;
    }

    private static RoomSession SessionOf(CallState state) =>
        new(state.Rooms.Name!, state.Rooms.All.MaxBy(seen => seen.FirstSeen.At)!.Sid);

    private async Task<bool> IsGoneAsync(string room, CancellationToken cancellationToken) =>
        await liveKit.ListRoomsAsync([room], cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: var rooms }
        && rooms.All(other => other.Name != room);

    /// <summary>
    /// Our own dispatch of that epoch, whichever version and key made its fence: nobody without the project's key can bring a dispatch that
    /// LiveKit lists. In the first epoch also one of the route's agent that a dispatch rule or a token brought, unless its agent was
    /// there and is gone: the list would show it for ever. One of another name is a helper's, and the unnamed one that LiveKit lists in
    /// most rooms is nobody's.
    /// </summary>
    private static string? Find(IReadOnlyList<LiveKitDispatch> dispatches, CallState state, int epoch, string agent)
    {
        if (dispatches.FirstOrDefault(dispatch =>
            DispatchMetadata.TryParse(dispatch.Metadata) is { } sent
            && sent.CallId == state.CallId.Value
            && sent.Epoch == epoch) is { } ours)
        {
            return $"created:{ours.Id}";
        }

        return epoch == 1
            && state.Succession.Follows is null
            && state.EveryAgent.All(leg => leg.Leg!.AgentName != agent)
            && dispatches.FirstOrDefault(dispatch => dispatch.AgentName == agent && CallOf(dispatch) is null) is { } brought
            ? $"{CallEffect.DispatchAgent.Adopted}{brought.Id}"
            : null;
    }

    /// <summary>
    /// Before another agent: takes the old dispatches back, and removes every voice agent that is left with its avatar, since deleting a
    /// young dispatch leaves its agent inside. Gives who was there; <c>null</c> where it could not be done to the end.
    /// </summary>
    private async Task<IReadOnlyList<Leg>?> ClearAsync(
        CallState state, CallCast cast, IReadOnlyList<LiveKitDispatch> dispatches, CancellationToken cancellationToken)
    {
        var room = state.Rooms.Name!;
        foreach (var old in dispatches.Where(dispatch => IsVoices(dispatch, cast)))
        {
            if (!IsGone(await liveKit.DeleteDispatchAsync(room, old.Id, cancellationToken)))
            {
                return null;
            }
        }

        var listed = await liveKit.ListParticipantsAsync(room, cancellationToken);
        if (listed is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present })
        {
            return null;
        }

        // An avatar goes also where its agent is gone already.
        var legs = present.Select(participants.LegOf).ToList();
        var all = legs.Concat(state.EveryAgent.Select(agent => agent.Leg!)).ToList();
        foreach (var leg in legs.Where(leg => cast.IsVoice(leg, all)))
        {
            if (!IsGone(await liveKit.RemoveParticipantAsync(room, leg.Identity, cancellationToken)))
            {
                return null;
            }
        }

        return legs;
    }

    /// <summary>Whether a dispatch brought a voice agent of ours: a gateway made it, or it asks for that name. Never a helper's.</summary>
    private static bool IsVoices(LiveKitDispatch dispatch, CallCast cast) =>
        dispatch.AgentName.Length > 0
        && !cast.HelperNames.Contains(dispatch.AgentName)
        && (DispatchMetadata.TryParse(dispatch.Metadata) is { CallId: not null, Epoch: > 0 }
            || cast.AgentNames.Contains(dispatch.AgentName)
            || cast.IsNameless);

    /// <summary>The call for which a gateway made a dispatch; <c>null</c> where nobody of ours made it.</summary>
    private static string? CallOf(LiveKitDispatch dispatch) => DispatchMetadata.TryParse(dispatch.Metadata)?.CallId;

    private static bool IsGone<T>(LiveKitOutcome<T> outcome) => outcome is LiveKitOutcome<T>.Ok or LiveKitOutcome<T>.NotFound;
}
