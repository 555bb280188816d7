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
    private static readonly Action<CallState, List<LifecycleEvent>>[] InOrder =
    [
        Started, Joined, AgentsDispatched, Dialled, HumanCalled, HandoffRequested, HumanJoined, BotMuted, HandoffFailed,
        SurplusAgentsRemoved, QualityWarned, Omitted, RecordingEvents.Add, Left, Ended, RoomDeleted,
    ];

    /// <summary>Every lifecycle event of a call. A room that was never a call has none.</summary>
    public static IEnumerable<LifecycleEvent> Of(CallState state) => state.Happened ??= state.IsCall ? Every(state) : [];

    /// <summary>The key of an event within its call: its id without the call's.</summary>
    public static string KeyOf(LifecycleEvent lifecycleEvent) => lifecycleEvent.Id[(lifecycleEvent.CallId.Length + 1)..];

    /// <summary>The keys of the claims under which they are published, in their order.</summary>
    internal static IReadOnlyList<string> ClaimKeysOf(CallState state) =>
        state.PublishKeys ??= [.. Of(state).Select(ClaimKeyOf)];

    private static string ClaimKeyOf(LifecycleEvent lifecycleEvent) =>
        string.Concat(CallEffect.Publish.ClaimPrefix, lifecycleEvent.Id.AsSpan(lifecycleEvent.CallId.Length + 1));

    private static List<LifecycleEvent> Every(CallState state)
    {
        var events = new List<LifecycleEvent>();
        foreach (var add in InOrder)
        {
            add(state, events);
        }

        return events;
    }

    private static void Started(CallState state, List<LifecycleEvent> events)
    {
        var name = LifecycleEventName.CallStarted;
        events.Add(new LifecycleEvent(LifecycleEvent.IdOf(state.CallId, name, null), name, state.CallId.Value, state.FirstEventAt)
        {
            Direction = state.Direction,
        });
    }

    private static void Joined(CallState state, List<LifecycleEvent> events)
    {
        foreach (var leg in state.Legs.All.Where(leg => leg.WasThere).OrderBy(leg => leg.Since))
        {
            var came = leg.Joined ?? leg.Left!;
            events.Add(OfLeg(state, LifecycleEventName.ParticipantJoined, leg, came.At, came.Inferred, null));
        }
    }

    private static void AgentsDispatched(CallState state, List<LifecycleEvent> events)
    {
        foreach (var (epoch, claim) in state.Dispatches)
        {
            if (claim.Status == ClaimStatus.Done)
            {
                var name = LifecycleEventName.AgentDispatched;
                events.Add(new LifecycleEvent(LifecycleEvent.IdOf(state.CallId, name, $"{epoch}"), name, state.CallId.Value, claim.At)
                {
                    Epoch = epoch,
                });
            }
        }
    }

    private static void Dialled(CallState state, List<LifecycleEvent> events)
    {
        foreach (var attempt in state.DialAttempts)
        {
            var key = $"{attempt.Number}";
            if (attempt is { Claim.Status: ClaimStatus.Done } or { Leg: not null })
            {
                events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.CallDialing, key, attempt.Claim.FirstBegunAt));
            }

            if (attempt.InVain is { } inVain)
            {
                var notAnswered = LifecycleEvent.Of(state.CallId, LifecycleEventName.CallNotAnswered, key, inVain.At);
                events.Add(notAnswered with { Cause = inVain.Cause });
            }

            if (attempt is { Outcome: DialAttempt.Answered, SettledAt: { } answered })
            {
                events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.CallAnswered, null, answered));
            }
        }
    }

    private static void HumanCalled(CallState state, List<LifecycleEvent> events)
    {
        foreach (var (index, claim) in state.HumanCalls)
        {
            if (claim.Status == ClaimStatus.Done)
            {
                events.Add(LifecycleEvent.Of(
                    state.CallId, LifecycleEventName.HumanCalled, index == 0 ? null : $"{index + 1}", claim.At));
            }
        }
    }

    private static void HandoffRequested(CallState state, List<LifecycleEvent> events)
    {
        foreach (var handoff in state.Handoffs)
        {
            events.Add(OfHandoff(state, LifecycleEventName.HandoffRequested, handoff, handoff.RequestedAt));
        }
    }

    private static void HumanJoined(CallState state, List<LifecycleEvent> events)
    {
        foreach (var handoff in state.Handoffs)
        {
            if (handoff.IsConnected)
            {
                events.Add(OfHandoff(state, LifecycleEventName.HumanJoined, handoff, handoff.ConnectedAt!.Value));
            }
        }
    }

    /// <summary>Later rounds repeat what was told.</summary>
    private static void BotMuted(CallState state, List<LifecycleEvent> events)
    {
        if (state.Silencings.FirstOrDefault().Claim is { Status: ClaimStatus.Done } first)
        {
            events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.BotMuted, null, first.At));
        }
    }

    private static void HandoffFailed(CallState state, List<LifecycleEvent> events)
    {
        foreach (var handoff in state.Handoffs)
        {
            if (handoff.Status == HandoffStatus.Failed)
            {
                var failed = OfHandoff(state, LifecycleEventName.HandoffFailed, handoff, handoff.Failure!.At);
                events.Add(failed with { Cause = handoff.Failure.Result });
            }
        }
    }

    private static LifecycleEvent OfHandoff(CallState state, string name, Handoff handoff, DateTimeOffset at) =>
        LifecycleEvent.Of(state.CallId, name, handoff.Number == 1 ? null : $"{handoff.Number}", at);

    private static void SurplusAgentsRemoved(CallState state, List<LifecycleEvent> events)
    {
        foreach (var (round, claim) in state.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix))
        {
            if (claim is { Status: ClaimStatus.Done, Result: not (null or "0") })
            {
                events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.SurplusAgentRemoved, $"{round}", claim.At));
            }
        }
    }

    private static void Omitted(CallState state, List<LifecycleEvent> events)
    {
        foreach (var (reason, first) in state.Omissions.All)
        {
            events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.EventsOmitted, reason, first.At) with { Cause = reason });
        }
    }

    private static void QualityWarned(CallState state, List<LifecycleEvent> events)
    {
        foreach (var warning in state.Quality.Warnings)
        {
            var warned = (CallFact.QualityWarned)warning.Fact;
            events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.QualityWarning, warned.Key, warning.At) with
            {
                ParticipantSid = warned.LegSid,
                Role = state.Legs.Find(warned.LegSid) is { } leg ? RoleWords[leg.Role] : null,
                Cause = warned.Measure,
                Value = warned.Value,
                Baseline = warned.Baseline,
            });
        }
    }

    private static void Left(CallState state, List<LifecycleEvent> events)
    {
        foreach (var leg in state.Legs.All.Where(leg => leg.WasThere).OrderBy(leg => leg.Left?.At))
        {
            if (leg.Left is not null)
            {
                // Not LiveKit's later word: what was told to one destination is told to the others.
                var cause = (leg.Left.Fact as CallFact.LegLeft)?.Reason;
                events.Add(OfLeg(state, LifecycleEventName.ParticipantLeft, leg, leg.Left.At, leg.Left.Inferred, cause));
            }
            else if (state.RoomDeletedAt is { } gone && state.RoomOverAt(leg) is not null)
            {
                var cause = LiveKit.LiveKitDisconnectReason.RoomDeleted;
                events.Add(OfLeg(state, LifecycleEventName.ParticipantLeft, leg, gone, isInferred: true, cause));
            }
        }
    }

    private static void Ended(CallState state, List<LifecycleEvent> events)
    {
        if (state.End is { } end)
        {
            var name = LifecycleEventName.CallEnded;
            events.Add(new LifecycleEvent(LifecycleEvent.IdOf(state.CallId, name, null), name, state.CallId.Value, state.EndedAt!.Value)
            {
                Cause = end.Result,
            });
        }
    }

    /// <summary>
    /// ROOM_DELETED is not reported when no room ever existed: a caller who joins later opens one that is still to be deleted.
    /// </summary>
    private static void RoomDeleted(CallState state, List<LifecycleEvent> events)
    {
        var isGivenUp = false;
        foreach (var (_, claim) in state.Deletions)
        {
            if (claim.Status == ClaimStatus.Done && state.Rooms.All.Any(room => room.FirstSeen.At <= claim.At))
            {
                events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.RoomDeleted, null, claim.At));
                return;
            }

            isGivenUp |= claim.Status == ClaimStatus.GivenUp;
        }

        if (isGivenUp)
        {
            events.Add(LifecycleEvent.Of(state.CallId, LifecycleEventName.RoomDeleteFailed, null, state.Deletions.First().Claim.At));
        }
    }

    private static LifecycleEvent OfLeg(
        CallState state, string name, LegState leg, DateTimeOffset at, bool isInferred, string? cause) =>
        new(LifecycleEvent.IdOf(state.CallId, name, leg.Sid), name, state.CallId.Value, at)
        {
            ParticipantSid = leg.Sid,
            Role = RoleWords[leg.Role],
            Cause = cause,
            Inferred = isInferred,
        };
}
