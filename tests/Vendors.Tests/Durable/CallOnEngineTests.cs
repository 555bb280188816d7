using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Vendors.Tests.Durable;

/// <summary>
/// Calls through the orchestration on Microsoft's own engine: its gRPC, its serializer, its replay and its
/// timers, which keep the real time.
/// </summary>
public sealed class CallOnEngineTests
{
    private const string Room = "call_trunk-1";
    private const int Deadline = 60_000;

    /// <summary>The log line of an orchestration that begins a new history.</summary>
    private const int GoesOn = 5102;

    private LiveKitParticipant? caller;
    private LiveKitParticipant? agent;

    private static CallId Call => new RoomNaming("call").CallOf(Room, "RM_1");

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory(Timeout = Deadline)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_call_has_one_agent_one_end_and_its_room_does_not_outlive_it(int deliveries)
    {
        await using var app = await EngineApp.StartAsync(Ending);

        await AnswerAsync(app, deliveries);
        await app.HappensAsync(liveKit => liveKit.Leave(Room, caller!.Sid, "CLIENT_INITIATED"), deliveries, Ending);
        var instance = await app.Client.WaitForInstanceCompletionAsync(Call.Value, Ending);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, CallOrchestration.Name), (instance.RuntimeStatus, instance.Name));
        AssertServedOnce(app);
    }

    [Fact(Timeout = Deadline)]
    public async Task Starting_it_again_and_poking_it_does_no_harm_while_it_runs_nor_afterwards()
    {
        await using var app = await EngineApp.StartAsync(Ending);

        await AnswerAsync(app, deliveries: 1);
        await DisturbAsync(app);
        var during = await app.Client.GetInstanceAsync(Call.Value, Ending);
        await app.HappensAsync(liveKit => liveKit.Leave(Room, caller!.Sid, "CLIENT_INITIATED"), 1, Ending);
        var ended = await app.Client.WaitForInstanceCompletionAsync(Call.Value, Ending);
        await app.Gateway.Calls.Workflows.StartOrSignalAsync(Call, Ending);
        await app.Gateway.Calls.Workflows.SignalAsync(Call, Ending);
        var after = await app.Client.GetInstanceAsync(Call.Value, Ending);

        // The engine in memory rounds the time of creation another way before and after.
        Assert.Equal(during!.CreatedAt, ended.CreatedAt, TimeSpan.FromMilliseconds(100));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(
            (ended.CreatedAt, ended.LastUpdatedAt, ended.RuntimeStatus),
            (after!.CreatedAt, after.LastUpdatedAt, after.RuntimeStatus));
        AssertServedOnce(app);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_call_goes_on_with_a_new_history_and_still_ends_once()
    {
        await using var app = await EngineApp.StartAsync(Ending);

        await AnswerAsync(app, deliveries: 1);
        for (var look = 0; look <= CallOrchestration.TurnsPerGeneration; look++)
        {
            await app.Gateway.Calls.Workflows.SignalAsync(Call, Ending);
            await app.LookedAsync(Ending);
        }

        await app.HappensAsync(liveKit => liveKit.Leave(Room, caller!.Sid, "CLIENT_INITIATED"), 1, Ending);
        var instance = await app.Client.WaitForInstanceCompletionAsync(Call.Value, Ending);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.Contains(app.Log.Lines, line => line.Id == GoesOn);
        AssertServedOnce(app);
    }

    /// <summary>The caller comes, an agent answers, they talk.</summary>
    private async Task AnswerAsync(EngineApp app, int deliveries)
    {
        await app.HappensAsync(liveKit => liveKit.Open(new LiveKitRoom { Name = Room, Sid = "RM_1" }), deliveries, Ending);
        await app.HappensAsync(
            liveKit => caller = liveKit.Join(Room, new LiveKitParticipant
            {
                Identity = "sip_15550100001",
                Kind = LiveKitParticipantKind.Sip,
                Attributes =
                    new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1", [LiveKitAttributes.SipCallId] = "SCL_1" },
            }),
            deliveries,
            Ending);
        await app.HappensAsync(
            liveKit => agent = liveKit.Join(Room, new LiveKitParticipant { Identity = "agent-1", Kind = LiveKitParticipantKind.Agent }),
            deliveries,
            Ending);
        await app.HappensAsync(liveKit => liveKit.Publish(Room, agent!.Sid), deliveries, Ending);
    }

    private static async Task DisturbAsync(EngineApp app)
    {
        for (var time = 0; time < 5; time++)
        {
            await app.Gateway.Calls.Workflows.StartOrSignalAsync(Call, Ending);
            await app.Gateway.Calls.Workflows.EnsureRunningAsync(Call, Ending);
            await app.Gateway.Calls.Workflows.SignalAsync(Call, Ending);
        }
    }

    private static void AssertServedOnce(EngineApp app)
    {
        Assert.Single(app.Api.Made);
        Assert.Single(app.Api.Asked, "DeleteRoom");
        Assert.Empty(app.LiveKit.Rooms);
        Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded);
        Assert.Single(app.Told, told => told.Name == LifecycleEventName.RoomDeleted);
        Assert.Equal(app.Told.Select(told => told.Id).Distinct(), app.Told.Select(told => told.Id));
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error);
    }
}
