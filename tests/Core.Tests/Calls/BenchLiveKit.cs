using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Core.Calls;

/// <summary>The LiveKit of a bench: its rooms, and the way to it. Who comes and goes is said in the words of calls.</summary>
internal sealed class BenchLiveKit : TroubledLiveKit
{
    private readonly InMemoryLiveKit inner;
    private readonly LiveKitEventMapper mapper = new(new RoomScope(Given.Naming), new ParticipantMapper(agentIdentityPrefix: null));

    public BenchLiveKit(TimeProvider clock)
        : this(new InMemoryLiveKit(clock), clock)
    {
    }

    private BenchLiveKit(InMemoryLiveKit inner, TimeProvider clock)
        : base(inner, clock)
    {
        this.inner = inner;
        inner.Webhook = body =>
        {
            if (mapper.Map(body, clock.GetUtcNow()) is { } received)
            {
                Happened(received.Event);
            }
        };
        inner.Dispatched = Take;
    }

    /// <summary>Gets every event in the rooms at the moment at which it happens.</summary>
    public Action<CallEvent> Happened { get; set; } = _ => { };

    /// <summary>Runs work some time later; agents do not come without it.</summary>
    public Action<TimeSpan, Action>? Later { get; set; }

    /// <summary>How long a worker takes to bring its agent in; <c>null</c> where there is no worker.</summary>
    public TimeSpan? AgentDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The SIP status with which the phone network refuses transfers; <c>null</c> where it does them.</summary>
    public int? RefusesTransfersWith
    {
        set => inner.RefusesTransfersWith = value;
    }

    public IEnumerable<BenchRoom> Rooms =>
        inner.Rooms.Select(room => new BenchRoom(room.Name, inner.In(room.Name), inner.DispatchesIn(room.Name)));

    /// <summary>Opens a room, which stays open without people for as long as LiveKit lets it, or for so long.</summary>
    public void Open(string name, string sid = "", TimeSpan? emptyTimeout = null) =>
        inner.Open(new LiveKitRoom { Name = name, Sid = sid, EmptyTimeoutSeconds = (long)emptyTimeout.GetValueOrDefault().TotalSeconds });

    /// <summary>Somebody comes in, into a room that is opened if need be.</summary>
    public Leg Join(string name, Leg leg)
    {
        var joined = inner.Join(name, ParticipantOf(leg));
        return leg with { Sid = joined.Sid, JoinedAtMs = joined.JoinedAtMs };
    }

    public void Publish(string name, string sid) => inner.Publish(name, sid);

    public void Leave(string name, string sid, string reason) => inner.Leave(name, sid, reason);

    public void Close(string name, string reason) => inner.Close(name, reason);

    /// <summary>The phone of a leg is answered; no webhook tells it.</summary>
    public void Answer(string name, string sid) => inner.PickUp(name, sid);

    /// <summary>Adds a dispatch as a rule or a token does; a worker brings the agent.</summary>
    public LiveKitDispatch Dispatch(string room, string agentName, string metadata = "") => inner.Dispatch(room, agentName, metadata);

    private void Take(LiveKitDispatch dispatch)
    {
        if (AgentDelay is { } delay)
        {
            Later?.Invoke(delay, () =>
            {
                if (inner.Bring(dispatch) is { } agent)
                {
                    Later(TimeSpan.FromMilliseconds(100), () => inner.Publish(dispatch.Room, agent.Sid));
                }
            });
        }
    }

    private static LiveKitParticipant ParticipantOf(Leg leg) => new()
    {
        Sid = leg.Sid,
        Identity = leg.Identity,
        Kind = leg.Role switch
        {
            LegRole.Agent => LiveKitParticipantKind.Agent,
            LegRole.Caller or LegRole.Human or LegRole.DialledOut => LiveKitParticipantKind.Sip,
            LegRole.Recorder => LiveKitParticipantKind.Egress,
            _ => LiveKitParticipantKind.Standard,
        },
        Attributes = leg.Role switch
        {
            LegRole.Caller when leg.CalledNumber is { } called => new Dictionary<string, string>
            {
                [LiveKitAttributes.SipRuleId] = "SDR_1",
                [LiveKitAttributes.SipTrunkPhoneNumber] = called,
            },
            LegRole.Caller => new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1" },
            LegRole.Human => new Dictionary<string, string> { [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Ringing },
            LegRole.Agent when leg.OnBehalfOf is { } agent =>
                new Dictionary<string, string> { [LiveKitAttributes.PublishOnBehalf] = agent },
            LegRole.Agent when leg.AgentName is { } name => new Dictionary<string, string> { [LiveKitAttributes.AgentName] = name },
            _ => LiveKitAttributes.None,
        },
    };
}

/// <summary>A room of the bench, in the words of calls.</summary>
internal sealed record BenchRoom(string Name, IReadOnlyList<LiveKitParticipant> Participants, IReadOnlyList<LiveKitDispatch> Dispatches)
{
    private static readonly ParticipantMapper Legs = new(agentIdentityPrefix: null);

    public IEnumerable<Leg> Inside => Participants.Select(Legs.LegOf);

    public IEnumerable<Leg> Agents => Inside.Where(inside => inside.Role == LegRole.Agent);
}
