using VoiceFunctions.Core.Calls;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>What there is to look at when the callers of a run have hung up.</summary>
/// <param name="Network">Everything outside of the gateway.</param>
/// <param name="Caller">What the first caller lived through, and those after them.</param>
/// <param name="Calls">The calls, in the order in which the journal heard of them.</param>
/// <param name="PlaceHolders">The calls that hold a place of the route with one place.</param>
/// <param name="IsListed">Whether a call is listed as open.</param>
/// <param name="Published">The events that were published, and how often; <c>null</c> where nobody has looked yet.</param>
/// <param name="WasKilled">Whether a process was killed.</param>
internal sealed record Aftermath(
    PhoneNetwork Network,
    CallerExperience Caller,
    IReadOnlyList<KnownCall> Calls,
    IReadOnlyList<string> PlaceHolders,
    bool IsListed,
    IReadOnlyDictionary<string, int>? Published,
    bool WasKilled)
{
    /// <summary>The rooms of every call.</summary>
    public IReadOnlyList<RoomTruth> Rooms => Network.LiveKit.Rooms;

    /// <summary>What each caller lived through, in the order of their calls.</summary>
    public IReadOnlyList<CallerExperience> Callers { get; } = [.. Chain(Caller)];

    /// <summary>The call of a caller who came over Twilio; <c>null</c> where the journal has none.</summary>
    public KnownCall? CallOf(CallerExperience caller) =>
        Calls.FirstOrDefault(call => caller.CallSid is { } sid && call.State.CallId == CallId.ForTwilio(sid));

    private static IEnumerable<CallerExperience> Chain(CallerExperience? caller)
    {
        for (; caller is not null; caller = caller.Next)
        {
            yield return caller;
        }
    }
}
