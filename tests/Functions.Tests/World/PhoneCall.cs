using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Functions.Tests.Durable;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>One call that comes in over a SIP trunk.</summary>
internal sealed class PhoneCall(FunctionApp app, string room = "trunk-1")
{
    private LiveKitParticipant? caller;
    private LiveKitParticipant? agent;

    /// <summary>The call's id, once the caller is there.</summary>
    public CallId Id { get; private set; } = null!;

    public string Room => room;

    /// <summary>The call's orchestration.</summary>
    public HubInstance Instance => app.Hub.Instances[Id.Value];

    /// <summary>The caller is put through.</summary>
    public void CallerJoins()
    {
        caller = app.LiveKit.Join(
            room,
            LiveKitParticipantKind.Sip,
            "sip_15550100001",
            (LiveKitAttributes.SipRuleId, "SDR_1"),
            (LiveKitAttributes.SipCallId, "SCL_1"));
        Id = new RoomNaming("call").CallOf(
            room,
            app.LiveKit.ListRoomsAsync([room], CancellationToken.None).Result
                is Core.LiveKit.Api.LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok ok
                    ? ok.Value[0].Sid
                    : "");
    }

    public void CallerLeaves() => app.LiveKit.Leave(room, caller!, "CLIENT_INITIATED");

    public void AgentJoins() => agent = app.LiveKit.Join(room, LiveKitParticipantKind.Agent, $"agent-{app.LiveKit.Created.Count}");

    public void AgentSpeaks() => app.LiveKit.Speak(room, agent!);

    public void AgentCrashes() => app.LiveKit.Leave(room, agent!, "SIGNAL_CLOSE");

    /// <summary>A whole call: the caller comes, an agent answers, they talk, the caller hangs up.</summary>
    public async Task TakePlaceAsync(TimeSpan talk, CancellationToken cancellationToken)
    {
        CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), cancellationToken);
        AgentJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), cancellationToken);
        AgentSpeaks();
        await app.PassAsync(talk, cancellationToken);
        CallerLeaves();
        await app.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
    }
}
