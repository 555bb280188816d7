using VoiceFunctions.KillEverywhere.Runs;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.KillEverywhere.Kinds;

/// <summary>A call whose events go to a webhook, each signed.</summary>
internal static class EventKind
{
    /// <summary>Over Twilio.</summary>
    public static CallKind EventsOut { get; } = CallKind.Twilio with
    {
        Name = "a call whose events go out",
        HasReceiver = true,
        Steps = ["deliver ", "offer "],
        Promises = Broken,
    };

    private static IEnumerable<string> Broken(Aftermath after)
    {
        var receiver = after.Network.Receiver;
        if (receiver.Unsigned > 0)
        {
            yield return $"{receiver.Unsigned} requests were not signed";
        }

        foreach (var broken in EventPromises.Broken(Happening.Of(after.Calls[0].State), receiver.Received))
        {
            yield return broken;
        }

        foreach (var (id, times) in receiver.Received.CountBy(one => one.Id).Where(one => one.Value > (after.WasKilled ? 2 : 1)))
        {
            yield return $"the receiver got {id} {times} times";
        }
    }
}
