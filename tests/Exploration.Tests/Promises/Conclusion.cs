using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Events;
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
    /// <summary>How long nobody may be heard after a job that renews its lease has died.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    public static void Check(CallWorld world)
    {
        var witness = world.Witness;
        Promise(world.LiveKit.Rooms.Count == 0, "a room outlives its call");
        Promise(world.Hosts.All(host => !host.IsBusy), "something never came to its end");
        Promise(world.Journal.ListOpen().Count == 0, "a call was never closed");
        Promise(world.Limits.IsEmpty, "a place outlives its call");

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
            world.Receiver.Check(state);
            CheckHandoffs(state);
        }

        foreach (var (sid, caller) in witness.Callers)
        {
            var calls = states.FindAll(state => witness.CallersOf(state).Contains(caller));
            Promise(
                caller.JoinedAt is null || calls.Count == 1 || (calls.Count == 0 && caller.LeftAt - caller.JoinedAt <= witness.Patience),
                $"{sid} is in {calls.Count} calls");
            CheckServing(caller, calls);
        }

        foreach (var state in states.FindAll(state => state.End is not null))
        {
            var late = state.End!.At - witness.CallersOf(state).Max(caller => caller.LeftAt);
            Promise(
                late is null || late <= LatestEnd(world) + witness.Patience,
                $"the end was told {late} after the caller had left");
            witness.Lateness = witness.Lateness.Worst(new Lateness(TimeSpan.Zero, late ?? TimeSpan.Zero, TimeSpan.Zero));
        }

        foreach (var (sid, goneAt) in witness.RoomsGone)
        {
            // A room that never had a caller is left alone.
            var ended = states.Where(state => state.Rooms.Find(sid) is not null).Max(state => state.End?.At);
            var over = ended > witness.OthersUntil(sid) ? ended : ended is null ? null : witness.OthersUntil(sid);
            var lingers = goneAt - over ?? TimeSpan.Zero;
            witness.Lateness = witness.Lateness.Worst(new Lateness(TimeSpan.Zero, TimeSpan.Zero, lingers));
            Promise(
                lingers <= world.Terms.RoomGrace + Prompt + witness.Patience,
                $"the room went {lingers} after the end");
        }

        Promise(
            world.Operator.ToldAt is not { } told || witness.Caller.LeftAt is not { } left || left - told <= Prompt + witness.Patience,
            "a caller whose call was ended stayed on the line");

        var stored = world.Journal.Calls.ConvertAll(callId =>
            world.Journal.History(callId).Events.Select(callEvent => callEvent.Id).ToList());
        Promise(stored.TrueForAll(ids => ids.Distinct().Count() == ids.Count), "an event was stored twice");
        var known = stored.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal);
        CheckRecordings();
        Promise(states.TrueForAll(HasItsEvents), "what happened to the next caller is not in their call");
        Promise(
            known.All(id => world.Webhooks.Sent.Contains(id)
                || id.StartsWith("inferred:", StringComparison.Ordinal)
                || (id.StartsWith("handoff:", StringComparison.Ordinal) && world.Wish.IsAsked)
                || id.StartsWith("want:", StringComparison.Ordinal)
                || (id == "api:end" && world.Operator.HasAsked)
                || (id.StartsWith("done:", StringComparison.Ordinal) && world.Others.AgentHasFinished)),
            "the journal holds an event that nobody told");
        Promise(witness.DeliveredIds.All(known.Contains), "an event that was answered for is not in the journal");

        void CheckServing(CallerTruth caller, IReadOnlyList<CallState> calls)
        {
            if (caller.JoinedAt is not { } joined || calls is not [var call])
            {
                return;
            }

            var stay = caller.LeftAt - joined;
            var sent = witness.SentTo(call.CallId.Value);
            var isEnded = call.End is { Result: EndCause.ApiEnd } ended && ended.At <= joined + Prompt;
            var isServedOtherwise =
                world.Scenario is { RuleBringsAgent: true } or { TakesNewCalls: false } || caller.HeardHuman || isEnded
                || call.End?.Result == EndCause.OverLimit;
            Promise(stay is null || sent.Count > 0 || isServedOtherwise || stay <= witness.Patience, "no agent was ever sent");
            var wait = sent.Count == 0 || sent[0] < joined ? TimeSpan.Zero : sent[0] - joined;
            Promise(isServedOtherwise || wait <= Prompt + witness.Patience, $"an agent was sent only after {wait}");
            Promise(
                !world.Scenario.Renews || caller.LongestGap <= LongestGap + witness.Patience,
                $"nobody was heard for {caller.LongestGap} after a job that renews its lease fell silent");
            witness.Lateness = witness.Lateness.Worst(new Lateness(wait, TimeSpan.Zero, TimeSpan.Zero));
            CheckSilence(caller, sent);
        }

        // Each recording is known, over, and the one of its part of the call; a caller who was served is recorded.
        void CheckRecordings()
        {
            var recordings = states.SelectMany(state => state.Recordings.All).ToList();
            var ids = recordings.Select(recording => recording.EgressId).ToHashSet(StringComparer.Ordinal);
            Promise(
                recordings.TrueForAll(recording => !recording.GoesOn) && world.Recorders.All.All(egress => ids.Contains(egress.Id)),
                "a recording was lost from sight");
            Promise(
                world.Scenario is { Recording: null } or { Wants.Count: > 0 }
                    || witness.Troubles > 0
                    || !(Sooner(witness.Caller.LeftAt, witness.Caller.HeardUntil) - witness.Caller.HeardFrom > Prompt)
                    || world.Recorders.All.Count == 1,
                "a caller who was served was not recorded although nothing went wrong");
        }

        static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => one < other ? one : other;

        // A caller who hears nobody is served step by step.
        void CheckSilence(CallerTruth caller, IReadOnlyList<DateTimeOffset> sent)
        {
            var (silence, terms) = (world.Terms.Silence, world.Terms);
            var since = caller.HeardUntil ?? caller.JoinedAt;
            if (since == DateTimeOffset.MaxValue || caller.LeftAt - since is not { } sat)
            {
                return;
            }

            Promise(
                sent.Count > 1 || witness.AgentCame || caller.HeardUntil is not null || !IsOverdue(silence.Redispatch),
                "no second agent was sent to a caller who heard nobody");
            Promise(
                witness.ReserveDispatched || !silence.HasReserve || !IsOverdue(silence.Reserve),
                "no reserve agent was sent to a caller who heard nobody");
            Promise(
                witness.HumanDialled || !silence.CallsHuman || caller.HeardUntil is not null || !IsOverdue(terms.Handover),
                "no human was called for a caller who heard nobody");
            Promise(
                !IsOverdue(terms.Handover + (silence.CallsHuman ? silence.RingTime + EndRules.DialSlack : TimeSpan.Zero)),
                "a caller who heard nobody was not let go");

            bool IsOverdue(TimeSpan due) => sat > due + DispatchRules.AgentArrival + Prompt + witness.Patience;
        }

        // What an earlier call heard of a caller who came after its end is in that caller's call.
        bool HasItsEvents(CallState state) =>
            state.LaterCallers.All(later => states.Exists(next => next.CallId != state.CallId
                && next.Legs.Find(later.Sid) is { } leg
                && (later.Left is null || leg.Left is not null)
                && (later.Audio is null || leg.Audio is not null)));

        // Each handoff comes to one end, and a caller who was given away has that for the cause.
        void CheckHandoffs(CallState state)
        {
            Promise(state.Handoffs.All(handoff => handoff.IsOver), "a handoff never came to its end");
            var events = world.Journal.History(state.CallId).Events;
            var requests = events.Select(callEvent => callEvent.Fact).OfType<CallFact.HandoffRequested>();
            Promise(requests.CountBy(request => request.Number).All(count => count.Value == 1), "a handoff was asked for twice");
            var isCause = state.End?.Result == EndCause.Transferred;
            Promise(!isCause || witness.IsTransferAsked || witness.Troubles > 0, "a caller whom nobody gave away was told to have been");
            Promise(isCause || !witness.IsTransferred || witness.Troubles > 0, "a caller who was given away was told to have hung up");
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

    /// <summary>
    /// How late the end may be where nothing else goes wrong. Of a caller who went while LiveKit's server was dead only its webhook of the
    /// revived session tells; where that is lost too, their call has its longest duration.
    /// </summary>
    private static TimeSpan LatestEnd(CallWorld world) => world.Scenario.Crashes is null
        ? ReconcileRules.WhileTalking + EndRules.RejoinWindow + Prompt
        : world.Witness.Troubles == 0 ? TimeSpan.FromMinutes(1) : world.Terms.MaxDuration;

    private static string Left(CallState state, CallWorld world) => CallPolicy.Next(state, world.Terms, world.Schedule.Now) switch
    {
        CallDecision.Do { Effect: var effect } => string.Join(", ", effect.ClaimKeys),
        CallDecision.WaitUntil { Time: var time } => $"wait until {time:HH:mm:ss}",
        var other => other.GetType().Name,
    };
}
