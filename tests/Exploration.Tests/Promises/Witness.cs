using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>Sees what really happens outside, and says which promise that breaks.</summary>
internal sealed class Witness(CallWorld world)
{
    /// <summary>What one trouble may cost: a lease that runs out and a second attempt, or the sweep that finds what fell through.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> fences = new(StringComparer.Ordinal);
    private readonly HashSet<string> delivered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LifecycleEvent Event, int Times)> told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> crowded = new(StringComparer.Ordinal);
    private ulong print;
    private bool agentsStray;

    public List<string> Broken { get; } = [];

    /// <summary>How many troubles there were.</summary>
    public int Troubles { get; set; }

    public TimeSpan Patience => Troubles * Allowance;

    /// <summary>When the caller really was in the room.</summary>
    public CallerTruth Caller { get; } = new();

    /// <summary>When the first agent was asked for.</summary>
    public DateTimeOffset? DispatchedAt { get; private set; }

    /// <summary>How many agents were asked for.</summary>
    public int Dispatches { get; private set; }

    /// <summary>Whether the reserve agent was asked for.</summary>
    public bool ReserveDispatched { get; private set; }

    /// <summary>Whether the human's phone was made to ring.</summary>
    public bool HumanDialled { get; private set; }

    /// <summary>Whether any agent ever came into the room.</summary>
    public bool AgentCame { get; private set; }

    /// <summary>When the last room went.</summary>
    public DateTimeOffset? RoomGoneAt { get; private set; }

    /// <summary>How late things were; known when all is over.</summary>
    public Lateness Lateness { get; set; }

    /// <summary>Whether one epoch was dispatched twice.</summary>
    public bool IsDoubled { get; private set; }

    public IEnumerable<LifecycleEvent> ToldEvents => told.Values.Select(entry => entry.Event);

    public IEnumerable<string> DeliveredIds => delivered;

    public void Break(string promise) => Broken.Add(promise);

    /// <summary>An agent does what no dispatch of ours asked for.</summary>
    public void AgentStrays() => agentsStray = true;

    public void Delivered(Message message)
    {
        delivered.Add(message.Id);
        print += Fingerprint.Of(message.Name);
    }

    /// <summary>No effect without its claim.</summary>
    public void Acts(Strand strand, string what, string room)
    {
        string[] prefixes = what switch
        {
            "CreateDispatch" => [CallEffect.DispatchAgent.ClaimPrefix],
            "DeleteDispatch" => [CallEffect.DispatchAgent.ClaimPrefix, CallEffect.CallHuman.ClaimKey],
            "RemoveParticipant" =>
                [CallEffect.DispatchAgent.ClaimPrefix, CallEffect.RemoveSurplusAgents.ClaimPrefix, CallEffect.CallHuman.ClaimKey],
            "CreateSipParticipant" => [CallEffect.CallHuman.ClaimKey],
            _ => [CallEffect.DeleteRoom.ClaimPrefix],
        };
        if (!world.Promises.Holds(strand, prefixes) && !(world.Scenario.IsMerciless && what == "CreateDispatch"))
        {
            Break($"{what} without a claim by {strand.Label} in {room}");
        }
    }

    /// <summary>No fence twice, and no agent for a call that is over.</summary>
    public void Dispatched(LiveKitDispatchRequest request)
    {
        DispatchedAt ??= world.Schedule.Now;
        var metadata = DispatchMetadata.TryParse(request.Metadata)!;
        if (!fences.Add(metadata.Fence))
        {
            AgentStrays();
            IsDoubled = true;
        }

        if (IsDoubled && !world.Scenario.IsMerciless)
        {
            Break($"epoch {metadata.Epoch} was dispatched twice");
        }

        Dispatches++;
        ReserveDispatched |= request.AgentName == Workers.Reserve;
        print += Fingerprint.Of(metadata.Fence);
    }

    /// <summary>The human's phone rings for one call at a time.</summary>
    public void Dialled(ModelRoom? room)
    {
        HumanDialled = true;
        if (room?.Humans.Any() == true)
        {
            Break("the human was dialled twice at a time");
        }
    }

    /// <summary>Each happening is told under its claim, and says the same each time.</summary>
    public void Told(Strand strand, LifecycleEvent happened)
    {
        if (!world.Promises.Holds(strand, [CallEffect.Publish.ClaimPrefix]))
        {
            Break($"{happened.Name} was told without a claim");
        }

        var (known, times) = told.GetValueOrDefault(happened.Id, (happened, 0));
        told[happened.Id] = (happened, times + 1);
        print += Fingerprint.Of(happened.Id);
        if (known.Name == LifecycleEventName.CallEnded && known != happened)
        {
            Break($"{happened.Name} was told in two ways: {known} and {happened}");
        }

        if (times > 0 && Troubles == 0)
        {
            Break($"{happened.Name} was told twice although nothing went wrong");
        }
    }

    public void RoomChanged(ModelRoom room)
    {
        Caller.Look(room, world.Schedule.Now);
        AgentCame |= room.Agents.Any();
        if (world.Scenario.AsksForLease && room.Agents.Count(agent => agent.HasAudio) > 1)
        {
            Break("two agents speak at a time");
        }

        var agents = room.Agents.Count();
        if (agents < 2)
        {
            Uncrowd(room);
        }
        else if (!agentsStray)
        {
            Break("two agents that we sent are in the room at once");
        }
        else
        {
            crowded.TryAdd(room.Sid, world.Schedule.Now);
        }
    }

    public void RoomClosed(ModelRoom room)
    {
        RoomGoneAt = world.Schedule.Now;
        Uncrowd(room);
    }

    public ulong Print() => Fingerprint.Of(
        print,
        (ulong)Troubles,
        Caller.Print(),
        Fingerprint.Of(DispatchedAt),
        Fingerprint.Of(RoomGoneAt),
        (agentsStray ? 1UL : 0) + (IsDoubled ? 2UL : 0) + (ReserveDispatched ? 4UL : 0) + (HumanDialled ? 8UL : 0) + (AgentCame ? 16UL : 0),
        crowded.Values.Aggregate(0UL, (all, since) => all + Fingerprint.Of(since)));

    private void Uncrowd(ModelRoom room)
    {
        if (crowded.Remove(room.Sid, out var since)
            && world.Schedule.Now - since > ReconcileRules.WhileTalking + TimeSpan.FromSeconds(5) + Patience)
        {
            Break($"two agents stayed in the room for {world.Schedule.Now - since}");
        }
    }
}
