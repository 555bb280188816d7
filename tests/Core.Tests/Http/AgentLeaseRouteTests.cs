using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

public sealed class AgentLeaseRouteTests
{
    private static readonly LiveKitGrants Join = new() { RoomJoin = true, Room = GatewayBench.RoomName };

    private readonly GatewayBench bench = new();

    /// <summary>Bodies that are wrong, and the word that the answer names.</summary>
    public static TheoryData<string, string> WrongBodies { get; } = new()
    {
        { "", "JSON" },
        { "[]", "JSON" },
        { "{\"callId\":", "JSON" },
        { "{\"epoch\":1,\"epoch\":1}", "JSON" },
        { "{}", "callId" },
        { Body(callId: "call_1"), "callId" },
        { Body().Replace("\"epoch\":1", "\"epoch\":\"1\"", StringComparison.Ordinal), "epoch" },
        { Body(epoch: 0), "epoch" },
        { Body().Replace("\"epoch\":1", "\"epoch\":1.5", StringComparison.Ordinal), "epoch" },
        { Body().Replace("\"fence\"", "\"fences\"", StringComparison.Ordinal), "fence" },
        { Body(job: ""), "job" },
        { Body(job: "AJ_1 or so"), "job" },
        { Body(job: new string('a', 65)), "job" },
        { Body().Replace("AJ_1", "\\ud83d", StringComparison.Ordinal), "JSON" },
    };

    [Fact]
    public async Task The_first_job_gets_the_lease_and_keeps_it()
    {
        await bench.CallerJoinsAsync();

        var first = await AskAsync(Body());
        var again = await AskAsync(Body());
        var second = await AskAsync(Body(job: "AJ_2"));

        Assert.Equal(
            (200, "application/json", """{"lease":"granted","validSeconds":4}"""),
            (first.Status, first.ContentType, GatewayBench.Text(first)));
        Assert.Equal(200, again.Status);
        Assert.Equal((409, "agent-lease-taken"), (second.Status, GatewayBench.ProblemOf(second)));
        var claim = (await bench.StateAsync()).Claims["lease:1"];
        Assert.Equal((ClaimStatus.Done, "AJ_1", "AJ_1"), (claim.Status, claim.Owner, claim.Result));
    }

