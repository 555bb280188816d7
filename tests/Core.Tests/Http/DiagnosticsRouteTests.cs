using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Documents;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Core.Http;

public sealed class DiagnosticsRouteTests
{
    private const string Key = "0123456789abcdef";

    private static readonly string Path = $"/calls/{GatewayBench.Call}";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Key)]
    public async Task Without_a_key_in_the_settings_nobody_may_read(string? given)
    {
        var bench = await WithCallAsync(null);

        foreach (var target in (string[])[Path, $"{Path}/proof", $"{Path}/cost", $"/calls?room={GatewayBench.RoomName}", "/calls/nonsense"])
        {
            var response = await bench.GetAsync(target, given);

            Assert.Equal((403, "diagnostics-closed"), (response.Status, GatewayBench.ProblemOf(response)));
            Assert.Contains(SettingNames.DiagnosticsKey, GatewayBench.Text(response), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("0123456789abcdeF", 401)]
    [InlineData("0123456789abcdef0", 401)]
    [InlineData(Key, 200)]
    public async Task With_a_key_its_holder_may_read(string? given, int status)
    {
        var bench = await WithCallAsync(Key);

        Assert.Equal(status, (await bench.GetAsync(Path, given)).Status);
        Assert.Equal(status, (await bench.GetAsync($"/calls?room={GatewayBench.RoomName}", given)).Status);
        Assert.Equal(status, (await bench.GetAsync($"{Path}/proof", given)).Status);
        Assert.Equal(status, (await bench.GetAsync($"{Path}/cost", given)).Status);
    }

    [Fact]
    public async Task Who_may_not_read_does_not_learn_what_there_is()
    {
        var bench = await WithCallAsync(Key);

        var known = await bench.GetAsync(Path, null);

        Assert.Equal(GatewayBench.Text(known), GatewayBench.Text(await bench.GetAsync("/calls/nonsense", null)));
        Assert.Equal(GatewayBench.Text(known), GatewayBench.Text(await bench.GetAsync("/calls", "another-key-than-the-operators")));
    }

    [Fact]
    public async Task A_call_is_shown_as_its_record()
    {
        var bench = await WithCallAsync(GatewayBench.DiagnosticsKey);
        await bench.CallerJoinsAsync();

        var response = await bench.GetAsync(Path);

        Assert.Equal("application/json", response.ContentType);
        var record = JsonSerializer.Deserialize(response.Body.Span, JournalJson.Default.CallDetailRecord)!;
        Assert.Equal(CallDetailRecord.Of(await bench.StateAsync(), new RoomNaming("call")), record);
        Assert.Equal((CallStatus.AgentDispatched, GatewayBench.From, GatewayBench.To), (record.Status, record.From, record.To));
        Assert.Equal(GatewayBench.Text(response), GatewayBench.Text(await bench.GetAsync($"/calls?x=y&room={GatewayBench.RoomName}")));
    }

    [Fact]
    public async Task A_calls_proof_is_computed_from_what_is_stored()
    {
        var bench = await WithCallAsync(GatewayBench.DiagnosticsKey);
        await bench.CallerJoinsAsync();
        await bench.CallerJoinsAsync();

        var response = await bench.GetAsync($"{Path}/proof");

        Assert.Equal("application/json", response.ContentType);
        using var body = new MemoryStream();
        await response.WriteBodyAsync(body, TestContext.Current.CancellationToken);
        var proof = JsonSerializer.Deserialize(body.ToArray(), ProofJson.Default.CallProof)!;
        Assert.Equal((GatewayBench.Call.Value, ProofAnswer.NotYet), (proof.CallId, proof.Holds));
        Assert.Equal((2, 1), (proof.Events.Count, proof.Events.Sum(seen => seen.Duplicates)));
        Assert.Equal(
            JsonSerializer.Serialize(
                CallAuditor.Audit(GatewayBench.Call, proof.Rows, bench.Settings.Routes, VoiceGateway.ScopeOf(bench.Settings)),
                ProofJson.Default.CallProof),
            Encoding.UTF8.GetString(body.ToArray()));
        Assert.DoesNotContain(
            GatewayBench.From, JsonSerializer.Serialize(proof with { Rows = [] }, ProofJson.Default.CallProof), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_is_named_after_its_caller_is_found_as_it_is_written_in_a_query()
    {
        var bench = new GatewayBench(changes: (SettingNames.LiveKitRoomPrefix, "callee-"));
        await bench.LiveKitAsync(GatewayBench.Webhook("participant_left", "EV_1", GatewayBench.Caller(), room: "callee-_+15550100"));

        Assert.Equal(200, (await bench.GetAsync("/calls?room=callee-_%2B15550100")).Status);
        Assert.Equal(404, (await bench.GetAsync("/calls?room=callee-_15550100")).Status);
    }

    [Theory]
    [InlineData("/calls/nonsense", 400, "bad-parameter")]
    [InlineData("/calls/AAAAAAAAAAAAAAAAAAAAAAAAAA", 400, "bad-parameter")]
    [InlineData("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa", 404, "unknown-call")]
    [InlineData("/calls/nonsense/proof", 400, "bad-parameter")]
    [InlineData("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/proof", 404, "unknown-call")]
    [InlineData("/calls/nonsense/cost", 400, "bad-parameter")]
    [InlineData("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/cost", 404, "unknown-call")]
    [InlineData("/calls//proof", 404, "unknown-route")]
    [InlineData("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/prooff", 404, "unknown-route")]
    [InlineData("/calls?room=", 400, "bad-parameter")]
    [InlineData("/calls?room=nobody", 404, "unknown-call")]
    [InlineData("/calls?room=call_aaaaaaaaaaaaaaaaaaaaaaaaaa", 404, "unknown-call")]
    public async Task What_cannot_be_shown_is_said(string target, int status, string type) =>
        Assert.Equal(
            (status, type),
            await new GatewayBench().GetAsync(target) is var response ? (response.Status, GatewayBench.ProblemOf(response)) : default);

    [Fact]
    public async Task A_room_that_was_no_call_is_not_shown()
    {
        var bench = new GatewayBench();
        await bench.LiveKitAsync(GatewayBench.Webhook("room_started", "EV_1"));

        Assert.Equal(404, (await bench.GetAsync(Path)).Status);
    }

    [Fact]
    public async Task A_live_process_says_so_whatever_is_down()
    {
        var bench = new GatewayBench { Journal = { IsDown = true } };

        Assert.Equal(
            (200, """{"status":"ok"}"""),
            await bench.GetAsync("/healthz") is var response ? (response.Status, GatewayBench.Text(response)) : default);
        Assert.Empty(bench.LiveKit.Asked);
    }

    [Theory]
    [InlineData(false, false, 200, """{"status":"ok","journal":"ok","livekit":"ok"}""")]
    [InlineData(true, false, 503, """{"status":"unreachable","journal":"unreachable","livekit":"ok"}""")]
    [InlineData(false, true, 503, """{"status":"unreachable","journal":"ok","livekit":"unreachable"}""")]
    public async Task Ready_is_who_reaches_journal_and_LiveKit(bool journalDown, bool liveKitDown, int status, string body)
    {
        var bench = new GatewayBench { Journal = { IsDown = journalDown } };
        bench.LiveKit.Script("ListRooms", liveKitDown ? Trouble.Unavailable : null);

        Assert.Equal(
            (status, body),
            await bench.GetAsync("/readyz") is var response ? (response.Status, GatewayBench.Text(response)) : default);
    }

    [Theory]
    [InlineData(401, "invalid API key: devkey", "refused")]
    [InlineData(401, """{"code":"unauthenticated","msg":"permissions denied"}""", "refused")]
    [InlineData(403, """{"code":"permission_denied","msg":"no"}""", "refused")]
    [InlineData(404, "<html>", "unreachable")]
    [InlineData(302, "", "unreachable")]
    public async Task A_key_that_LiveKit_refuses_is_told_from_a_LiveKit_that_is_away(int answer, string liveKitSays, string word)
    {
        var said = ScriptedHttp.Answer(answer, liveKitSays);
        var bench = new GatewayBench();
        var ready = new ReadyHandler(bench.Journal, new LiveKitApiHarness(said, said).Api, bench.Clock);
        var request = new GatewayRequest("GET", "/readyz", _ => null, ReadOnlyMemory<byte>.Empty);

        var response = await ready.HandleAsync(request, TestContext.Current.CancellationToken);
        bench.Journal.IsDown = true;
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var bothAway = await ready.HandleAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(503, response.Status);
        Assert.Equal($$"""{"status":"{{word}}","journal":"ok","livekit":"{{word}}"}""", GatewayBench.Text(response));
        Assert.Equal($$"""{"status":"unreachable","journal":"unreachable","livekit":"{{word}}"}""", GatewayBench.Text(bothAway));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/proof")]
    [InlineData("/cost")]
    public async Task What_cannot_be_read_just_now_is_to_be_asked_for_again_and_nothing_is_said_of_recording(string what)
    {
        var bench = new GatewayBench { Journal = { IsDown = true } };

        var response = await bench.GetAsync($"{Path}{what}");

        Assert.Equal((503, "journal-unavailable", 1), (response.Status, GatewayBench.ProblemOf(response), response.RetryAfterSeconds));
        Assert.Contains("1003", Assert.Single(bench.Loggers.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("record", bench.Loggers.Lines[0].Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_recorded_is_still_to_be_sent_again()
    {
        var bench = new GatewayBench { Journal = { IsDown = true } };

        var response = await bench.CallerJoinsAsync();

        Assert.Equal((503, "not-recorded", 1), (response.Status, GatewayBench.ProblemOf(response), response.RetryAfterSeconds));
        Assert.Contains(bench.Loggers.Lines, line => line.Contains("1001 LiveKitWebhook could not record", StringComparison.Ordinal));
    }

    private static async Task<GatewayBench> WithCallAsync(string? key)
    {
        var bench = new GatewayBench(key);
        Assert.Equal(Twiml.ContentType, (await bench.VoiceAsync()).ContentType);
        return bench;
    }
}
