using System.Collections.Frozen;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>
/// The lifecycle events of a call so far. A function of the state: what the journal holds has happened, each thing once.
/// </summary>
public static class LifecycleEvents
{
    private static readonly FrozenDictionary<LegRole, string> RoleWords =
        Enum.GetValues<LegRole>().ToFrozenDictionary(role => role, role => role.ToString().ToLowerInvariant());

    /// <summary>What has happened, in the order in which it is published. A feature adds its own function.</summary>
    private static readonly Func<CallState, IEnumerable<LifecycleEvent>>[] InOrder =
    [
        Started, Joined, AgentsDispatched, Dialled, HumanCalled, HandoffRequested, HumanJoined, BotMuted, HandoffFailed,
        SurplusAgentsRemoved, QualityWarned, Omitted, RecordingEvents.Of, Left, Ended, RoomDeleted,
    ];

    /// <summary>Every lifecycle event of a call. A room that was never a call has none.</summary>
    public static IEnumerable<LifecycleEvent> Of(CallState state) =>
        state.Happened ??= state.IsCall ? [.. InOrder.SelectMany(happened => happened(state))] : [];

    /// <summary>The key of an event within its call: its id without the call's.</summary>
    public static string KeyOf(LifecycleEvent lifecycleEvent) => lifecycleEvent.Id[(lifecycleEvent.CallId.Length + 1)..];

    private static IEnumerable<LifecycleEvent> Started(CallState state) =>
        [LifecycleEvent.Of(state.CallId, LifecycleEventName.CallStarted, null, state.FirstEventAt) with { Direction = state.Direction }];

    private static IEnumerable<LifecycleEvent> Joined(CallState state) =>
        from leg in state.Legs.All
        where leg.WasThere
        orderby leg.Since
        select OfLeg(state, LifecycleEventName.ParticipantJoined, leg, leg.Joined ?? leg.Left!);

    private static IEnumerable<LifecycleEvent> AgentsDispatched(CallState state) =>
        from dispatch in state.Dispatches
        where dispatch.Claim.Status == ClaimStatus.Done
        let name = LifecycleEventName.AgentDispatched
        select LifecycleEvent.Of(state.CallId, name, $"{dispatch.Epoch}", dispatch.Claim.At) with { Epoch = dispatch.Epoch };

    private static IEnumerable<LifecycleEvent> Dialled(CallState state)
    {
        foreach (var attempt in state.DialAttempts)
        {
            var key = $"{attempt.Number}";
            if (attempt is { Claim.Status: ClaimStatus.Done } or { Leg: not null })
            {
                yield return LifecycleEvent.Of(state.CallId, LifecycleEventName.CallDialing, key, attempt.Claim.FirstBegunAt);
            }

            if (attempt.InVain is { } inVain)
            {
                var notAnswered = LifecycleEvent.Of(state.CallId, LifecycleEventName.CallNotAnswered, key, inVain.At);
                yield return notAnswered with { Cause = inVain.Cause };
            }

            if (attempt is { Outcome: DialAttempt.Answered, SettledAt: { } answered })
            {
                yield return LifecycleEvent.Of(state.CallId, LifecycleEventName.CallAnswered, null, answered);
            }
        }
    }

    private static IEnumerable<LifecycleEvent> HumanCalled(CallState state) =>
        from human in state.HumanCalls
        where human.Claim.Status == ClaimStatus.Done
        let key = human.Index == 0 ? null : $"{human.Index + 1}"
        select LifecycleEvent.Of(state.CallId, LifecycleEventName.HumanCalled, key, human.Claim.At);

    private static IEnumerable<LifecycleEvent> HandoffRequested(CallState state) =>
        from handoff in state.Handoffs
        select OfHandoff(state, LifecycleEventName.HandoffRequested, handoff, handoff.RequestedAt);

    private static IEnumerable<LifecycleEvent> HumanJoined(CallState state) =>
        from handoff in state.Handoffs
        where handoff.IsConnected
        select OfHandoff(state, LifecycleEventName.HumanJoined, handoff, handoff.ConnectedAt!.Value);

    /// <summary>Later rounds repeat what was told.</summary>
    private static IEnumerable<LifecycleEvent> BotMuted(CallState state) =>
        from round in state.Silencings.Take(1)
        where round.Claim.Status == ClaimStatus.Done
        select LifecycleEvent.Of(state.CallId, LifecycleEventName.BotMuted, null, round.Claim.At);

