using System.Diagnostics;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Agents.Reports;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// The agents' workers. In trouble an agent comes late, twice, never, stays mute, or dies. Where the scenario says so, each job asks for
/// its lease before it joins; in trouble it then joins just before that runs out, or long after, and asks again before it is heard.
/// </summary>
internal sealed class Workers(CallWorld world)
{
    /// <summary>The name of the route's agent.</summary>
    public const string Agent = "acme";

    /// <summary>The name of the reserve agent, whose workers are another pool.</summary>
    public const string Reserve = "acme-reserve";

    private const int MostAskings = 10;
    private static readonly LeaseReply Nothing = new(LeaseAnswer.Undecided, TimeSpan.Zero);
    private static readonly string[] Troubles = ["late", "twice", "never", "mute", "dies"];
    private static readonly string[] LeaseTroubles = [.. Troubles, "tardy", "slow"];
    private static readonly TimeSpan Joins = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Speaks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Tardy = AgentLease.Validity - TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Lives = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Finishes = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Talks = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(21);
    private static readonly TimeSpan AsksAgain = TimeSpan.FromSeconds(1);

    private int hostTurn;

    /// <summary>A dispatch reached the workers.</summary>
    public void Take(LiveKitDispatch dispatch)
    {
        if (dispatch.AgentName.Length > 0)
        {
            var name = $"agent {dispatch.Id}";
            var usual = dispatch.AgentName == Reserve ? "" : world.Scenario.Agent;
            if (world.Scenario.Helpers.Contains(dispatch.AgentName))
            {
                world.After(Joins, $"{name} joins", [], _ =>
                    world.LiveKit.Join(dispatch.Room, $"PA_{name}", $"id_{name}", GuestKind.Helper, dispatch));
                return;
            }

            world.After(
                Joins,
                $"{name} joins",
                world.Scenario.AsksForLease ? LeaseTroubles : Troubles,
                trouble => Bring(dispatch, name, trouble.Length > 0 ? trouble : usual),
                isMove: true);
        }
    }

    public ulong Print() => (ulong)hostTurn << 32;

    private void Bring(LiveKitDispatch dispatch, string name, string trouble)
    {
        switch (trouble)
        {
            case "late":
                world.Witness.AgentStrays();
                world.After(Late, $"{name} joins late", [], _ => Begin(dispatch, trouble, Speak), isMove: true);
                break;
            case "twice":
                world.Witness.AgentStrays();
                Begin(dispatch, "", Speak);
                world.After(Speaks, $"{name} joins again", [], _ => Begin(dispatch, trouble, Speak));
                break;
            case "never":
                break;
            case "mute":
                Begin(dispatch, trouble, _ => { });
                break;
            case "dies":
                Begin(dispatch, trouble, agent =>
                {
                    Speak(agent);
                    world.After(Lives, $"{name} dies", [], _ =>
                        world.LiveKit.Leave(dispatch.Room, agent, LiveKitDisconnectReason.ConnectionTimeout));
                });
                break;
            case "finishes":
                Begin(dispatch, trouble, agent =>
                {
                    Speak(agent);
                    world.After(Finishes, $"{name} has finished", [], _ =>
                        world.LiveKit.Leave(dispatch.Room, agent, LiveKitDisconnectReason.ClientInitiated));
                });
                break;
            case "says done":
                Begin(dispatch, trouble, agent =>
                {
                    Speak(agent);
                    world.After(Finishes, $"{name} has finished", [], _ => SayDone(dispatch, agent));
                });
                break;
            case "hangs":
                Begin(dispatch, trouble, agent =>
                {
                    Speak(agent);
                    world.After(Finishes, $"{name} hangs", [], _ => world.LiveKit.Die(dispatch.Room, agent));
                    world.After(Finishes + Noticed, $"{name} is missed", [], _ =>
                        world.LiveKit.Leave(dispatch.Room, agent, LiveKitDisconnectReason.ConnectionTimeout));
                });
                break;
            case "falls silent":
                Begin(dispatch, trouble, agent =>
                {
                    Speak(agent);
                    world.After(Finishes, $"{name} falls silent", [], _ => world.LiveKit.Unpublish(dispatch.Room, agent));
                });
                break;
            case "brings a human":
                Begin(dispatch, trouble, agent =>
                {
                    Speak(agent);
                    world.After(Lives, $"{name} dials", [], _ => world.Visitors.Dial(
                        dispatch.Room,
                        Talks,
                        () => world.LiveKit.Leave(dispatch.Room, agent, LiveKitDisconnectReason.ClientInitiated)));
                });
                break;
            case "has an avatar":
                Begin(dispatch, trouble, agent => world.After(Speaks, $"{name} sends its avatar", [], _ =>
                {
                    var avatar = world.LiveKit.Join(
                        dispatch.Room,
                        $"{agent.Sid}_avatar",
                        $"{agent.Identity}_avatar",
                        GuestKind.Avatar,
                        master: agent.Identity);
                    world.LiveKit.Publish(dispatch.Room, avatar);
                }));
                break;
            case "tardy" or "slow":
                world.Witness.AgentStrays();
                Begin(dispatch, trouble, Speak);
                break;
            case "":
                Begin(dispatch, "", Speak);
                break;
            default:
                throw new UnreachableException();
        }

        void Speak(ModelGuest agent) =>
            world.After(Speaks, $"{name} speaks", [], _ => world.LiveKit.Publish(dispatch.Room, agent), isMove: true);
    }

