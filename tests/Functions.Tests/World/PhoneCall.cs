using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Functions.Tests.Durable;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>One call that comes in over a SIP trunk.</summary>
internal sealed class PhoneCall(FunctionApp app, string room = "call_trunk-1")
{
    /// <summary>The phone of a trunk's caller, before it joins.</summary>
    public static readonly LiveKitParticipant Caller = new()
    {
        Identity = "sip_15550100001",
        Kind = LiveKitParticipantKind.Sip,
        Attributes = new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1", [LiveKitAttributes.SipCallId] = "SCL_1" },
    };

    private LiveKitParticipant? caller;
    private LiveKitParticipant? agent;

    /// <summary>The call's id, once the caller is there.</summary>
    public CallId Id { get; private set; } = null!;

    public string Room => room;

    /// <summary>Whether LiveKit has its room.</summary>
    public bool HasRoom => app.LiveKit.Rooms.Any(open => open.Name == room);

    /// <summary>The call's orchestration.</summary>
    public HubInstance Instance => app.Hub.Instances[Id.Value];

    /// <summary>The caller is put through.</summary>
    public void CallerJoins()
    {
        caller = app.LiveKit.Join(room, Caller);
        Id = new RoomNaming("call").CallOf(room, app.LiveKit.Rooms.Single(open => open.Name == room).Sid);
    }

    public void CallerLeaves() => app.LiveKit.Leave(room, caller!.Sid, "CLIENT_INITIATED");

    public void AgentJoins() => agent = app.LiveKit.Join(room, Agent($"agent-{app.Api.Made.Count}"));

    public void AgentSpeaks() => app.LiveKit.Publish(room, agent!.Sid);

    public void AgentCrashes() => app.LiveKit.Leave(room, agent!.Sid, "SIGNAL_CLOSE");

    /// <summary>An agent of that identity, before it joins.</summary>
    public static LiveKitParticipant Agent(string identity) => new()
    {
        Identity = identity,
        Kind = LiveKitParticipantKind.Agent,
        Attributes = new Dictionary<string, string> { [LiveKitAttributes.AgentName] = "voice-agent" },
    };

    /// <summary>A whole call: the caller comes, an agent answers, they talk, the caller hangs up.</summary>
    public async Task TakePlaceAsync(TimeSpan talk, CancellationToken cancellationToken)
    {
        CallerJoins();
        app.LiveKit.Publish(room, caller!.Sid);
        await app.PassAsync(TimeSpan.FromSeconds(1), cancellationToken);
        AgentJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), cancellationToken);
        AgentSpeaks();
        await app.PassAsync(talk, cancellationToken);
        CallerLeaves();
        await app.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
    }
}
