using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Story;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>What must hold of a call, wherever its gateway was killed.</summary>
internal static class Promises
{
    /// <summary>Those that were not kept.</summary>
    public static IEnumerable<string> Broken(
        IReadOnlyList<RoomTruth> rooms,
        CallerExperience? caller,
        CallState state,
        bool isListed,
        IReadOnlyDictionary<string, int>? published)
    {
        if (rooms is not [var room])
        {
            yield return $"{rooms.Count} rooms";
            yield break;
        }

        if (room.FinishedAt is null)
        {
            yield return "the room lives";
        }

        if (room.MostAgentsLive > 1)
        {
            yield return $"{room.MostAgentsLive} agents live at a time";
        }

        if (room.Dispatches == 0)
        {
            yield return "no agent was sent";
        }

        if (caller is null || caller.HeardAgent == TimeSpan.Zero)
        {
            yield return "the caller never heard an agent";
        }

        // Where LiveKit's word of the hanging up is still waiting to be sent again, asking LiveKit finds the caller gone.
        if (state.End is not { Status: ClaimStatus.Done, Result: EndCause.CallerHangup or EndCause.CallerLost })
        {
            yield return $"the end is {state.End?.Status.ToString() ?? "missing"}, its cause {state.End?.Result}";
        }

        if (state.Status != CallStatus.Ended)
        {
            yield return "the record does not say ended";
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
}
