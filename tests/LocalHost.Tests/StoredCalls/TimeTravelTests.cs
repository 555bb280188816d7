using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator.Faults;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>A build that decides otherwise is told apart, decision by decision.</summary>
public sealed class TimeTravelTests
{
    [Fact]
    public async Task A_longer_grace_would_have_deleted_the_room_later()
    {
        var call = await RetakeAsync("answered", (SettingNames.RoomGraceSeconds, "60"));

        var difference = Assert.Single(call.Differences);
        Assert.Equal("delete-room:1", difference.Recorded);
        Assert.StartsWith("wait until ", difference.Today, StringComparison.Ordinal);
        Assert.Null(call.LeftToDo);
    }

    [Fact]
    public async Task A_shorter_patience_would_have_ended_the_call_earlier()
    {
        var call = await RetakeAsync("agent-never-joins", (SettingNames.DialTimeoutSeconds, "5"));

        Assert.Contains("end no_agent", call.Differences.Select(difference => difference.Today));
    }

    [Fact]
    public async Task A_route_of_the_called_number_counts()
    {
        var call = await RetakeAsync("answered", (SettingNames.RoutesJson, """{"routes":[{"prefix":"+1","roomGraceSeconds":60}]}"""));

        Assert.Equal("delete-room:1", Assert.Single(call.Differences).Recorded);
    }

    [Fact]
    public async Task Another_agent_for_the_number_is_another_decision()
    {
        var call = await RetakeAsync("answered", (SettingNames.LiveKitAgentName, "other"));

        Assert.Equal(
            ("dispatch:1 (voice-agent)", "dispatch:1 (other)"),
            Assert.Single(call.Differences) is var difference ? (difference.Recorded, difference.Today) : default);
    }

    [Fact]
    public async Task What_this_build_would_do_after_the_closing_is_told()
    {
        var journal = await Told.PlayAsync("answered", 1, DeliveryFaults.None);
        var callId = Assert.Single(journal.Calls);
        await journal.AppendAsync(
            callId,
            new CallEvent(
                "EV_late",
                DateTimeOffset.UnixEpoch.AddYears(60),
                new CallFact.LegJoined(new Leg("PA_late", "late", LegRole.Agent))),
            Tracking.RecordOnly,
            TestContext.Current.CancellationToken);

        var call = PolicyReplay.Replay(callId, await journal.RowsAsync(callId), Told.Routes);

        Assert.Empty(call.Differences);
        Assert.Equal("publish:PARTICIPANT_JOINED:PA_late", call.LeftToDo);
        Assert.False(call.IsSame);
    }

    private static async Task<ReplayedCall> RetakeAsync(string scenario, (string Name, string Value) changed)
    {
        var journal = await Told.PlayAsync(scenario, 1, DeliveryFaults.None);
        var callId = Assert.Single(journal.Calls);
        Assert.True(PolicyReplay.Replay(callId, await journal.RowsAsync(callId), Told.Routes).IsSame);
        return PolicyReplay.Replay(callId, await journal.RowsAsync(callId), Told.RoutesWith(changed.Name, changed.Value));
    }
}