    private void Begin(LiveKitDispatch dispatch, string manner, Action<ModelGuest> live)
    {
        var job = $"PA_{world.LiveKit.Id(dispatch.Id, dispatch.Room)}";
        if (world.Scenario.AsksForLease && DispatchMetadata.TryParse(dispatch.Metadata) is { } sent)
        {
            var connects = manner switch { "tardy" => Tardy, "slow" => Late, _ => Joins };
            Ask(
                sent,
                dispatch.Room,
                job,
                manner,
                1,
                validity => world.After(
                    connects, $"{job} {manner} enters", [], _ => Join(dispatch, job, agent => Enter(agent, validity)), isMove: true),
                () => { });

            void Enter(ModelGuest agent, TimeSpan validity)
            {
                if (connects <= validity)
                {
                    live(agent);
                }
                else
                {
                    Ask(sent, dispatch.Room, job, $"{manner} inside", 1, _ => live(agent), () =>
                        world.LiveKit.Leave(dispatch.Room, agent, LiveKitDisconnectReason.ClientInitiated));
                }
            }
        }
        else
        {
            Join(dispatch, job, live);
        }
    }

    private void Join(LiveKitDispatch dispatch, string job, Action<ModelGuest> live)
    {
        // The closing of a room ends its jobs.
        if (world.LiveKit.Find(dispatch.Room) is not null)
        {
            var agent = world.LiveKit.Join(dispatch.Room, job, LiveKitJob.IdentityOf(job), GuestKind.Agent, dispatch);
            live(agent);
            if (world.Scenario.Renews && DispatchMetadata.TryParse(dispatch.Metadata) is { } sent)
            {
                Renew(agent, sent, dispatch.Room, job, 1);
            }
        }
    }

    /// <summary>A job renews its lease as long as it lives.</summary>
    private void Renew(ModelGuest agent, DispatchMetadata sent, string room, string job, int renewal) =>
        world.After(AgentLease.RenewalEvery, $"{job} renews ({renewal})", [], _ =>
        {
            if (!agent.IsDead && world.LiveKit.Find(room)?.Inside.Contains(agent) == true)
            {
                Ask(sent, room, job, $"renewal {renewal}", 1, _ => { }, () => { });
                Renew(agent, sent, room, job, renewal + 1);
            }
        });

    private void SayDone(LiveKitDispatch dispatch, ModelGuest agent)
    {
        world.Others.SaysDone(agent);
        var job = agent.Sid;
        if (DispatchMetadata.TryParse(dispatch.Metadata) is { } sent
            && CallId.TryParse(sent.CallId, out var callId)
            && world.NextHost(ref hostTurn) is { } host)
        {
            host.Start(
                $"done {job}",
                strand => SayAsync(strand, new LeaseRequest(callId, sent.Fence, sent.Epoch, job)),
                _ => { });

            Task SayAsync(Strand strand, LeaseRequest asked) => host.PartsOf(strand).Reports.TakeAsync(
                asked, dispatch.Room, (state, now) => AgentDoneHandler.ReportOf(asked, state, now), CancellationToken.None);
        }
    }

    private void Ask(DispatchMetadata sent, string room, string job, string manner, int asking, Action<TimeSpan> granted, Action refused)
    {
        var answer = Nothing;
        if (world.NextHost(ref hostTurn) is { } host)
        {
            host.Start(
                $"lease {job} {manner}".Trim(),
                AskAsync,
                failure => Answered(failure is null ? answer : Nothing),
                () => Answered(Nothing));
        }
        else
        {
            Answered(Nothing);
        }

        async Task AskAsync(Strand strand)
        {
            answer = CallId.TryParse(sent.CallId, out var callId)
                ? await host
                    .PartsOf(strand).Leases
                    .AskAsync(
                        new LeaseRequest(callId, sent.Fence, sent.Epoch, job) { Renews = world.Scenario.Renews },
                        room,
                        CancellationToken.None)
                : new LeaseReply(LeaseAnswer.UnknownCall, TimeSpan.Zero);
        }

        void Answered(LeaseReply told)
        {
            if (told.Answer == LeaseAnswer.Granted)
            {
                granted(told.Validity);
            }
            else if (told.Answer == LeaseAnswer.Undecided && asking < MostAskings)
            {
                world.After(
                    AsksAgain,
                    $"{job} {manner} asks again ({asking})",
                    [],
                    _ => Ask(sent, room, job, manner, asking + 1, granted, refused));
            }
            else
            {
                refused();
            }
        }
    }
}
