using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>Somebody who comes into a room whatever the gateway does.</summary>
/// <param name="Name">The name in scripts.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Comes">When, in seconds from the beginning of the run; the caller comes at 1.</param>
/// <param name="Leaves">When they leave, in seconds from the beginning.</param>
internal sealed record Visit(string Name, GuestKind Kind, double Comes, double Leaves)
{
    /// <summary>The room; <c>null</c> for the call's.</summary>
    public string? Room { get; init; }

    /// <summary>Whether they come at their time and not earlier.</summary>
    public bool IsPunctual { get; init; }

    /// <summary>Whether they say nothing.</summary>
    public bool IsMute { get; init; }
}

/// <summary>Brings the scenario's visitors, and the humans whom agents dial.</summary>
internal sealed class Visitors(CallWorld world)
{
    /// <summary>The name of the agents that are somebody else's helpers.</summary>
    public const string HelperName = "scribe";

    private static readonly TimeSpan Speaks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PicksUp = TimeSpan.FromSeconds(4);

    public void Invite()
    {
        foreach (var visit in world.Scenario.Visits)
        {
            world.After(TimeSpan.FromSeconds(visit.Comes), $"{visit.Name} comes", [], _ => Come(visit), !visit.IsPunctual);
        }
    }

    /// <summary>Somebody else dials a phone into a room: it rings, is picked up, and talks until it hangs up.</summary>
    public void Dial(string room, TimeSpan talks, Action pickedUp)
    {
        var human = world.LiveKit.Dial(room, "sip_+15550100188", GuestKind.DialledOut);
        world.After(
            PicksUp,
            $"{human.Sid} picks up",
            [],
            _ =>
            {
                world.LiveKit.PickUp(room, human);
                world.After(
                    talks,
                    $"{human.Sid} hangs up",
                    [],
                    _ => world.LiveKit.Leave(room, human, LiveKitDisconnectReason.ClientInitiated),
                    isMove: true);
                pickedUp();
            },
            isMove: true);
    }

    private void Come(Visit visit)
    {
        var room = visit.Room ?? world.RoomName;
        var guest = world.LiveKit.Join(room, $"PA_{visit.Name}", $"id_{visit.Name}", visit.Kind);
        if (!visit.IsMute)
        {
            world.After(Speaks, $"{visit.Name} speaks", [], _ => world.LiveKit.Publish(room, guest));
        }

        world.After(
            TimeSpan.FromSeconds(visit.Leaves - visit.Comes),
            $"{visit.Name} leaves",
            [],
            _ => world.LiveKit.Leave(room, guest, LiveKitDisconnectReason.ClientInitiated),
            isMove: true);
    }
}
