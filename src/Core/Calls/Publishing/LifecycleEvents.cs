using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>What has happened to a call so far, in the words of the lifecycle events. A function of the state: what the journal holds has happened, each thing once.</summary>
public static class LifecycleEvents
{
    /// <summary>Every happening of a call, in a natural order. A room that was never a call has none.</summary>
    public static IEnumerable<LifecycleEvent> Of(CallState state)
    {
        if (!state.IsCall)
        {
            yield break;
        }

        yield return Event(state, LifecycleEventName.CallStarted, null, state.FirstEventAt);

        foreach (var leg in state.Legs.Values.Where(leg => leg.WasThere).OrderBy(leg => leg.Since))
        {
            yield return Participant(state, LifecycleEventName.ParticipantJoined, leg, leg.Joined ?? leg.Left!);
        }

        foreach (var (epoch, claim) in state.Dispatches.Where(dispatch => dispatch.Claim.Status == ClaimStatus.Done))
        {
            yield return Event(state, LifecycleEventName.AgentDispatched, $"{epoch}", claim.At) with { Epoch = epoch };
        }

        if (state.HumanCall is { Status: ClaimStatus.Done } called)
        {
            yield return Event(state, LifecycleEventName.HumanCalled, null, called.At);
        }

        foreach (var (round, claim) in state.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix))
        {
            if (claim is { Status: ClaimStatus.Done, Result: not (null or "0") })
            {
                yield return Event(state, LifecycleEventName.SurplusAgentRemoved, $"{round}", claim.At);
            }
        }

        foreach (var leg in state.Legs.Values.Where(leg => leg.WasThere).OrderBy(leg => leg.Left?.At))
        {
            if (leg.Left is not null)
            {
                yield return Participant(state, LifecycleEventName.ParticipantLeft, leg, leg.Left) with { Cause = leg.Reason };
            }
            else if (state.RoomDeletedAt is { } gone && state.RoomOverAt(leg) is not null)
            {
                yield return Participant(state, LifecycleEventName.ParticipantLeft, leg, leg.Joined!) with { At = gone, Cause = "ROOM_DELETED", Inferred = true };
            }
        }

        if (state.End is { } end)
        {
            yield return Event(state, LifecycleEventName.CallEnded, null, end.At) with { Cause = end.Result };
        }

        // A deletion that found no room because there never had been one is no happening; the room of a caller who comes after it is still to be deleted.
        var deleted = state.Deletions.FirstOrDefault(deletion => deletion.Claim.Status == ClaimStatus.Done && state.Rooms.Values.Any(room => room.FirstSeen.At <= deletion.Claim.At)).Claim;
        if (deleted is not null)
        {
            yield return Event(state, LifecycleEventName.RoomDeleted, null, deleted.At);
        }
        else if (state.Deletions.Any(deletion => deletion.Claim.Status == ClaimStatus.GivenUp))
        {
            yield return Event(state, LifecycleEventName.RoomDeleteFailed, null, state.Deletions.First().Claim.At);
        }
    }

    /// <summary>The key of a happening within its call: its id without the call's.</summary>
    public static string KeyOf(LifecycleEvent happening) => happening.Id[(happening.CallId.Length + 1)..];

    private static LifecycleEvent Participant(CallState state, string name, LegState leg, CallEvent told) =>
        Event(state, name, leg.Sid, told.At) with { ParticipantSid = leg.Sid, Role = leg.Role.ToString().ToLowerInvariant(), Inferred = told.Inferred };

    private static LifecycleEvent Event(CallState state, string name, string? key, DateTimeOffset at) =>
        new($"{state.CallId}:{name}{(key is null ? "" : ":" + key)}", name, state.CallId.Value, at);
}