    [Fact]
    public async Task Asking_again_from_outside_of_the_room_begins_the_leases_time_anew()
    {
        await bench.CallerJoinsAsync();
        await AskAsync(Body());

        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await AskAsync(Body());

        Assert.Equal((2, bench.Clock.GetUtcNow()), await LeaseAsync());

        await bench.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined", "EV_agent", """{"sid":"PA_agent","identity":"agent-AJ_1","kind":"AGENT","state":"ACTIVE"}"""));
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await AskAsync(Body());

        Assert.Equal((2, bench.Clock.GetUtcNow().AddSeconds(-5)), await LeaseAsync());

        async Task<(int, DateTimeOffset)> LeaseAsync() =>
            (await bench.StateAsync()).Claims["lease:1"] is var lease ? (lease.Attempt, lease.At) : default;
    }

    [Fact]
    public async Task What_the_dispatch_said_is_what_the_job_says()
    {
        await bench.CallerJoinsAsync();
        var metadata = JsonNode.Parse(Assert.Single(bench.LiveKit.Made).Request.Metadata)!;

        var answer = await AskAsync(new JsonObject
        {
            ["callId"] = (string?)metadata["callId"],
            ["fence"] = (string?)metadata["fence"],
            ["epoch"] = (int)metadata["epoch"]!,
            ["job"] = "AJ_1",
            ["more"] = "is passed over",
        }.ToJsonString());

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Of_many_jobs_at_once_one_gets_the_lease()
    {
        await bench.CallerJoinsAsync();
        var all = new TaskCompletionSource();
        var read = 0;
        bench.Journal.Before =
            method => method == "Commit" && Interlocked.Increment(ref read) is <= 20 and var order ? MeetAsync(order) : Task.CompletedTask;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(job => Task.Run(() => AskAsync(Body(job: $"AJ_{job}")), TestContext.Current.CancellationToken)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(19, answers.Count(answer => answer.Status == 409));

        // Nobody writes before everybody has read.
        Task MeetAsync(int order)
        {
            if (order == 20)
            {
                all.SetResult();
            }

            return all.Task;
        }
    }

    [Fact]
    public async Task Without_a_token_for_the_calls_room_nobody_learns_anything()
    {
        await bench.CallerJoinsAsync();
        var now = bench.Clock.GetUtcNow();
        string?[] tokens =
        [
            null,
            "",
            "Bearer ",
            "Bearer nonsense",
            Mint(Join)["Bearer ".Length..],
            $"Basic {Mint(Join)["Bearer ".Length..]}",
            Mint(Join, GatewayBench.Key with { Secret = "another-secret-another-secret-another" }),
            Mint(Join, new LiveKitKey("unknown", GatewayBench.Key.Secret)),
            $"Bearer {LiveKitToken.Mint(GatewayBench.Key, Join, now.AddHours(-2), TimeSpan.FromHours(1))}",
            $"Bearer {LiveKitToken.Mint(GatewayBench.Key, Join, now.AddHours(1), TimeSpan.FromHours(1))}",
            $"Bearer {LiveKitWebhookSigner.Sign(GatewayBench.Key, Encoding.UTF8.GetBytes(Body()), now)}",
            Mint(Join with { RoomJoin = false }),
            Mint(Join with { Room = null }),
            Mint(Join with { Room = "" }),
            Mint(Join with { Room = GatewayBench.RoomName + "x" }),
            Mint(Join with { Room = GatewayBench.RoomName.ToUpperInvariant() }),
            Mint(LiveKitGrants.CreateRooms with { Room = GatewayBench.RoomName }),
            Mint(LiveKitGrants.PlaceCalls),
        ];

        foreach (var token in tokens)
        {
            var answer = await bench.SendAsync("POST", "/agents/lease", Encoding.UTF8.GetBytes(Body()), ("Authorization", token));
            Assert.Equal((401, "bad-token"), (answer.Status, GatewayBench.ProblemOf(answer)));
        }

        Assert.DoesNotContain("lease:1", (await bench.StateAsync()).Claims.Keys);
    }

    [Fact]
    public async Task Either_grant_and_either_key_will_do()
    {
        var other = new LiveKitKey("second", "second-secret-second-secret-second-secret");
        var two =
            new GatewayBench(null, (SettingNames.LiveKitApiKeySecondary, other.Id), (SettingNames.LiveKitApiSecretSecondary, other.Secret));
        await two.CallerJoinsAsync();

        foreach (var token in new[] { Mint(Join), Mint(LiveKitGrants.AdministerRoom(GatewayBench.RoomName)), Mint(Join, other) })
        {
            Assert.Equal(
                200,
                (await two.SendAsync("POST", "/agents/lease", Encoding.UTF8.GetBytes(Body()), ("Authorization", token))).Status);
        }
    }

    [Fact]
    public async Task In_a_room_of_a_foreign_name_the_token_is_for_that_room()
    {
        const string Name = "support_+15550100001_abc";
        var call = CallId.ForTrunk(Name, "RM_1");
        bench.LiveKit.Open(Name, "RM_1");
        await bench.LiveKitAsync(GatewayBench.Webhook("participant_joined", "EV_1", GatewayBench.Caller(), Name));
        var body = Body(call.Value, DispatchMetadata.FenceOf(call, 1));

        Assert.Equal(401, (await AskAsync(body)).Status);
        Assert.Equal(200, (await AskAsync(body, Join with { Room = Name })).Status);
    }

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_body_is_told_what_is_wrong_with_it(string body, string named)
    {
        await bench.CallerJoinsAsync();

        var answer = await AskAsync(body);

        Assert.Equal((400, "bad-parameter"), (answer.Status, GatewayBench.ProblemOf(answer)));
        Assert.Contains(named, (string)JsonNode.Parse(GatewayBench.Text(answer))!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_nobody_knows_an_agent_that_nobody_sent_and_a_call_that_is_over_are_told_apart()
    {
        Assert.Equal((404, "unknown-call"), Told(await AskAsync(Body())));

        await bench.CallerJoinsAsync();
        Assert.Equal((403, "agent-lease-wrong-fence"), Told(await AskAsync(Body(fence: "abc"))));
        Assert.Equal(
            (403, "agent-lease-wrong-fence"),
            Told(await AskAsync(Body(fence: DispatchMetadata.FenceOf(GatewayBench.Call, 2), epoch: 2))));

        await bench.LiveKitAsync(
            GatewayBench.Webhook("participant_left", "EV_left", GatewayBench.Caller(",\"disconnectReason\":\"CLIENT_INITIATED\"")));
        bench.Clock.Advance(TimeSpan.FromSeconds(6));
        while (await bench.Gateway.Calls.Advancer.EvaluateAsync(
            GatewayBench.Call, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken) is { Decision: CallDecision.Do } look)
        {
            await bench.Gateway.Calls.Advancer.ExecuteAsync(look, TestContext.Current.CancellationToken);
        }

        Assert.Equal((409, "agent-lease-superseded"), Told(await AskAsync(Body())));
    }

    [Fact]
    public async Task While_the_journal_is_away_a_job_is_told_to_ask_again()
    {
        await bench.CallerJoinsAsync();
        bench.Journal.IsDown = true;

        var answer = await AskAsync(Body());

        Assert.Equal((503, 1, "not-recorded"), (answer.Status, answer.RetryAfterSeconds, GatewayBench.ProblemOf(answer)));
    }

    [Fact]
    public async Task A_call_that_never_stands_still_is_undecided_in_the_end()
    {
        await bench.CallerJoinsAsync();
        var noise = 0;
        bench.Journal.Before = async method =>
        {
            if (method == "Commit" && noise++ % 2 == 0)
            {
                // Somebody else's step comes in between.
                var history = await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
                var step = new JournalChange(
                    [new EffectClaim("reconcile", ClaimStatus.Done, "somebody", noise, bench.Clock.GetUtcNow())],
                    CallDetailRecord.Of(CallState.Of(history), new RoomNaming("call")));
                await bench.Journal.CommitAsync(GatewayBench.Call, history.Version, step, TestContext.Current.CancellationToken);
            }
        };

        var answer = await AskAsync(Body());

        Assert.Equal((503, 1, "agent-lease-undecided"), (answer.Status, answer.RetryAfterSeconds, GatewayBench.ProblemOf(answer)));
        Assert.Equal(40, noise);
    }

    [Fact]
    public async Task A_lease_wakes_nobody_and_asks_LiveKit_nothing()
    {
        await bench.CallerJoinsAsync();
        var (asked, started, signalled) = (bench.LiveKit.Asked.Count, bench.Workflows.Started.Count, bench.Workflows.Signalled.Count);

        await AskAsync(Body());

        Assert.Equal(
            (asked, started, signalled),
            (bench.LiveKit.Asked.Count, bench.Workflows.Started.Count, bench.Workflows.Signalled.Count));
    }

    private static string Body(string? callId = null, string? fence = null, int epoch = 1, string job = "AJ_1") => new JsonObject
    {
        ["callId"] = callId ?? GatewayBench.Call.Value,
        ["fence"] = fence ?? DispatchMetadata.FenceOf(GatewayBench.Call, 1),
        ["epoch"] = epoch,
        ["job"] = job,
    }.ToJsonString();

    private static (int, string) Told(GatewayResponse answer) => (answer.Status, GatewayBench.ProblemOf(answer));

    private string Mint(LiveKitGrants grants, LiveKitKey? key = null) =>
        $"Bearer {LiveKitToken.Mint(key ?? GatewayBench.Key, grants, bench.Clock.GetUtcNow(), TimeSpan.FromMinutes(5))}";

    private Task<GatewayResponse> AskAsync(string body, LiveKitGrants? grants = null) =>
        bench.SendAsync("POST", "/agents/lease", Encoding.UTF8.GetBytes(body), ("Authorization", Mint(grants ?? Join)));
}
