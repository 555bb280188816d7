using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Simulator.Tests.LiveKit.Contract;

/// <summary>The LiveKit in memory, on a clock that the test moves.</summary>
internal sealed class InMemoryWorld : ILiveKitWorld
{
    private readonly ManualClock clock = new();
    private readonly LiveKitEventMapper mapper =
        new(new RoomScope(new RoomNaming("call")), new ParticipantMapper(agentIdentityPrefix: null));
    private readonly List<CallFact> facts = [];
    private readonly InMemoryLiveKit liveKit;
    private LiveKitParticipant? caller;

    private InMemoryWorld() => liveKit = new InMemoryLiveKit(clock)
    {
        OutboundTrunkId = TrunkId,
        Webhook = body => facts.AddRange(mapper.Map(body, clock.GetUtcNow()) is { } received ? [received.Event.Fact] : []),
    };

    public ILiveKitApi Api => liveKit;

    public string TrunkId => "ST_out";

    public IReadOnlyList<CallFact> Facts => [.. facts.Where(fact => fact is not CallFact.Unhandled)];

    public static Task<ILiveKitWorld> BeginAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ILiveKitWorld>(new InMemoryWorld());

    public Task RunAsync(Func<Task> course) => course();

    public Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    public Task CallerJoinsAsync(string number)
    {
        caller = liveKit.Join(LiveKitContract.Room, new LiveKitParticipant
        {
            Identity = $"sip_{number}",
            Kind = LiveKitParticipantKind.Sip,
            Attributes = new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1" },
        });
        liveKit.Publish(LiveKitContract.Room, caller.Sid);
        return Task.CompletedTask;
    }

    public Task CallerLeavesAsync()
    {
        liveKit.Leave(LiveKitContract.Room, caller!.Sid, LiveKitDisconnectReason.ClientInitiated);
        return Task.CompletedTask;
    }

    public Task AgentJoinsAsync(LiveKitDispatch dispatch)
    {
        liveKit.Publish(dispatch.Room, liveKit.Bring(dispatch)!.Sid);
        return Task.CompletedTask;
    }

    public Task HumanPicksUpAsync()
    {
        liveKit.PickUp(LiveKitContract.Room, Assert.Single(liveKit.In(LiveKitContract.Room)).Sid);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;
}
