using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>A system that hears of events, and the letters of those that it refused.</summary>
internal sealed class ModelReceiver(CallWorld world)
{
    public const string Name = "receiver";

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> dead = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes an event. The first time it may overtake none that happened before it and was offered no later, but one that was refused.
    /// </summary>
    public void Take(LifecycleEvent told)
    {
        if (!taken.Add(told.Id) || !CallId.TryParse(told.CallId, out var callId))
        {
            return;
        }

        var state = CallState.Of(world.Journal.History(callId));
        var offered = DeliveryTrail.FirstOffered(state, Name, told);
        foreach (var other in LifecycleEvents.Of(state).Where(other => other.At < told.At && !taken.Contains(other.Id)))
        {
            if (DeliveryTrail.FirstOffered(state, Name, other) <= offered && !dead.Contains(other.Id))
            {
                world.Witness.Break($"{told.Name} went out before {other.Name}");
            }
        }
    }

    /// <summary>A letter is kept.</summary>
    public void Bury(string eventId) => dead.Add(eventId);

    /// <summary>What must hold of a call in the end: each event was taken or is a dead letter, and no other one was taken.</summary>
    public void Check(CallState state)
    {
        if (!world.Scenario.HasReceiver)
        {
            return;
        }

        var happened = LifecycleEvents.Of(state).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var lost in happened.Where(id => !taken.Contains(id) && !dead.Contains(id)))
        {
            world.Witness.Break($"the receiver never got {KeyOf(lost)}");
        }

        foreach (var strange in taken.Where(id => id.StartsWith(state.CallId.Value, StringComparison.Ordinal) && !happened.Contains(id)))
        {
            world.Witness.Break($"the receiver got {KeyOf(strange)}, which did not happen");
        }
    }

    public ulong Print()
    {
        ulong print = 0;
        foreach (var id in taken)
        {
            print += Fingerprint.Of(1, Fingerprint.Of(id));
        }

        foreach (var id in dead)
        {
            print += Fingerprint.Of(2, Fingerprint.Of(id));
        }

        return print;
    }

    private static string KeyOf(string eventId) => eventId[(eventId.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
