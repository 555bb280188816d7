using System.Diagnostics;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>The agents' workers. In trouble an agent comes late, twice, never, stays mute, or dies.</summary>
internal sealed class Workers(CallWorld world)
{
    private static readonly string[] Troubles = ["late", "twice", "never", "mute", "dies"];
    private static readonly TimeSpan Joins = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Speaks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Lives = TimeSpan.FromSeconds(2);

    /// <summary>A dispatch reached the workers.</summary>
    public void Take(LiveKitDispatch dispatch)
    {
        if (dispatch.AgentName.Length > 0)
        {
            var name = $"agent {dispatch.Id}";
            world.After(Joins, $"{name} joins", Troubles, trouble => Bring(dispatch, name, trouble.Length > 0 ? trouble : world.Scenario.Agent), isMove: true);
        }
    }

    private void Bring(LiveKitDispatch dispatch, string name, string trouble)
    {
        switch (trouble)
        {
            case "late":
                world.Witness.AgentStrays();
                world.After(Late, $"{name} joins late", [], _ => Join(dispatch, name, speaks: true));
                break;
            case "twice":
                world.Witness.AgentStrays();
                Join(dispatch, name, speaks: true);
                world.After(Speaks, $"{name} joins again", [], _ => Join(dispatch, $"{name} again", speaks: true));
                break;
            case "never":
                break;
            case "mute":
                Join(dispatch, name, speaks: false);
                break;
            case "dies":
                if (Join(dispatch, name, speaks: true) is { } doomed)
                {
                    world.After(Lives, $"{name} dies", [], _ => world.LiveKit.Leave(dispatch.Room, doomed, LiveKitDisconnectReason.ConnectionTimeout));
                }

                break;
            case "":
                Join(dispatch, name, speaks: true);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private ModelGuest? Join(LiveKitDispatch dispatch, string name, bool speaks)
    {
        if (world.LiveKit.Find(dispatch.Room) is null)
        {
            return null; // The room's closing ended the job.
        }

        var sid = $"PA_{world.LiveKit.Id(dispatch.Id, dispatch.Room)}";
        var agent = world.LiveKit.Join(dispatch.Room, sid, $"agent-{sid}", isAgent: true, dispatch.Id);
        if (speaks)
        {
            world.After(Speaks, $"{name} speaks", [], _ => world.LiveKit.Publish(dispatch.Room, agent), isMove: true);
        }

        return agent;
    }
}