    private static IEnumerable<LifecycleEvent> HandoffFailed(CallState state) =>
        from handoff in state.Handoffs
        where handoff.Status == HandoffStatus.Failed
        select OfHandoff(state, LifecycleEventName.HandoffFailed, handoff, handoff.Failure!.At) with { Cause = handoff.Failure.Result };

    private static LifecycleEvent OfHandoff(CallState state, string name, Handoff handoff, DateTimeOffset at) =>
        LifecycleEvent.Of(state.CallId, name, handoff.Number == 1 ? null : $"{handoff.Number}", at);

    private static IEnumerable<LifecycleEvent> SurplusAgentsRemoved(CallState state) =>
        from round in state.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix)
        where round.Claim is { Status: ClaimStatus.Done, Result: not (null or "0") }
        select LifecycleEvent.Of(state.CallId, LifecycleEventName.SurplusAgentRemoved, $"{round.Number}", round.Claim.At);

    private static IEnumerable<LifecycleEvent> Omitted(CallState state) =>
        from omission in state.Omissions.All
        let name = LifecycleEventName.EventsOmitted
        select LifecycleEvent.Of(state.CallId, name, omission.Key, omission.Value.At) with { Cause = omission.Key };

    private static IEnumerable<LifecycleEvent> QualityWarned(CallState state) =>
        from warning in state.Quality.Warnings
        let warned = (CallFact.QualityWarned)warning.Fact
        select LifecycleEvent.Of(state.CallId, LifecycleEventName.QualityWarning, warned.Key, warning.At) with
        {
            ParticipantSid = warned.LegSid,
            Role = state.Legs.Find(warned.LegSid)?.Role.ToString().ToLowerInvariant(),
            Cause = warned.Measure,
            Value = warned.Value,
            Baseline = warned.Baseline,
        };

    private static IEnumerable<LifecycleEvent> Left(CallState state)
    {
        foreach (var leg in state.Legs.All.Where(leg => leg.WasThere).OrderBy(leg => leg.Left?.At))
        {
            if (leg.Left is not null)
            {
                yield return OfLeg(state, LifecycleEventName.ParticipantLeft, leg, leg.Left) with
                {
                    // Not LiveKit's later word: what was told to one destination is told to the others.
                    Cause = (leg.Left.Fact as CallFact.LegLeft)?.Reason,
                };
            }
            else if (state.RoomDeletedAt is { } gone && state.RoomOverAt(leg) is not null)
            {
                var left = OfLeg(state, LifecycleEventName.ParticipantLeft, leg, leg.Joined!);
                yield return left with { At = gone, Cause = LiveKit.LiveKitDisconnectReason.RoomDeleted, Inferred = true };
            }
        }
    }

    private static IEnumerable<LifecycleEvent> Ended(CallState state) => state.End is { } end
        ? [LifecycleEvent.Of(state.CallId, LifecycleEventName.CallEnded, null, state.EndedAt!.Value) with { Cause = end.Result }]
        : [];

    /// <summary>
    /// ROOM_DELETED is not reported when no room ever existed: a caller who joins later opens one that is still to be deleted.
    /// </summary>
    private static IEnumerable<LifecycleEvent> RoomDeleted(CallState state)
    {
        var done = state.Deletions.Select(deletion => deletion.Claim).FirstOrDefault(
            claim => claim.Status == ClaimStatus.Done && state.Rooms.All.Any(room => room.FirstSeen.At <= claim.At));
        if (done is not null)
        {
            return [LifecycleEvent.Of(state.CallId, LifecycleEventName.RoomDeleted, null, done.At)];
        }

        var givenUp = state.Deletions.Any(deletion => deletion.Claim.Status == ClaimStatus.GivenUp);
        return givenUp
            ? [LifecycleEvent.Of(state.CallId, LifecycleEventName.RoomDeleteFailed, null, state.Deletions.First().Claim.At)]
            : [];
    }

    private static LifecycleEvent OfLeg(CallState state, string name, LegState leg, CallEvent callEvent) =>
        LifecycleEvent.Of(state.CallId, name, leg.Sid, callEvent.At) with
        {
            ParticipantSid = leg.Sid,
            Role = RoleWords[leg.Role],
            Inferred = callEvent.Inferred,
        };
}
