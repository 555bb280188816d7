using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
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

    /// <summary>How long an agent may be heard beside the human who takes its place, where nothing goes wrong.</summary>
    private static readonly TimeSpan SilentWithin = ReconcileRules.WhileRinging + TimeSpan.FromSeconds(1);

    private readonly HashSet<string> fences = new(StringComparer.Ordinal);
    private readonly HashSet<string> delivered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LifecycleEvent Event, int Times)> told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DateTimeOffset>> sent = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CallerTruth> callers = new(StringComparer.Ordinal)
    {
        [CallWorld.CallerSid] = new(CallWorld.CallerSid),
    };
    private readonly SortedDictionary<string, DateTimeOffset> roomsGone = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> othersUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> crowded = new(StringComparer.Ordinal);
    private readonly HashSet<string> attended = new(StringComparer.Ordinal);
    private int calleeRings;
    private ulong print;
    private bool agentsStray;
    private int transfers;
    private DateTimeOffset? spokenOverSince;

    public List<string> Broken { get; } = [];

    /// <summary>How many troubles there were.</summary>
    public int Troubles { get; set; }

    public TimeSpan Patience => Troubles * Allowance;

    /// <summary>What each caller really went through, by their leg.</summary>
    public IReadOnlyDictionary<string, CallerTruth> Callers => callers;

    /// <summary>What the first caller really went through.</summary>
    public CallerTruth Caller => callers[CallWorld.CallerSid];

    /// <summary>Whether the reserve agent was asked for.</summary>
    public bool ReserveDispatched { get; private set; }

    /// <summary>Whether the human's phone was made to ring.</summary>
    public bool HumanDialled { get; private set; }

    /// <summary>Whether any agent ever came into the room.</summary>
    public bool AgentCame { get; private set; }

    /// <summary>Whether the trunk gave the caller to somebody else.</summary>
    public bool IsTransferred { get; private set; }

    /// <summary>Whether the trunk was ever asked to.</summary>
    public bool IsTransferAsked => transfers > 0;

    /// <summary>When each session of the room went.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> RoomsGone => roomsGone;

    /// <summary>How late things were; known when all is over.</summary>
    public Lateness Lateness { get; set; }

    /// <summary>Whether one epoch was dispatched twice.</summary>
    public bool IsDoubled { get; private set; }

    public IEnumerable<LifecycleEvent> ToldEvents => told.Values.Select(entry => entry.Event);

    public IEnumerable<string> DeliveredIds => delivered;

    /// <summary>What a call's own callers went through: those who came after its end are others'.</summary>
    public IEnumerable<CallerTruth> CallersOf(CallState call)
    {
        var later = call.LaterCallers.Select(leg => leg.Sid).ToHashSet(StringComparer.Ordinal);
        return call.Callers.Where(leg => !later.Contains(leg.Sid)).Select(leg => callers.GetValueOrDefault(leg.Sid)).OfType<CallerTruth>();
    }

    /// <summary>When a call's agents were asked for.</summary>
    public IReadOnlyList<DateTimeOffset> SentTo(string callId) => sent.GetValueOrDefault(callId) ?? [];

    /// <summary>Until when people whom others brought talked in a session of the room, with no caller of ours there.</summary>
    public DateTimeOffset OthersUntil(string roomSid) => othersUntil.GetValueOrDefault(roomSid);

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
            "CreateDispatch" => [CallEffect.DispatchAgent.ClaimPrefix, CallEffect.DispatchHelper.ClaimPrefix],
            "DeleteDispatch" =>
                [CallEffect.DispatchAgent.ClaimPrefix, CallEffect.CallHuman.ClaimKey, CallEffect.SilenceAgents.ClaimPrefix],
            "RemoveParticipant" =>
            [
                CallEffect.DispatchAgent.ClaimPrefix, CallEffect.RemoveSurplusAgents.ClaimPrefix, CallEffect.CallHuman.ClaimKey,
                CallEffect.DropCallers.ClaimPrefix, CallEffect.SilenceAgents.ClaimPrefix, CallEffect.GiveUpHandoff.ClaimPrefix, "handoff:",
            ],
            "CreateSipParticipant" => [CallEffect.CallHuman.ClaimKey, CallEffect.Dial.ClaimPrefix, "handoff:"],
            "MuteTrack" => [CallEffect.SilenceAgents.ClaimPrefix],
            "TransferSipParticipant" => ["transfer:"],
            "StartEgress" => [CallEffect.StartRecording.ClaimPrefix],
            "StopEgress" => [CallEffect.StopRecordings.ClaimPrefix],
            "CreateRoom" => [CallEffect.OpenRoom.ClaimKey, CallEffect.DeleteRoom.ClaimPrefix],
            _ => [CallEffect.DeleteRoom.ClaimPrefix],
        };
        world.Others.Touches(room, what);
        if (!world.Promises.Holds(strand, prefixes) && !(world.Scenario.IsMerciless && what == "CreateDispatch"))
        {
            Break($"{what} without a claim by {strand.Label} in {room}");
        }
    }

    /// <summary>No fence twice, and no agent for a call that is over.</summary>
    public void Dispatched(LiveKitDispatchRequest request)
    {
        if (world.Scenario.Helpers.Contains(request.AgentName))
        {
            return;
        }

        var metadata = DispatchMetadata.TryParse(request.Metadata)!;
        if (!sent.TryGetValue(metadata.CallId, out var times))
        {
            sent[metadata.CallId] = times = [];
        }

        times.Add(world.Schedule.Now);
        if (world.Limits.RivalHolds)
        {
            Break("an agent was sent to a call that is one too many");
        }

        if (!fences.Add(metadata.Fence))
        {
            AgentStrays();
            IsDoubled = true;
        }

        if (IsDoubled && !world.Scenario.IsMerciless)
        {
            Break($"epoch {metadata.Epoch} was dispatched twice");
        }

        ReserveDispatched |= request.AgentName == Workers.Reserve;
        print += Fingerprint.Of(metadata.Fence);
    }

    /// <summary>
    /// A room is deleted: each recording in it that the gateway knew when it decided on that was told to stop before, whatever came of it.
    /// </summary>
    public void Deletes(Strand strand, string room)
    {
        if (world.Promises.Holder(strand) is { } call
            && world.Promises.ReadOf(strand, call.CallId).Recordings is var known
            && world.Recorders.GoingIn(room).Any(egress => known.Find(egress.Id) is not null))
        {
            Break("the deletion of the room cut a recording off that nobody had told to stop");
        }
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

    /// <summary>A caller is given away once by each handoff, and to each human: each asking makes a phone ring.</summary>
    public void TransferAsked()
    {
        print += Fingerprint.Of("transfer");
        var handoffs = world.Promises.States.Sum(state => state.Handoffs.Count());
        if (++transfers > world.Scenario.Queue * handoffs || (transfers > 1 && IsTransferred))
        {
            Break($"the caller was given away {transfers} times");
        }
    }

    /// <summary>The trunk has taken the caller over.</summary>
    public void TransferAccepted() => IsTransferred = true;

    /// <summary>The phone that the call is for rings once for each attempt, and only where an agent has come.</summary>
    public void CalleeDialled(ModelRoom? room)
    {
        calleeRings++;
        if (calleeRings > (world.Scenario.Redials ? 2 : 1))
        {
            Break($"the callee's phone rang {calleeRings} times");
        }

        if (room is null || !attended.Contains(room.Sid))
        {
            Break("the callee's phone rang before an agent was there");
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

    public void GuestLeft(ModelGuest guest, string reason, string told) => world.Others.Left(guest, reason, told);

    public void RoomChanged(ModelRoom room)
    {
        if (room.Name != world.RoomName)
        {
            return;
        }

        foreach (var caller in room.Callers)
        {
            callers.TryAdd(caller.Sid, new CallerTruth(caller.Sid));
        }

        foreach (var truth in callers.Values)
        {
            truth.Look(room, world.Schedule.Now);
        }

        if (room.Inside.Exists(guest => guest.IsHumanHeard && guest.Kind != GuestKind.Human))
        {
            othersUntil[room.Sid] = DateTimeOffset.MaxValue;
        }
        else if (othersUntil.GetValueOrDefault(room.Sid) == DateTimeOffset.MaxValue)
        {
            othersUntil[room.Sid] = world.Schedule.Now;
        }

        LookForOverlap(room);
        world.Others.RoomChanged(room);
        if (room.Agents.Any())
        {
            attended.Add(room.Sid);
        }

        AgentCame |= room.Agents.Any(agent => OthersPromises.IsOurs(agent.Dispatch));
        if (world.Scenario.AsksForLease && room.Agents.Count(agent => agent is { HasAudio: true, IsDead: false }) > 1)
        {
            Break("two agents speak at a time");
        }

        var agents = room.Agents.Count(agent => OthersPromises.IsOurs(agent.Dispatch));
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
        if (room.Name == world.RoomName)
        {
            roomsGone[room.Sid] = world.Schedule.Now;
            Uncrowd(room);
        }
    }

    public ulong Print()
    {
        var all = Fingerprint.Of(
            print,
            (ulong)Troubles,
            (agentsStray ? 1UL : 0)
                + (IsDoubled ? 2UL : 0)
                + (ReserveDispatched ? 4UL : 0)
                + (HumanDialled ? 8UL : 0)
                + (AgentCame ? 16UL : 0)
                + (IsTransferred ? 32UL : 0)
                + ((ulong)transfers << 8)
                + ((ulong)attended.Count << 16)
                + ((ulong)calleeRings << 24),
            crowded.Values.Aggregate(Fingerprint.Of(spokenOverSince), (sum, since) => sum + Fingerprint.Of(since)));
        foreach (var caller in callers.Values)
        {
            all = Fingerprint.Of(all, caller.Print());
        }

        foreach (var time in sent.Values.SelectMany(times => times).Concat(roomsGone.Values).Concat(othersUntil.Values))
        {
            all += Fingerprint.Of(time);
        }

        return all;
    }

    /// <summary>
    /// No agent speaks beside the human who takes its place. That they answered is known only when LiveKit is asked, every 2 s.
    /// </summary>
    private void LookForOverlap(ModelRoom room)
    {
        var isBoth = room.Humans.Any(human => human.HasAnswered)
            && room.Callers.Any(caller => !caller.IsDead)
            && room.Inside.Exists(guest => guest is { Kind: GuestKind.Agent or GuestKind.Avatar } && guest.IsHeard);
        if (spokenOverSince is { } since && world.Schedule.Now - since > SilentWithin + Patience)
        {
            Break($"an agent spoke beside the human for {world.Schedule.Now - since}");
        }

        spokenOverSince = isBoth ? spokenOverSince ?? world.Schedule.Now : null;
    }

    private void Uncrowd(ModelRoom room)
    {
        if (crowded.Remove(room.Sid, out var since)
            && world.Schedule.Now - since > ReconcileRules.WhileTalking + TimeSpan.FromSeconds(5) + Patience)
        {
            Break($"two agents stayed in the room for {world.Schedule.Now - since}");
        }
    }
}
