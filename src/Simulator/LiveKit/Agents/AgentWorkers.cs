using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Agents;

/// <summary>The workers that take agent jobs, and the agents that come of them.</summary>
internal sealed class AgentWorkers(
    SimulationTime time, Chance chance, RoomDirectory rooms, LeaseDesk leases, NetworkLog log, CancellationToken stopping)
{
    /// <summary>How long the server takes to notice that a connection is dead.</summary>
    private static readonly TimeSpan ConnectionTimeout = TimeSpan.FromSeconds(20);

    /// <summary>How much later than the first a second job for the same dispatch can come.</summary>
    private static readonly TimeSpan SecondJob = TimeSpan.FromMilliseconds(400);

    private readonly string workerId = chance.Id("AW_");

    /// <summary>What the agents of a room session do.</summary>
    public Func<RoomTruth, AgentScript> ScriptOf { get; set; } = _ => AgentScript.Good;

    /// <summary>Somebody asked for an agent; called while the directory is locked.</summary>
    public void Take(Dispatch dispatch)
    {
        var behaviour = ScriptOf(dispatch.Room.Truth).For(dispatch.Room.Truth.Dispatches);
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
        var lease = behaviour.AsksForLease ? await leases.AskAsync(dispatch, jobId) : JobLease.None;
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
            agent.Truth!.HoldsLease = lease.IsHeld;
            dispatch.Agent = agent;
            dispatch.Job = new Job(jobId, agent.Identity, workerId, time.Clock.GetUtcNow());
        });
        if (lease.IsOverAt(time.Clock.GetUtcNow()) && (await leases.AskAsync(dispatch, jobId)).IsRefused)
        {
            rooms.Leave(agent, LiveKitDisconnectReason.ClientInitiated);
            return;
        }

        await Task.WhenAll(SpeakAsync(agent, behaviour), DieAsync(agent, behaviour), LeaveAsync(agent, behaviour));
    }

    private Participant AgentOf(Dispatch dispatch, string jobId, Room room) =>
        new(room, chance.Id("PA_"), $"agent-{jobId}", ParticipantKind.Agent, time.Clock.GetUtcNow(), time.CreateCompletion<string>())
        {
            Attributes = new(StringComparer.Ordinal) { [LiveKitAttributes.AgentName] = dispatch.AgentName },
        };

    private async Task SpeakAsync(Participant agent, AgentBehaviour behaviour)
    {
        if (behaviour.SpeaksAfter is { } after && await IsStillThereAsync(agent, after))
        {
            rooms.Publish(agent, "agent-voice", "audio/red");
            log.Tell("agent", $"{agent.Identity} speaks");
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

    private async Task LeaveAsync(Participant agent, AgentBehaviour behaviour)
    {
        if (behaviour.Leaves is { } after && await IsStillThereAsync(agent, after))
        {
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
