using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>An operator, or an application, ends a call.</summary>
public sealed class CallEndRouteTests
{
    private static readonly string Path = $"/calls/{GatewayBench.Call}/end";

    private readonly GatewayBench bench = new();

    [Fact]
    public async Task The_call_is_over_and_its_caller_off_the_line_before_the_answer()
    {
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();

        var answer = await EndAsync();

        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal((CallStatus.Ended, EndCause.ApiEnd), (RecordOf(answer).Status, RecordOf(answer).EndCause));
        Assert.Empty(bench.LiveKit.Rooms);
        Assert.Contains(GatewayBench.Call, bench.Workflows.Started);
    }

    [Fact]
    public async Task Asking_again_changes_nothing_and_is_answered_alike()
    {
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        var first = await EndAsync();
        var rows = (await RowsAsync()).Count;

        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        var again = await EndAsync();

        Assert.Equal((first.Status, GatewayBench.Text(first)), (again.Status, GatewayBench.Text(again)));
        Assert.Equal(rows, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_call_that_cannot_be_ended_just_now_is_accepted_and_ended_by_its_workflow()
    {
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        bench.Journal.Before = AwayAt("Commit");

        var answer = await EndAsync();
        bench.Journal.Before = _ => Task.CompletedTask;

        Assert.Equal((202, CallStatus.AgentDispatched), (answer.Status, RecordOf(answer).Status));
        Assert.NotNull((await bench.StateAsync()).EndRequests.First);
        Assert.Equal(200, (await EndAsync()).Status);
    }

    [Fact]
    public async Task A_caller_of_Twilio_is_hung_up_on_and_gets_no_fallback_even_before_the_answer()
    {
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        await EndAsync();

        var result = await bench.TwilioAsync(
            "/twilio/dial-result",
            ("CallSid", GatewayBench.CallSid), ("To", GatewayBench.To), ("CallStatus", "in-progress"), ("DialCallStatus", "failed"));

        Assert.Equal("<Response><Hangup/></Response>", GatewayBench.TwimlOf(result));
    }

    [Fact]
    public async Task There_is_no_end_of_a_call_that_is_not_there()
    {
        Assert.Equal((404, "unknown-call"), Told(await EndAsync()));
        Assert.Equal((400, "bad-parameter"), Told(await bench.SendAsync(
            "POST", "/calls/nonsense/end", [], (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey))));
        Assert.Empty(await RowsAsync());

        await bench.LiveKitAsync(GatewayBench.Webhook("room_started", "EV_1"));
        Assert.Equal((404, "unknown-call"), Told(await EndAsync()));
    }

    [Fact]
    public async Task Nobody_ends_a_call_without_being_let_in()
    {
        await bench.VoiceAsync();

        Assert.Equal((401, "bad-key"), Told(await bench.SendAsync("POST", Path, [])));
        Assert.Null((await bench.StateAsync()).EndRequests.First);
    }

    [Fact]
    public async Task A_journal_that_is_away_is_said_to_be_so()
    {
        await bench.VoiceAsync();
        bench.Journal.Before = AwayAt("Append");

        Assert.Equal((503, "not-recorded"), Told(await EndAsync()));
    }

    [Fact]
    public async Task While_no_new_calls_are_taken_a_caller_of_a_trunk_gets_no_agent()
    {
        var drained = new GatewayBench(changes: (SettingNames.TelephonyEnabled, "false"));
        const string RoomOfTrunk = "call_trunk_x1";
        drained.LiveKit.Open(RoomOfTrunk, "RM_1");

        await drained.LiveKitAsync(GatewayBench.Webhook("participant_joined", "EV_1", GatewayBench.Caller(), RoomOfTrunk));
        var callId = CallId.ForTrunk(RoomOfTrunk, "RM_1");
        await drained.Gateway.Calls.Advancer.EndInlineAsync(callId, TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        Assert.Equal(EndCause.TelephonyDisabled, (await drained.StateAsync(callId)).End?.Result);
        Assert.Empty(drained.LiveKit.Made);
        Assert.Empty(drained.LiveKit.Rooms);
    }

    private Task<GatewayResponse> EndAsync() =>
        bench.SendAsync("POST", Path, "{}"u8.ToArray(), (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey));

    private static Func<string, Task> AwayAt(string what) =>
        method => method == what ? throw new JournalUnavailableException("The store is away.") : Task.CompletedTask;

    private ValueTask<IReadOnlyList<StoredRow>> RowsAsync() =>
        bench.Journal.ReadRowsAsync(GatewayBench.Call, TestContext.Current.CancellationToken);

    private static (int Status, string Problem) Told(GatewayResponse answer) => (answer.Status, GatewayBench.ProblemOf(answer));

    private static CallDetailRecord RecordOf(GatewayResponse answer) =>
        JsonSerializer.Deserialize(answer.Body.Span, JournalJson.Default.CallDetailRecord)!;
}
