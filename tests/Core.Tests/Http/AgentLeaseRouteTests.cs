using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

public sealed class AgentLeaseRouteTests
{
    private static readonly LiveKitGrants Join = LiveKitGrants.JoinAsAgent(GatewayBench.RoomName);

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
        { Body(job: "AJ_1\n"), "job" },
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
    public async Task Asking_again_while_the_lease_holds_writes_nothing_and_gives_no_longer_time()
    {
        await bench.CallerJoinsAsync();
        await AskAsync(Body());
        var steps = (await bench.Journal.ReadRowsAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Count;

        for (var asked = 0; asked < 300; asked++)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
            var again = await AskAsync(Body());
            Assert.Equal(200, again.Status);
            Assert.Equal(4 - (asked + 1) / 100.0, (double)JsonNode.Parse(again.Body.Span)!["validSeconds"]!, 6);
        }

        Assert.Equal(steps, (await bench.Journal.ReadRowsAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Count);
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
            Mint(Join with { Agent = false }),
            Mint(Join with { Agent = false }, identity: "visitor"),
            Mint(Join with { Agent = false }, identity: null),
            Mint(Join, identity: "visitor"),
            Mint(Join, identity: null),
            Mint(Join, identity: "agent-AJ_2"),
            Mint(LiveKitGrants.AdministerRoom(GatewayBench.RoomName)),
            Mint(Join, GatewayBench.Key with { Secret = "another-secret-another-secret-another" }),
            Mint(Join, new LiveKitKey("unknown", GatewayBench.Key.Secret)),
            Mint(Join, at: now.AddHours(-2)),
            Mint(Join, at: now.AddHours(1)),
            Mint(Join, lifetime: TimeSpan.FromDays(100 * 365)),
            $"Bearer {RawJwt.Of(GatewayBench.Key.Secret, JobClaims(now), """{"alg":"HS256","crit":["exp"]}""")}",
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
        Assert.Equal(200, (await AskAsync(Body())).Status);
    }

    [Fact]
    public async Task A_visitors_token_does_not_keep_the_agent_out()
    {
        await bench.CallerJoinsAsync();

        var visitor = await SendAsync(Body(job: "visitor"), Mint(Join with { Agent = false }, identity: "visitor"));
        var agent = await AskAsync(Body());

        Assert.Equal((401, "bad-token", 200), (visitor.Status, GatewayBench.ProblemOf(visitor), agent.Status));
    }

    [Fact]
    public async Task Whoever_has_another_rooms_token_is_told_the_same_whether_the_call_exists_or_not()
    {
        var other = LiveKitGrants.JoinAsAgent("call_" + CallId.ForTwilio("CA2"));
        var unknown = await AskAsync(Body(), other);
        await bench.CallerJoinsAsync();

        var known = await AskAsync(Body(), other);
        var wrong = await AskAsync(Body(fence: "abc", epoch: 7), other);

        Assert.Equal(
            [(401, GatewayBench.Text(unknown)), (401, GatewayBench.Text(unknown)), (401, GatewayBench.Text(unknown))],
            new[] { unknown, known, wrong }.Select(answer => (answer.Status, GatewayBench.Text(answer))));
    }

    [Fact]
    public async Task The_token_that_a_real_server_gave_to_a_job_is_the_jobs_own()
    {
        // As recorded in agent-job-ends, for a room and a job of this test.
        await bench.CallerJoinsAsync();

        var token = RawJwt.Of(GatewayBench.Key.Secret, JobClaims(bench.Clock.GetUtcNow()));

        Assert.Equal(200, (await SendAsync(Body(), $"Bearer {token}")).Status);
    }

    [Fact]
    public async Task An_agent_with_a_plain_token_is_let_in_only_under_the_prefix_that_is_set()
    {
        var plain = new GatewayBench(null, (SettingNames.LiveKitAgentIdentityPrefix, "bot-"));
        await plain.CallerJoinsAsync();
        await bench.CallerJoinsAsync();
        var token = Mint(Join with { Agent = false }, identity: "bot-7");

        var (unset, set) = (await SendAsync(Body(job: "bot-7"), token), await SendAsync(Body(job: "bot-7"), token, plain));
        var visitor = await SendAsync(Body(job: "guest-7"), Mint(Join with { Agent = false }, identity: "guest-7"), plain);
        var stranger = await SendAsync(Body(job: "bot-8"), token, plain);

        Assert.Equal((401, 200, 401, 401), (unset.Status, set.Status, visitor.Status, stranger.Status));
    }

    [Fact]
    public async Task A_refused_lease_is_counted_by_its_reason_and_logged_without_the_token()
    {
        using var counted = new CountedReasons("voicefunctions.agent.lease.refused", "voicefunctions.token.refused");
        await AskAsync(Body());
        await bench.CallerJoinsAsync();
        await AskAsync(Body());
        await AskAsync(Body(job: "AJ_2"));
        await AskAsync(Body(fence: "abc"));
        await AskAsync(Body(), LiveKitGrants.JoinAsAgent("other"));
        await SendAsync(Body(), Mint(Join, identity: "visitor"));
        await SendAsync(Body(), "Bearer nonsense");
        await SendAsync(Body(), Mint(Join, lifetime: TimeSpan.FromDays(30)));

        Assert.Superset(
            new HashSet<string>
            {
                "unknown_call", "taken", "wrong_fence", "other_room", "not_its_own_token", "malformed_token", "lives_too_long",
            },
            counted.Reasons);
        Assert.Contains(bench.Loggers.Lines, line => line.StartsWith("Debug 1603", StringComparison.Ordinal));
        Assert.Contains(bench.Loggers.Lines, line => line.StartsWith("Debug 1601", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Loggers.Lines, line => line.Contains("eyJ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Either_key_will_do()
    {
        var other = new LiveKitKey("second", "second-secret-second-secret-second-secret");
        var two =
            new GatewayBench(null, (SettingNames.LiveKitApiKeySecondary, other.Id), (SettingNames.LiveKitApiSecretSecondary, other.Secret));
        await two.CallerJoinsAsync();

        foreach (var token in new[] { Mint(Join), Mint(Join, other) })
        {
            Assert.Equal(200, (await SendAsync(Body(), token, two)).Status);
        }

        var replaced = new DispatchFence(new LiveKitKeyring(other), DateTimeOffset.MinValue).Of(GatewayBench.Call, 1);
        Assert.Equal((200, 403), (
            (await SendAsync(Body(fence: replaced), Mint(Join, other), two)).Status,
            (await SendAsync(Body(fence: DispatchMetadata.RequestIdOf(GatewayBench.Call, 1)), Mint(Join), two)).Status));
    }

    [Fact]
    public async Task In_a_room_that_is_named_after_its_caller_the_token_is_for_that_room()
    {
        const string Name = "call_+15550100001_abc";
        var call = CallId.ForTrunk(Name, "RM_1");
        bench.LiveKit.Open(Name, "RM_1");
        await bench.LiveKitAsync(GatewayBench.Webhook("participant_joined", "EV_1", GatewayBench.Caller(), Name));
        var body = Body(call.Value, GatewayBench.Fence.Of(call, 1));

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
            Told(await AskAsync(Body(fence: GatewayBench.Fence.Of(GatewayBench.Call, 2), epoch: 2))));

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
        ["fence"] = fence ?? GatewayBench.Fence.Of(GatewayBench.Call, 1),
        ["epoch"] = epoch,
        ["job"] = job,
    }.ToJsonString();

    private static (int, string) Told(GatewayResponse answer) => (answer.Status, GatewayBench.ProblemOf(answer));

    /// <summary>The claims of a job's token as a real server signs them.</summary>
    private static string JobClaims(DateTimeOffset now) =>
        $$$"""
        {"iss":"{{{GatewayBench.Key.Id}}}","sub":"agent-AJ_1","exp":{{{now.ToUnixTimeSeconds() + 3600}}},
         "nbf":{{{now.ToUnixTimeSeconds()}}},"iat":{{{now.ToUnixTimeSeconds()}}},"identity":"agent-AJ_1","kind":"agent",
         "video":{"roomJoin":true,"room":"{{{GatewayBench.RoomName}}}","canPublish":true,"canSubscribe":true,"canPublishData":true,
         "canUpdateOwnMetadata":true,"agent":true,"canSubscribeMetrics":false},
         "attributes":{"lk.agent_name":"acme"}}
        """;

    private string Mint(
        LiveKitGrants grants,
        LiveKitKey? key = null,
        string? identity = "agent-AJ_1",
        DateTimeOffset? at = null,
        TimeSpan? lifetime = null) =>
        "Bearer " + LiveKitToken.MintFor(
            key ?? GatewayBench.Key, identity, grants, at ?? bench.Clock.GetUtcNow(), lifetime ?? TimeSpan.FromMinutes(5));

    /// <summary>Asks with the own token of the job that the body names.</summary>
    private Task<GatewayResponse> AskAsync(string body, LiveKitGrants? grants = null) =>
        SendAsync(body, Mint(grants ?? Join, identity: $"agent-{JobIn(body)}"));

    private static string JobIn(string body)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["job"] ?? "";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return "";
        }
    }

    private Task<GatewayResponse> SendAsync(string body, string token, GatewayBench? other = null) =>
        (other ?? bench).SendAsync("POST", "/agents/lease", Encoding.UTF8.GetBytes(body), ("Authorization", token));
}
