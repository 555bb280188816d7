using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>What must hold when nothing happens any more.</summary>
internal static class Conclusion
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    public static void Check(CallWorld world)
    {
        var witness = world.Witness;
        Promise(world.LiveKit.Rooms.Count == 0, "a room outlives its call");
        Promise(world.Hosts.All(host => !host.IsBusy), "something never came to its end");
        Promise(world.Journal.ListOpen().Count == 0, "a call was never closed");

        var states = world.Journal.Calls.ConvertAll(callId => CallState.Of(world.Journal.History(callId)));
        foreach (var state in states)
        {
            Promise(
                CallPolicy.Next(state, world.Terms, world.Schedule.Now) is CallDecision.Done,
                $"something is left to do: {Left(state, world)}");
            Promise(!state.IsCall || state.End is not null, "a call never ended");
            var backwards = world.Journal.History(state.CallId).Events
                .AsEnumerable()
                .Reverse()
                .Aggregate(new CallState(state.CallId), (folded, callEvent) => folded.Apply(callEvent))
                .With(state.Claims.Values);
            Promise(
                CallDetailRecord.Of(backwards, CallWorld.Naming) == CallDetailRecord.Of(state, CallWorld.Naming),
                "the record depends on the order of the events");
            Promise(
                world.Promises.States.Any(folded =>
                    CallDetailRecord.Of(folded, CallWorld.Naming) == CallDetailRecord.Of(state, CallWorld.Naming)),
                "the fold of the whole story is not that of its steps");
            CheckTelling(state);
        }

        var callers = states.FindAll(state => state.Callers.Any());
        var caller = witness.Caller;
        var stay = caller.LeftAt - caller.JoinedAt;
        Promise(
            caller.JoinedAt is null || callers.Count == 1 || (callers.Count == 0 && stay <= witness.Patience),
            $"the caller is in {callers.Count} calls");
        Promise(
            stay is null || witness.DispatchedAt is not null || world.Scenario.RuleBringsAgent || stay <= witness.Patience,
            "no agent was ever sent");
        var silence = witness.DispatchedAt - caller.JoinedAt;
        Promise(
            silence is null || world.Scenario.RuleBringsAgent || silence <= Prompt + witness.Patience,
            $"an agent was sent only after {silence}");
        witness.Lateness = new Lateness(silence ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var state in states.FindAll(state => state.End is not null))
        {
            var end = state.End!.At;
            var late = end - caller.LeftAt;
            Promise(
                late is null || late <= ReconcileRules.WhileTalking + EndRules.RejoinWindow + Prompt + witness.Patience,
                $"the end was told {late} after the caller had left");
            var lingers = witness.RoomGoneAt - end;
            witness.Lateness = witness.Lateness.Worst(new Lateness(TimeSpan.Zero, late ?? TimeSpan.Zero, lingers ?? TimeSpan.Zero));
            Promise(
                lingers is null || lingers <= world.Terms.RoomGrace + Prompt + witness.Patience,
                $"the room went {lingers} after the end");
        }

        CheckSilence();
        var known =
            world.Journal.Calls.SelectMany(callId => world.Journal.History(callId).Events).Select(callEvent => callEvent.Id).ToList();
        Promise(known.Distinct().Count() == known.Count, "an event was stored twice");
        Promise(
            known.All(id => world.Webhooks.Sent.Contains(id) || id.StartsWith("inferred:", StringComparison.Ordinal)),
            "the journal holds an event that nobody told");
        Promise(witness.DeliveredIds.All(known.Contains), "an event that was answered for is not in the journal");

        // A caller who hears nobody is served step by step.
        void CheckSilence()
        {
            var (silence, terms) = (world.Terms.Silence, world.Terms);
            if (caller.HeardUntil is not null || stay is not { } sat)
            {
                return;
            }

            Promise(
                witness.Dispatches > 1 || witness.AgentCame || !IsOverdue(silence.Redispatch),
                "no second agent was sent to a caller who heard nobody");
            Promise(
                witness.ReserveDispatched || !silence.HasReserve || !IsOverdue(silence.Reserve),
                "no reserve agent was sent to a caller who heard nobody");
            Promise(
                witness.HumanDialled || !silence.CallsHuman || !IsOverdue(terms.Handover),
                "no human was called for a caller who heard nobody");
            Promise(
                !IsOverdue(terms.Handover + (silence.CallsHuman ? silence.RingTime + EndRules.DialSlack : TimeSpan.Zero)),
                "a caller who heard nobody was not let go");

            bool IsOverdue(TimeSpan due) => sat > due + DispatchRules.AgentArrival + Prompt + witness.Patience;
        }

        void CheckTelling(CallState state)
        {
            var told = witness.ToldEvents.Where(happened => happened.CallId == state.CallId.Value).ToList();
            Promise(
                told.Count(happened => happened.Name == LifecycleEventName.CallEnded) == (state.IsCall ? 1 : 0),
                "CALL_ENDED was not told under one id");
            var due = LifecycleEvents.Of(state).Select(published => published.Id).ToHashSet(StringComparer.Ordinal);
            Promise(due.SetEquals(told.Select(happened => happened.Id)), "what was told is not what happened");
        }

        void Promise(bool isKept, string broken)
        {
            if (!isKept)
            {
                witness.Break(broken);
            }
        }
    }

    private static string Left(CallState state, CallWorld world) => CallPolicy.Next(state, world.Terms, world.Schedule.Now) switch
    {
        CallDecision.Do { Effect: var effect } => string.Join(", ", effect.ClaimKeys),
        CallDecision.WaitUntil { Time: var time } => $"wait until {time:HH:mm:ss}",
        var other => other.GetType().Name,
    };
}
