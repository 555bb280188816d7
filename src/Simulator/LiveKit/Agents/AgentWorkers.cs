using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>The workers that take agent jobs, and the agents that come of them.</summary>
internal sealed class AgentWorkers(
    SimulationTime time,
    Chance chance,
    RoomDirectory rooms,
    LeaseDesk leases,
    QualityReporter reporter,
    OutboundSipService phones,
    NetworkLog log,
    CancellationToken stopping)
{
    /// <summary>The number of whomever an agent dials by itself: nobody's.</summary>
    private const string Colleague = "+15550100188";

    /// <summary>How long the server takes to notice that a connection is dead.</summary>
    private static readonly TimeSpan ConnectionTimeout = TimeSpan.FromSeconds(20);

    /// <summary>How much later than the first a second job for the same dispatch can come.</summary>
    private static readonly TimeSpan SecondJob = TimeSpan.FromMilliseconds(400);

    /// <summary>How often an agent that waits for an answer looks, how long it then listens, and how long its message is.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Message = TimeSpan.FromSeconds(8);

    private readonly string workerId = chance.Id("AW_");

    /// <summary>What the agents of a room session do.</summary>
    public Func<RoomTruth, AgentScript> ScriptOf { get; set; } = _ => AgentScript.Good;

    /// <summary>What the agents of other people do, by their names.</summary>
    public IReadOnlyDictionary<string, AgentBehaviour> Helpers { get; set; } = new Dictionary<string, AgentBehaviour>();

    /// <summary>Somebody asked for an agent; called while the directory is locked.</summary>
    public void Take(Dispatch dispatch)
    {
        var behaviour = Helpers.GetValueOrDefault(dispatch.AgentName) ?? ScriptOf(dispatch.Room.Truth).For(dispatch.Room.Truth.Dispatches);
        if (dispatch.AgentName.Length > 0 && behaviour.JoinsAfter is { } joinsAfter)
        {
            for (var job = 0; job < behaviour.Jobs; job++)
            {
                var later = job == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1) + chance.UpTo("second job", SecondJob);
                _ = time.Start(() => LiveAsync(dispatch, behaviour, joinsAfter + later));
            }
        }
    }

    private async Task LiveAsync(Dispatch dispatch, AgentBehaviour behaviour, TimeSpan joinsAfter)
    {
        var jobId = chance.Id("AJ_");
        await time.Delay(joinsAfter, stopping);
        var lease = behaviour.AsksForLease ? await leases.AskAsync(dispatch, jobId, behaviour.Renews) : JobLease.None;
        if (lease.IsRefused)
        {
            return;
        }

        await time.Delay(behaviour.Connects, stopping);
        if (behaviour.Aborts)
        {
            log.Tell("agent", $"broke off before it was in {dispatch.Room.Name}");
            rooms.Change(() =>
            {
                if (dispatch.Room.Truth.FinishedAt is null)
                {
                    rooms.Abort(dispatch.Room.Name, RoomSettings.Default, room => AgentOf(dispatch, jobId, room));
                }
            });
            return;
        }

        var agent = rooms.Join(dispatch.Room, room => AgentOf(dispatch, jobId, room));
        if (agent is null)
        {
            return;
        }

        log.Tell("agent", $"{agent.Identity} joined {dispatch.Room.Name}");
        rooms.Change(() =>
        {
            agent.Truth?.HoldsLease = lease.IsHeld;
            dispatch.Agent = agent;
            dispatch.Job = new Job(jobId, agent.Identity, workerId, time.Clock.GetUtcNow());
        });
        if (lease.IsOverAt(time.Clock.GetUtcNow()) && (await leases.AskAsync(dispatch, jobId, behaviour.Renews)).IsRefused)
        {
            rooms.Leave(agent, LiveKitDisconnectReason.ClientInitiated);
            return;
        }

        await Task.WhenAll(
            SpeakAsync(agent, behaviour),
            FallSilentAsync(agent, behaviour),
            RenewAsync(agent, dispatch, jobId, lease),
            BringHumanAsync(agent, behaviour),
            SayConsentAsync(agent, dispatch, jobId, behaviour),
            AskForHumanAsync(agent, dispatch, jobId, behaviour),
            LookUpAsync(agent, dispatch, jobId, behaviour),
            UseToolsAsync(agent, dispatch, jobId, behaviour),
            DieAsync(agent, behaviour),
            JudgeAsync(agent, dispatch, jobId, behaviour),
            MeasureAsync(agent, dispatch, jobId, behaviour),
            LeaveAsync(agent, dispatch, jobId, behaviour));
    }

    private Participant AgentOf(Dispatch dispatch, string jobId, Room room) =>
        new(room, chance.Id("PA_"), $"agent-{jobId}", ParticipantKind.Agent, time.Clock.GetUtcNow(), time.CreateCompletion<string>())
        {
            Attributes = new(StringComparer.Ordinal) { [LiveKitAttributes.AgentName] = dispatch.AgentName },
        };

    private async Task SpeakAsync(Participant agent, AgentBehaviour behaviour)
    {
        if (behaviour.AvatarComes is { } comes)
        {
            await SpeakThroughAvatarAsync(agent, comes);
        }
        else if (behaviour.SpeaksAfter is { } after && await IsStillThereAsync(agent, after))
        {
            rooms.Publish(agent, "agent-voice", "audio/red");
            log.Tell("agent", $"{agent.Identity} speaks");
        }
    }

    private async Task SpeakThroughAvatarAsync(Participant agent, TimeSpan comes)
    {
        if (!await IsStillThereAsync(agent, comes))
        {
            return;
        }

        var avatar = rooms.Join(agent.Room, room => new Participant(
            room, chance.Id("PA_"), chance.Id("avatar-"), ParticipantKind.Agent, time.Clock.GetUtcNow(), time.CreateCompletion<string>())
        {
            Attributes = new(StringComparer.Ordinal) { [LiveKitAttributes.PublishOnBehalf] = agent.Identity },
        });
        if (avatar is not null)
        {
            rooms.Publish(avatar, "avatar-voice", "audio/red");
            log.Tell("agent", $"{avatar.Identity} joined and speaks for {agent.Identity}");
            _ = time.Start(async () =>
            {
                await Task.WhenAny(agent.Left, Task.Delay(Timeout.InfiniteTimeSpan, time.Clock, stopping));
                rooms.Leave(avatar, LiveKitDisconnectReason.ClientInitiated);
            });
        }
    }

    private async Task FallSilentAsync(Participant agent, AgentBehaviour behaviour)
    {
        if (behaviour.FallsSilent is { } after && await IsStillThereAsync(agent, after))
        {
            log.Tell("agent", $"{agent.Identity} takes its audio back");
            rooms.Unpublish(agent);
        }
    }

    /// <summary>A job that was told to renews its lease as long as its process lives, and leaves when it is refused.</summary>
    private async Task RenewAsync(Participant agent, Dispatch dispatch, string jobId, JobLease lease)
    {
        while (lease.RenewIn is { } pause && await IsStillThereAsync(agent, pause) && agent.IsLive)
        {
            lease = await leases.RenewAsync(dispatch, jobId, renews: true);
            if (lease.IsRefused)
            {
                rooms.Leave(agent, LiveKitDisconnectReason.ClientInitiated);
            }
        }
    }

    private async Task BringHumanAsync(Participant agent, AgentBehaviour behaviour)
    {
        if (behaviour.BringsHuman is { } after && await IsStillThereAsync(agent, after))
        {
            log.Tell("agent", $"{agent.Identity} dials a human into {agent.Room.Name}");
            await phones.DialAsync(
                new OutboundSipCall(phones.NewCallId(), Colleague, "", agent.Room.Name, $"colleague-{agent.Identity}"), behaviour.Human);
        }
    }

    private async Task SayConsentAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        if (behaviour.SaysConsent is { } after && await IsStillThereAsync(agent, after))
        {
            await leases.SayConsentAsync(dispatch, jobId, granted: true);
        }
    }

    private async Task AskForHumanAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        if (behaviour.AsksForHuman is { } after && await IsStillThereAsync(agent, after))
        {
            await Task.WhenAll(Enumerable.Range(0, behaviour.Askings)
                .Select(_ => time.Start(() => leases.AskForHumanAsync(dispatch, jobId, behaviour.HandoffRequest))));
        }
    }

    private async Task LookUpAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        if (behaviour.LooksUp is { } question
            && await IsStillThereAsync(agent, Listening)
            && await leases.LookUpAsync(dispatch, jobId, question) is { } passage)
        {
            rooms.Change(() => dispatch.Room.Truth.Passages = [.. dispatch.Room.Truth.Passages, passage]);
        }
    }

    private async Task UseToolsAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        foreach (var (number, step) in behaviour.Tools.Index())
        {
            if (!await IsStillThereAsync(agent, step.After))
            {
                return;
            }

            await Task.WhenAll(Enumerable.Range(0, step.Askings).Select(_ => time.Start(async () =>
            {
                if (await leases.UseToolAsync(dispatch, jobId, $"{jobId}-{number + 1}", step) is { } told)
                {
                    rooms.Change(() => dispatch.Room.Truth.Tools = [.. dispatch.Room.Truth.Tools, told]);
                }
            })));
        }
    }

    /// <summary>Measures each second, and reports every few; the rest when it has left.</summary>
    private async Task MeasureAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        if (behaviour.Network is not { } network)
        {
            return;
        }

        var pending = new List<JsonObject>();
        for (var second = 1; await IsStillThereAsync(agent, TimeSpan.FromSeconds(1)); second++)
        {
            pending.Add(network.At(second));
            if (second % network.ReportsEvery == 0)
            {
                await ReportAsync(isFinal: false);
            }
        }

        await ReportAsync(isFinal: true);

        async Task ReportAsync(bool isFinal)
        {
            if (!stopping.IsCancellationRequested
                && await reporter.ReportAsync(dispatch, jobId, pending, isFinal) is { } warnings)
            {
                pending.Clear();
                rooms.Change(() => agent.Room.Truth.QualityWarnings = [.. agent.Room.Truth.QualityWarnings, .. warnings]);
            }
        }
    }

    private async Task DieAsync(Participant agent, AgentBehaviour behaviour)
    {
        if (behaviour.Dies is { } after && await IsStillThereAsync(agent, after))
        {
            rooms.Die(agent);
            log.Tell("agent", $"{agent.Identity} died without a word");
            await Task.WhenAny(agent.Left, time.Delay(ConnectionTimeout, stopping));
            rooms.Leave(agent, LiveKitDisconnectReason.ConnectionTimeout);
        }
    }

    /// <summary>Says who answered the phone, and leaves its message where it is told to.</summary>
    private async Task JudgeAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        if (behaviour.Verdict is not { } verdict)
        {
            return;
        }

        while (!HasCalleeAnswered(agent.Room))
        {
            if (!await IsStillThereAsync(agent, Glance))
            {
                return;
            }
        }

        if (await IsStillThereAsync(agent, Listening)
            && await leases.SayAnsweredByAsync(dispatch, jobId, verdict) == "leave-message"
            && await IsStillThereAsync(agent, Message))
        {
            await leases.SayGoodbyeAsync(dispatch, jobId);
            log.Tell("agent", $"{agent.Identity} left its message");
            rooms.Leave(agent, LiveKitDisconnectReason.ClientInitiated);
        }
    }

    private bool HasCalleeAnswered(Room room) => rooms.Read(_ => room.Participants.Exists(other =>
        other is { Part: TruePart.Caller, IsDialledByApi: true }
        && other.Attributes.GetValueOrDefault(LiveKitAttributes.SipCallStatus) == LiveKitSipCallStatus.Active));

    private async Task LeaveAsync(Participant agent, Dispatch dispatch, string jobId, AgentBehaviour behaviour)
    {
        if (behaviour.Leaves is { } after && await IsStillThereAsync(agent, after))
        {
            if (behaviour.SaysGoodbye)
            {
                await leases.SayGoodbyeAsync(dispatch, jobId);
            }

            log.Tell("agent", $"{agent.Identity} left");
            rooms.Leave(agent, LiveKitDisconnectReason.ClientInitiated);
        }
    }

    private async Task<bool> IsStillThereAsync(Participant agent, TimeSpan after)
    {
        await Task.WhenAny(agent.Left, time.Delay(after, stopping));
        return !agent.Left.IsCompleted && !stopping.IsCancellationRequested;
    }
}
