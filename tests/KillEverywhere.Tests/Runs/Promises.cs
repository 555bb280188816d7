using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.KillEverywhere.Steps;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>What must hold of every call, wherever its gateway was killed. What only a kind is promised stands with the kind.</summary>
internal static class Promises
{
    /// <summary>Those that were not kept.</summary>
    public static IEnumerable<string> Broken(CallKind kind, Aftermath after, TimeSpan slack)
    {
        foreach (var broken in NetworkPromises.Broken([.. after.Calls.Where(IsLetIn).SelectMany(call => call.Rooms)], after.Caller, slack))
        {
            yield return broken;
        }

        foreach (var broken in after.Calls.Where(call => !IsLetIn(call)).SelectMany(OfOneWhoIsNotLetIn))
        {
            yield return broken;
        }

        if (after.Callers.Skip(1).Any(caller => caller.Heard.OfType<Heard.ApplicationError>().Any()))
        {
            yield return "a later caller heard that an application error has occurred";
        }

        foreach (var (index, call) in after.Calls.Index())
        {
            foreach (var broken in InTheJournal(call))
            {
                yield return CallNumbers.Name(broken, index + 1);
            }
        }

        foreach (var broken in kind.Expect(after))
        {
            yield return broken;
        }

        if (after.IsListed)
        {
            yield return "the call is listed as open";
        }

        foreach (var broken in after.Published is null ? [] : Told(after, after.Published))
        {
            yield return broken;
        }
    }

    /// <summary>What a call is promised that is the only one of its run, and gets an agent.</summary>
    public static IEnumerable<string> OneCall(Aftermath after, IReadOnlyList<string> causes)
    {
        if (after.Rooms.Count != 1)
        {
            yield return $"{after.Rooms.Count} rooms";
        }

        if (after.Calls.Count != 1)
        {
            yield return $"{after.Calls.Count} calls";
        }

        foreach (var broken in HeardAgent(after.Caller))
        {
            yield return broken;
        }

        foreach (var broken in EndedBy(after.Calls is [var only, ..] ? only : null, causes))
        {
            yield return broken;
        }
    }

    /// <summary>A caller heard an agent.</summary>
    public static IEnumerable<string> HeardAgent(CallerExperience? caller) =>
        caller?.HeardAgent > TimeSpan.Zero ? [] : ["the caller never heard an agent"];

    /// <summary>A call's end has one of these causes.</summary>
    public static IEnumerable<string> EndedBy(KnownCall? call, params IReadOnlyList<string> causes) =>
        causes.Contains(call?.State.End?.Result) ? [] : [$"the end's cause is {call?.State.End?.Result ?? "missing"}"];

    private static bool IsLetIn(KnownCall call) =>
        call.State.Screening.Verdict is not { Action: var action } || !AdmissionAction.SendsNobody(action);

    /// <summary>Whom no agent is for, an agent is not bought for, and their room goes.</summary>
    private static IEnumerable<string> OfOneWhoIsNotLetIn(KnownCall call)
    {
        foreach (var room in call.Rooms)
        {
            if (room.FinishedAt is null)
            {
                yield return "the room of a call that was not let in outlived it";
            }

            if (room.Dispatches > 0 || room.AgentsJoined > 0)
            {
                yield return "an agent was sent to a call that was not let in";
            }
        }
    }

    private static IEnumerable<string> InTheJournal(KnownCall call)
    {
        foreach (var promise in call.Proof.Promises.Where(promise => promise.Answer != ProofAnswer.Yes && !IsLateness(promise)))
        {
            yield return promise.ToString();
        }

        if (call.State.End is null)
        {
            yield return "it has no end";
        }

        foreach (var claim in call.State.Claims.Values.Where(claim => claim.Status is ClaimStatus.Intent or ClaimStatus.Failed))
        {
            yield return $"the claim {claim.Key} is {claim.Status}";
        }
    }

    private static IEnumerable<string> Told(Aftermath after, IReadOnlyDictionary<string, int> published)
    {
        foreach (var (index, call) in after.Calls.Index())
        {
            string[] names = [LifecycleEventName.CallStarted, LifecycleEventName.CallEnded, LifecycleEventName.RoomDeleted];
            foreach (var name in names.Take(call.Rooms.Count > 0 ? 3 : 2).Select(name => CallNumbers.Name(name, index + 1)))
            {
                if (!published.ContainsKey(name))
                {
                    yield return $"{name} was never published";
                }
            }
        }

        foreach (var (name, times) in published.Where(told => told.Value > 2))
        {
            yield return $"{name} was published {times} times";
        }
    }

    /// <summary>Who is killed comes late.</summary>
    private static bool IsLateness(ProvenPromise promise) =>
        promise.Name is "room_deleted" or "agent_silent" && promise.Text.EndsWith("late", StringComparison.Ordinal);
}
