using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Calls;

/// <summary>
/// Whatever the policy can decide, the orchestration can have done: an effect that it does not know would stop the call for ever.
/// </summary>
public sealed class EffectActivityTests
{
    /// <summary>One of each effect.</summary>
    public static TheoryData<CallEffect> Effects { get; } =
    [
        new CallEffect.Admit(),
        new CallEffect.LeavePlaces(),
        new CallEffect.DispatchAgent(1),
        new CallEffect.DispatchHelper("transcriber"),
        new CallEffect.HandOn(),
        new CallEffect.OpenRoom(),
        new CallEffect.Dial(1),
        new CallEffect.CallHuman(),
        new CallEffect.RingHuman(1, 0),
        new CallEffect.TransferCaller(1, 0),
        new CallEffect.SilenceAgents(1),
        new CallEffect.GiveUpHandoff(1, HandoffFailure.NoAnswer),
        new CallEffect.RemoveSurplusAgents(1),
        new CallEffect.StartRecording(1),
        new CallEffect.StopRecordings(["EG_1"]),
        new CallEffect.LookUpRecordings(),
        new CallEffect.Reconcile(),
        new CallEffect.EndCall(EndCause.CallerHangup),
        new CallEffect.Publish([LifecycleEventName.CallStarted]),
        new CallEffect.Deliver("crm", [LifecycleEventName.CallStarted]),
        new CallEffect.DropCallers(1),
        new CallEffect.DeleteRoom(1),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_kind_of_effect_is_among_them()
    {
        var kinds = typeof(CallEffect).GetNestedTypes().Where(kind => kind.IsSubclassOf(typeof(CallEffect)));

        Assert.Equal(
            kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal),
            Effects.Select(row => row.Data.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Every_effect_has_an_activity_of_its_own(CallEffect effect)
    {
        var functions = typeof(CallActivities).GetMethods().Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name);

        Assert.Contains(effect.Name, functions);
    }

    [Fact]
    public async Task A_trunk_caller_whom_no_agent_serves_talks_to_the_human()
    {
        var app = new FunctionApp(null, (SettingNames.LiveKitSipOutboundTrunkId, "ST_1"), (SettingNames.FallbackNumber, "+15550100177"));
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(30), Stop);

        var human = app.LiveKit.In(call.Room)[^1];
        app.LiveKit.PickUp(call.Room, human.Sid);
        await app.PassAsync(TimeSpan.FromSeconds(30), Stop);
        app.LiveKit.Leave(call.Room, human.Sid, "CLIENT_INITIATED");
        await app.PassAsync(TimeSpan.FromMinutes(1), Stop);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Instance.Status);
        Assert.Single(call.Instance.Activities, name => name == CallActivities.CallHuman);
        Assert.Equal(EndCause.HumanHangup, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).Cause);
        Assert.False(call.HasRoom);
    }

    [Fact]
    public async Task A_caller_whom_nobody_serves_is_sent_each_agent_in_turn_and_let_go()
    {
        var app = new FunctionApp(null, (SettingNames.LiveKitReserveAgentName, "reserve"));
        var call = new PhoneCall(app);
        call.CallerJoins();

        await app.PassAsync(TimeSpan.FromMinutes(2), Stop);

        Assert.Equal(["voice-agent", "voice-agent", "reserve"], app.Api.Made.Select(made => made.Request.AgentName));
        Assert.Equal(EndCause.NoAgent, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).Cause);
        Assert.False(call.HasRoom);
    }

    [Fact]
    public async Task A_second_agent_is_put_out()
    {
        var app = new FunctionApp();
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), Stop);
        call.AgentJoins();
        app.Clock.Advance(TimeSpan.FromMilliseconds(100));
        app.LiveKit.Join(call.Room, PhoneCall.Agent("agent-second"));

        await app.PassAsync(TimeSpan.FromSeconds(5), Stop);

        Assert.Contains(CallActivities.RemoveSurplusAgents, call.Instance.Activities);
        Assert.Single(app.Told, told => told.Name == LifecycleEventName.SurplusAgentRemoved);
        Assert.Equal(["sip_15550100001", "agent-1"], app.LiveKit.In(call.Room).Select(participant => participant.Identity));
    }

    [Fact]
    public async Task A_room_of_ours_with_nobody_but_an_agent_is_found_by_the_sweep_and_goes()
    {
        var app = new FunctionApp();
        var room = new RoomNaming("call").NameOf(CallId.ForTwilio("CA1"));
        app.LiveKit.Open(new LiveKitRoom { Name = room, EmptyTimeoutSeconds = 3600 });
        app.LiveKit.Join(room, PhoneCall.Agent("agent-left-behind"));
        app.Webhooks.Clear();

        for (var minute = 0; minute < 5; minute++)
        {
            await app.SweepAsync(Stop);
            await app.PassAsync(TimeSpan.FromMinutes(1), Stop);
        }

        Assert.Empty(app.LiveKit.Rooms);
        Assert.DoesNotContain(app.Told, told => told.Name == LifecycleEventName.CallEnded);
    }
}
