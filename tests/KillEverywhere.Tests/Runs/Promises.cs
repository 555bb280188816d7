using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>What must hold of a call, wherever its gateway was killed.</summary>
internal static class Promises
{
    /// <summary>Those that were not kept.</summary>
    public static IEnumerable<string> Broken(
        CallKind kind,
        IReadOnlyList<RoomTruth> rooms,
        CallerExperience caller,
        CallState state,
        CallProof proof,
        bool isListed,
        IReadOnlyDictionary<string, int>? published,
        TimeSpan slack)
    {
        if (rooms.Count != 1)
        {
            yield return $"{rooms.Count} rooms";
        }

        foreach (var broken in NetworkPromises.Broken(rooms, caller, slack))
        {
            yield return broken;
        }

        foreach (var promise in proof.Promises.Where(promise => promise.Answer != ProofAnswer.Yes && !IsLateness(promise)))
        {
            yield return promise.ToString();
        }

        if (caller.HeardAgent == TimeSpan.Zero)
        {
            yield return "the caller never heard an agent";
        }

        if (!kind.Causes.Contains(state.End?.Result))
        {
            yield return $"the end's cause is {state.End?.Result ?? "missing"}";
        }

        if (isListed)
        {
            yield return "the call is listed as open";
        }

        foreach (var claim in state.Claims.Values.Where(claim => claim.Status is ClaimStatus.Intent or ClaimStatus.Failed))
        {
            yield return $"the claim {claim.Key} is {claim.Status}";
        }

        if (published is null)
        {
            yield break;
        }

        foreach (var name in (string[])[LifecycleEventName.CallStarted, LifecycleEventName.CallEnded, LifecycleEventName.RoomDeleted])
        {
            if (!published.ContainsKey(name))
            {
                yield return $"{name} was never published";
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
