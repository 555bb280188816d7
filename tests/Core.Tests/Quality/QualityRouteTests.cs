using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Quality;

/// <summary>The route on which agents and clients tell what they measure.</summary>
public sealed class QualityRouteTests
{
    private const string ApiKey = "golf-key-hunter2";

    private readonly GatewayBench bench = new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.ApiKeys, $$"""{"golf": "{{ApiKey}}"}"""),
        (SettingNames.ApiTokenSecret, "a-secret-that-signs-hunter2-hunter2"));

    private readonly Stats stats = new();

    [Fact]
    public async Task A_spike_is_warned_of_once_and_stands_in_the_record()
    {
        await JoinedAsync();
        await ReportAsync(stats.Seconds(30));

        var first = await ReportAsync(stats.Seconds(3, jitter: 0.2));
        var second = await ReportAsync(stats.Seconds(3, jitter: 0.3));

        Assert.Equal((202, "jitter"), (first.Status, (string?)Assert.Single(first.Json["warnings"]!.AsArray())!["measure"]));
        Assert.Empty(second.Json["warnings"]!.AsArray());
        await ReportAsync([], isFinal: true);
        var state = await bench.StateAsync();
        var lines = CallDetailRecord.Of(state, new Calls.Belonging.RoomNaming("call")).Quality!;
        var jitter = Assert.Single(lines, line => line.Measure == QualityMeasure.Jitter);
        Assert.Equal(("PA_agent", "agent", 35L, 0.3, 1), (jitter.ParticipantSid, jitter.Role, jitter.Count, jitter.Worst, jitter.Warnings));
        Assert.InRange(jitter.Median, 0.0038, 0.0043);
        var told = Assert.Single(Calls.Publishing.LifecycleEvents.Of(state), told => told.Name == LifecycleEventName.QualityWarning);
        Assert.Equal(
            ($"{GatewayBench.Call}:QUALITY_WARNING:PA_agent:jitter", "PA_agent", "agent", "jitter", 0.2),
            (told.Id, told.ParticipantSid, told.Role, told.Cause, told.Value!.Value));
        Assert.InRange(told.Baseline!.Value, 0.0039, 0.0041);
    }

    [Fact]
    public async Task A_call_that_is_reported_on_every_second_for_an_hour_has_few_facts()
    {
        await JoinedAsync();
        for (var second = 0; second < 3600; second++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(202, (await ReportAsync(stats.Seconds(1, second % 600 is 300 or 301 ? 0.2 : 0.004))).Status);
        }

        await ReportAsync([], isFinal: true);
        var facts = (await HistoryAsync()).Select(stored => stored.Fact).ToList();
        Assert.InRange(facts.OfType<CallFact.QualityMeasured>().Count(), 20, 50);
        Assert.Equal(QualityBounds.MaxWarningsOfMeasure, facts.OfType<CallFact.QualityWarned>().Count());
        var state = await bench.StateAsync();
        Assert.All(state.Quality.Measured, measured => Assert.Equal("PA_agent", measured.LegSid));
        Assert.Equal(3599, RecordOf(state).Single(line => line.Measure == QualityMeasure.Jitter).Count);
    }

    [Fact]
    public async Task However_often_a_report_is_the_last_one_a_leg_has_so_many_facts_at_most()
    {
        await JoinedAsync();
        for (var report = 0; report < QualityBounds.MaxPeriodsOfLeg + 20; report++)
        {
            await ReportAsync(stats.Seconds(2), isFinal: true);
        }

        Assert.Equal(
            QualityBounds.MaxPeriodsOfLeg, (await HistoryAsync()).Count(stored => stored.Fact is CallFact.QualityMeasured));
    }

    [Fact]
    public async Task Silence_tells_nothing()
    {
        await JoinedAsync();
        await ReportAsync(stats.Seconds(30));
        await ReportAsync(stats.Seconds(20, jitter: 0.5, packets: 2));
        await ReportAsync(stats.Seconds(20, jitter: 0.5, packets: 0));

        var answer = await ReportAsync(stats.Seconds(3), isFinal: true);

        Assert.Empty(answer.Json["warnings"]!.AsArray());
        Assert.Equal(0.004, RecordOf(await bench.StateAsync()).Single(line => line.Measure == QualityMeasure.Jitter).Worst);
    }

    [Fact]
    public async Task The_same_report_sent_twice_counts_once()
    {
        await JoinedAsync();
        var samples = stats.Seconds(10);

        Assert.Equal(18, (int)(await ReportAsync(samples)).Json["values"]!);
        Assert.Equal(0, (int)(await ReportAsync(samples)).Json["values"]!);
    }

    [Fact]
    public async Task The_metrics_of_the_agents_SDK_are_taken_as_they_are()
    {
        await JoinedAsync();

        await ReportAsync(
            """
            [{"type":"eou_metrics","timestamp":1764.5,"end_of_utterance_delay":0.5,"transcription_delay":0.1,"speech_id":"s1"},
             {"type":"llm_metrics","timestamp":1765,"label":"x","ttft":0.3,"duration":1.2,"cancelled":false,"speech_id":"s1"},
             {"type":"llm_metrics","timestamp":1765,"label":"x","ttft":-1,"cancelled":true,"speech_id":"s1"},
             {"type":"tts_metrics","timestamp":1766,"label":"x","ttfb":0.2,"cancelled":false,"speech_id":"s1"},
             {"type":"eou_metrics","timestamp":1764,"endOfUtteranceDelayMs":400,"speechId":"s2"},
             {"type":"stt_metrics","timestamp":1764,"duration":0},
             {"type":"vad_metrics","timestamp":1764,"idle_time":1}]
            """);
        await ReportAsync("""[{"e2e_latency":0.9,"llm_node_ttft":0.35,"started_speaking_at":1764.1}]""", isFinal: true);

        var lines = RecordOf(await bench.StateAsync()).ToDictionary(line => line.Measure, line => (line.Count, line.Worst));
        Assert.Equal(
            new()
            {
                [QualityMeasure.Latency] = (2, 1.0),
                [QualityMeasure.TurnEnd] = (2, 0.5),
                [QualityMeasure.FirstToken] = (2, 0.35),
                [QualityMeasure.FirstByte] = (1, 0.2),
            },
            lines);
    }

    [Fact]
    public async Task What_the_other_side_tells_is_delay_and_counts_for_sound_while_something_is_sent()
    {
        await JoinedAsync();
        for (var second = 1; second <= 4; second++)
        {
            var sent = second * (second <= 3 ? 50 : 38);
            await ReportAsync(
                $$"""
                [{"type":"outbound-rtp","kind":"audio","ssrc":7,"timestamp":{{second}}000,"packetsSent":{{sent}}},
                 {"type":"remote-inbound-rtp","kind":"audio","ssrc":7,"timestamp":{{second}}000,"fractionLost":0.02,
                  "jitter":0.01,"roundTripTime":0.08,"roundTripTimeMeasurements":{{Math.Min(second, 3)}}},
                 {"type":"candidate-pair","nominated":true,"id":"p","timestamp":{{second}}000,"currentRoundTripTime":0.07},
                 {"type":"inbound-rtp","kind":"video","ssrc":8,"timestamp":{{second}}000,"jitter":3}]
                """,
                isFinal: second == 4);
        }

        var lines = RecordOf(await bench.StateAsync()).ToDictionary(line => line.Measure, line => line.Count);
        Assert.Equal(new() { ["jitter"] = 2, ["loss"] = 2, ["delay"] = 7 }, lines);
    }

    [Fact]
    public async Task Who_joined_with_a_token_tells_of_themselves_alone_and_an_agent_of_everybody()
    {
        await JoinedAsync();

        Assert.Equal(202, (await ReportAsync(stats.Seconds(1), "PA_caller")).Status);
        var guest = LiveKitGrants.JoinAsSpeaker(GatewayBench.RoomName);
        Assert.Equal(202, (await ReportAsync(stats.Seconds(1), token: Token($"sip_{GatewayBench.From}", guest))).Status);
        Assert.Equal(401, (await ReportAsync(stats.Seconds(1), "PA_agent", token: Token($"sip_{GatewayBench.From}", guest))).Status);
        Assert.Equal(
            401, (await ReportAsync(stats.Seconds(1), token: Token("agent-AJ_1", LiveKitGrants.JoinAsAgent("call_other")))).Status);
        var grants = LiveKitGrants.AdministerRoom(GatewayBench.RoomName);
        Assert.Equal(401, (await ReportAsync(stats.Seconds(1), token: Token("agent-AJ_1", grants))).Status);
        Assert.Equal(401, (await ReportAsync(stats.Seconds(1), token: "x.y.z")).Status);
        Assert.Equal(
            (409, "unknown-participant"), await ProblemAsync(ReportAsync(stats.Seconds(1), token: Token("nobody", guest))));
    }

    [Fact]
    public async Task A_tenant_names_whom_it_reports_on()
    {
        await JoinedAsync();
        var token = await AccessTokenAsync();

        Assert.Equal(202, (await ReportAsync(stats.Seconds(1), "PA_caller", token: token)).Status);
        Assert.Equal((400, "bad-parameter"), await ProblemAsync(ReportAsync(stats.Seconds(1), token: token)));
        Assert.Equal(
            (404, "unknown-call"),
            await ProblemAsync(ReportAsync(stats.Seconds(1), "PA_caller", token: token, call: "aaaaaaaaaaaaaaaaaaaaaaaaaa")));
    }

    [Theory]
    [InlineData("[]", "The body is no JSON object.")]
    [InlineData("{}", "samples is missing or no list.")]
    [InlineData("""{"samples":[7]}""", "samples[0] is no object.")]
    [InlineData("""{"samples":[{"type":"inbound-rtp","jitter":0.1}]}""", "samples[0].timestamp is missing.")]
    [InlineData(
        """{"samples":[{},{"type":"inbound-rtp","timestamp":1,"jitter":-1}]}""", "samples[1].jitter must be a number from 0 to 600.")]
    [InlineData("""{"samples":[{"type":"inbound-rtp","timestamp":1,"jitter":"x"}]}""", "samples[0].jitter is no number.")]
    [InlineData("""{"samples":[],"participant":7}""", "participant is no text.")]
    public async Task A_report_that_is_none_is_told_why(string body, string detail)
    {
        await JoinedAsync();

        var answer = await PostAsync(body, AgentToken());

        Assert.Equal((400, detail), (answer.Status, (string?)answer.Json["detail"]));
    }

    [Fact]
    public async Task After_the_end_the_last_report_is_kept_and_no_later_one()
    {
        await JoinedAsync();
        await ReportAsync(stats.Seconds(30));
        await bench.SendAsync(
            "POST", $"/calls/{GatewayBench.Call}/end", [], (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey));

        var answer = await ReportAsync(stats.Seconds(5, jitter: 0.4));

        Assert.Equal((202, 0), (answer.Status, answer.Json["warnings"]!.AsArray().Count));
        Assert.Equal(0.4, RecordOf(await bench.StateAsync()).Single(line => line.Measure == QualityMeasure.Jitter).Worst);
        bench.Clock.Advance(QualityBounds.AfterEnd + TimeSpan.FromSeconds(1));
        Assert.Equal((409, "quality-too-late"), await ProblemAsync(ReportAsync(stats.Seconds(1))));
    }

    [Fact]
    public async Task What_another_process_has_warned_of_just_now_is_not_warned_of_again()
    {
        await JoinedAsync();
        await ReportAsync(stats.Seconds(30));
        var warned = new CallFact.QualityWarned("PA_agent", "jitter", 1, 0.2, 0.004);
        await bench.Journal.AppendAsync(
            GatewayBench.Call,
            new CallEvent("quality:PA_agent:jitter", bench.Clock.GetUtcNow(), warned),
            Tracking.Follow,
            TestContext.Current.CancellationToken);

        var answer = await ReportAsync(stats.Seconds(3, jitter: 0.2));

        Assert.Empty(answer.Json["warnings"]!.AsArray());
        Assert.Single((await bench.StateAsync()).Quality.Warnings);
    }

    private static CallQualityCollection RecordOf(CallState state) =>
        CallDetailRecord.Of(state, new Calls.Belonging.RoomNaming("call")).Quality!;

    private static async Task<(int Status, string? Type)> ProblemAsync(Task<(int Status, JsonNode Json)> asking)
    {
        var (status, json) = await asking;
        return (status, ((string?)json["type"])?.Split(':')[^1]);
    }

    private async Task JoinedAsync()
    {
        await bench.CallerJoinsAsync();
        await bench.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined", "EV_agent", """{"sid":"PA_agent","identity":"agent-AJ_1","kind":"AGENT","state":"ACTIVE"}"""));
    }

    private async Task<IReadOnlyList<CallEvent>> HistoryAsync() =>
        (await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events;

    private Task<(int Status, JsonNode Json)> ReportAsync(
        string samples, string? participant = null, bool isFinal = false, string? token = null, string? call = null)
    {
        var named = participant is null ? "" : $"\"participant\":\"{participant}\",";
        return PostAsync($$"""{{{named}}"final":{{(isFinal ? "true" : "false")}},"samples":{{samples}}}""", token ?? AgentToken(), call);
    }

    private Task<(int Status, JsonNode Json)> ReportAsync(
        IReadOnlyList<string> samples, string? participant = null, bool isFinal = false, string? token = null, string? call = null) =>
        ReportAsync($"[{string.Join(',', samples)}]", participant, isFinal, token, call);

    private async Task<(int Status, JsonNode Json)> PostAsync(string body, string token, string? call = null)
    {
        var answer = await bench.SendAsync(
            "POST",
            $"/calls/{call ?? GatewayBench.Call.Value}/quality",
            Encoding.UTF8.GetBytes(body),
            ("Authorization", $"Bearer {token}"));
        return (answer.Status, JsonNode.Parse(answer.Body.Span)!);
    }

    private string AgentToken() => Token("agent-AJ_1", LiveKitGrants.JoinAsAgent(GatewayBench.RoomName));

    private string Token(string identity, LiveKitGrants grants) =>
        LiveKitToken.MintFor(GatewayBench.Key, identity, grants, bench.Clock.GetUtcNow(), LiveKitToken.DefaultLifetime);

    private async Task<string> AccessTokenAsync()
    {
        var answer = await bench.SendAsync(
            "POST", "/auth/token", JsonSerializer.SerializeToUtf8Bytes(new { tenant_id = "golf", api_key = ApiKey }));
        return (string)JsonNode.Parse(answer.Body.Span)!["access_token"]!;
    }

    /// <summary>One stream of packets, second by second.</summary>
    private sealed class Stats
    {
        private int second;
        private int received;

        public IReadOnlyList<string> Seconds(int count, double jitter = 0.004, int packets = 50) =>
        [
            .. Enumerable.Range(0, count).Select(_ => FormattableString.Invariant(
                $$"""
                {"type":"inbound-rtp","kind":"audio","ssrc":1,"timestamp":{{++second * 1000}},
                 "packetsReceived":{{received += packets}},"packetsLost":0,"jitter":{{jitter}}}
                """)),
        ];
    }
}
