using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Journal;

/// <summary>
/// What journals hold already must stay readable, and what is written must not change unseen: every shape stands in journal.golden.jsonl,
/// one per line. The last lines are shapes that earlier builds wrote and this one only reads.
/// </summary>
public sealed class JournalGoldenTests
{
    private static readonly Leg FullLeg = new("PA_1", "sip_+15550100001", LegRole.Caller)
    {
        JoinedAtMs = 1795241213280,
        AgentName = "acme",
        SipCallId = "SCL_1",
        PhoneNumber = "+15550100001",
        CalledNumber = "+15550100123",
        SipCallStatus = "ringing",
    };

    private static readonly RecordingFile Recorded = new("aaaaaaaaaaaaaaaaaaaaaaaaaa", 2, "caller") { Track = "TR_1", KeepDays = 30 };

    private static readonly CallFact[] Facts =
    [
        new CallFact.CallAnnounced("CA1", "+15550100001", "+15550100123"),
        new CallFact.CallAnnounced("CA1", null, null),
        new CallFact.CallAnnounced("CA1", null, null) { AccountSid = "AC1" },
        new CallFact.CallAnnounced("CA1", null, null) { AccountSid = "AC1", Token = "T1" },
        new CallFact.RoomStarted(),
        new CallFact.RoomFinished(),
        new CallFact.LegJoined(FullLeg),
        new CallFact.LegLeft(new Leg("PA_1", "x", LegRole.Agent), "CLIENT_INITIATED"),
        new CallFact.LegAborted(new Leg("PA_1", "x", LegRole.Guest)),
        new CallFact.AudioPublished("PA_1", "x"),
        new CallFact.HumanAnswered("PA_1", "human_x"),
        new CallFact.HumanDialEnded(1, "no-answer"),
        new CallFact.CallAnnounced("CA1", "+15550100123", "+49305550123") { Direction = CallDirection.Outbound },
        new CallFact.LegJoined(FullLeg with { TrunkId = "ST_1", RuleId = "SDR_1" }),
        new CallFact.DialEnded("no-answer", 480, false),
        new CallFact.DialEnded("completed", null, true),
        new CallFact.TwilioLegEnded("completed", true),
        new CallFact.DialEnded("completed", null, true) { Seconds = 30 },
        new CallFact.HumanDialEnded(0, "completed") { Seconds = 20 },
        new CallFact.TwilioLegEnded("completed", false) { Seconds = 30 },
        new CallFact.Unhandled("egress_started"),
        new CallFact.RoomAbandoned(),
        new CallFact.EventsOmitted("too_many_notes"),
        new CallFact.AudioPublished("PA_1", "x") { TrackSid = "TR_1" },
        new CallFact.AudioUnpublished("PA_1", "x", "TR_1"),
        new CallFact.AgentDone("AJ_1", 2),
        new CallFact.QualityMeasured("PA_1", [new QualityTally("jitter", "40:9 41:2", 0.0049), new QualityTally("loss", "0:11", 0)]),
        new CallFact.QualityWarned("PA_1", "jitter", 1, 0.18, 0.0045),
        new CallFact.CallFollows("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        new CallFact.HandoffRequested(1, HandoffMode.Warm, ["+15550100181", "+15550100182"], 20)
        {
            Queue = "support",
            Reason = "customer_request",
            Context = """{"sentiment":"calm"}""",
            MutesAgent = true,
            ByAgent = true,
        },
        new CallFact.HandoffRequested(2, HandoffMode.Cold, [], 30),
        new CallFact.CallRequested { Tenant = "t1", To = "+15550100123", NotBefore = Noon },
        new CallFact.CallRequested { Tenant = "t1", User = "u1", Language = "ar", Voice = "amber", Metadata = "{}" },
        new CallFact.CallScreened(AdmissionAction.Human) { Reason = AdmissionReason.TenantLimit },
        new CallFact.CallScreened(AdmissionAction.Agent)
        {
            Reason = AdmissionReason.CallerVerdict,
            Rule = 2,
            RoutePlace = "line",
            TenantPlace = "golf",
        },
        new CallFact.CallAnnounced("CA1", null, null) { Verdict = "passed-a" },
        new CallFact.CalleeVerdict("AJ_1", 1, "machine"),
        new CallFact.LegJoined(new Leg("PA_2", "avatar", LegRole.Agent) { OnBehalfOf = "agent-AJ_1" }),
        new CallFact.LegJoined(new Leg("PA_3", "bot-1", LegRole.Agent) { HasAgentPrefix = true, IsHidden = true }),
        new CallFact.LegJoined(new Leg("PA_4", "human_x", LegRole.Human) { IsByToken = true }),
        new CallFact.LegJoined(new Leg("PA_4", "driver_x", LegRole.Caller) { IsByToken = true }),
        new CallFact.RecordingStarted("EG_1", new RecordingFile("aaaaaaaaaaaaaaaaaaaaaaaaaa", 1, "room")),
        new CallFact.RecordingStarted("EG_1", Recorded) { IsActive = true },
        new CallFact.RecordingEnded("EG_1", Recorded, "EGRESS_COMPLETE")
        {
            Location = "https://a.blob.core.windows.net/b/c.ogg",
            SizeBytes = 5,
            DurationMs = 7,
        },
        new CallFact.RecordingEnded("EG_1", Recorded, "EGRESS_FAILED") { Error = "500 no" },
        new CallFact.RecordingWanted("pause"),
        new CallFact.ConsentGiven("AJ_1", 1, true),
        new CallFact.EndRequested(),
        new CallFact.ToolBegun("call_1", "bookTeeTime", 1, "abcd", Noon.AddSeconds(9)) { Job = "AJ_1", Epoch = 1 },
        new CallFact.ToolBegun("call_1", "bookTeeTime", 2, "abcd", Noon.AddSeconds(9)) { Job = "AJ_1", Epoch = 1, Arguments = "{}" },
        new CallFact.ToolAnswered("call_1", "bookTeeTime", "done", 0.25) { Status = 200, Result = """{"reservationId":"R-1"}""" },
        new CallFact.ToolAnswered("call_2", "bookTeeTime", "timed_out", 4),
    ];

    private static readonly CallEvent[] Events =
    [
        .. Facts.Select(fact => new CallEvent("EV_1", Noon, fact)),
        new CallEvent("inferred:joined:PA_1", Noon.AddMilliseconds(1.5), new CallFact.LegJoined(FullLeg))
        {
            Room = Room,
            Inferred = true,
            Raw = "{\"é\":\"😀\"}",
        },
        new CallEvent("EV_1", Noon, new CallFact.RoomStarted()) { Room = Room, HappenedAt = Noon.AddSeconds(-9) },
        new CallEvent("EV_1", Noon, new CallFact.CallAnnounced("CA1", null, null)) { Tenant = "golf" },
    ];

    private static readonly EffectClaim[] Claims =
    [
        Held("dispatch:1", 0, 15), Unnamed, FailedUntil("delete-room:1", 3, 5), GivenUp("delete-room:1", 9), Dispatched(1),
        Done("lease:1", 2, "AJ_1") with { Until = Given.At(6) },
    ];

    /// <summary>A dispatch of an earlier build: it did not note the agent's name.</summary>
    private static EffectClaim Unnamed => Done("dispatch:1", 1, "created:AD_1");

    private static readonly CallDetailRecord[] Records =
    [
        new Scene(Arrived(0)).Record,
        new Scene(Arrived(0), Joined(1, FullLeg) with { Raw = "{}" }, Dispatched(1.2), Left(20, FullLeg), Ended(20), Deleted(30)).Record,
        new Scene(Arrived(0), Event(9, new CallFact.RecordingStarted("EG_1", Recorded with { CallId = Call.Value }), "EV_1")).Record,
        new Scene(
            Arrived(0),
            Event(8, new CallFact.ToolBegun("call_1", "bookTeeTime", 1, "abcd", Noon.AddSeconds(17)) { Job = "AJ_1", Epoch = 1 }, "t1"),
            Event(9, new CallFact.ToolAnswered("call_1", "bookTeeTime", "done", 0.25) { Status = 200 }, "t2")).Record,
    ];

    private static readonly JournalCommit[] Steps =
    [
        new(1, Noon, [Held("dispatch:1", 0, 15)], ["e:EV_1"])
        {
            Decision = new RecordedDecision(new CallEffect.DispatchAgent(1), Noon) { Agent = "acme" },
        },
        new(2, Noon.AddMilliseconds(1.5), [Unnamed], []),
    ];

    private static readonly JournalCommit[] StepsOfEarlierBuilds =
    [
        Steps[0] with { Seen = null, Rows = new Dictionary<string, string> { ["call"] = "00ff", ["e:EV_1"] = "0a0b" } },
        Steps[1] with { Seen = null, Rows = new Dictionary<string, string>() },
    ];

    private static readonly string[] Written =
    [
        .. Events.Select(callEvent => JsonSerializer.Serialize(callEvent, JournalJson.Default.CallEvent)),
        .. Claims.Select(claim => JsonSerializer.Serialize(claim, JournalJson.Default.EffectClaim)),
        .. Records.Select(record => JsonSerializer.Serialize(record, JournalJson.Default.CallDetailRecord)),
        .. Steps.Select(step => JsonSerializer.Serialize(step, JournalJson.Default.JournalCommit)),
    ];

    private static string[] Golden => File.ReadAllLines(Repository.PathOf("tests", "Core.Tests", "Journal", "journal.golden.jsonl"));

    [Fact]
    public void Every_shape_is_written_as_it_was() => Assert.Equal(Golden.SkipLast(StepsOfEarlierBuilds.Length), Written);

    [Fact]
    public void Every_shape_that_was_written_is_read()
    {
        var golden = Golden;

        Assert.Equal(Events, golden.Take(Events.Length).Select(line => JsonSerializer.Deserialize(line, JournalJson.Default.CallEvent)));
        Assert.Equal(Claims, golden.Skip(Events.Length)
            .Take(Claims.Length)
            .Select(line => JsonSerializer.Deserialize(line, JournalJson.Default.EffectClaim)));
        Assert.Equal(Records, golden.Skip(Events.Length + Claims.Length)
            .Take(Records.Length)
            .Select(line => JsonSerializer.Deserialize(line, JournalJson.Default.CallDetailRecord)));
        Assert.Equivalent(
            Steps.Concat(StepsOfEarlierBuilds),
            golden
                .Skip(Events.Length + Claims.Length + Records.Length)
                .Select(line => JsonSerializer.Deserialize(line, JournalJson.Default.JournalCommit)),
            strict: true);
    }

    [Fact]
    public void A_packed_history_has_every_shape_without_the_providers_own_words()
    {
        var kept = new InMemoryContents();
        foreach (var (number, callEvent) in Events.Index())
        {
            var numbered = callEvent with { Id = $"EV_{number}" };
            kept.Events.Add(numbered.Id, numbered);
            kept.Heard.Add(numbered);
        }

        foreach (var claim in Claims.DistinctBy(claim => claim.Key))
        {
            kept.Claims.Add(claim.Key, claim);
        }

        var unpacked = InMemoryContents.Unpacked(kept.Packed());

        Assert.Equal(kept.Heard.Select(heard => heard with { Raw = null }), unpacked.Heard);
        Assert.Equal(unpacked.Heard, unpacked.Events.Values);
        Assert.Equal(kept.Claims, unpacked.Claims);
    }

    [Fact]
    public void A_step_of_an_earlier_build_lists_the_same_events() =>
        Assert.Equal(Steps.Select(step => step.SeenEvents.ToList()), StepsOfEarlierBuilds.Select(step => step.SeenEvents.ToList()));

    [Fact]
    public void A_step_without_a_list_saw_nothing_new()
    {
        const string Json = """{"number":1,"at":"2026-11-21T12:00:00+00:00","claims":[]}""";

        Assert.Empty(JsonSerializer.Deserialize(Json, JournalJson.Default.JournalCommit)!.SeenEvents);
    }

    [Fact]
    public void Every_kind_of_fact_has_its_line_and_its_name()
    {
        var names = typeof(CallFact).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>()
            .ToList();

        Assert.Equal(typeof(CallFact).GetNestedTypes().ToHashSet(), names.Select(name => name.DerivedType).ToHashSet());
        Assert.Equal(typeof(CallFact).GetNestedTypes().ToHashSet(), Facts.Select(fact => fact.GetType()).ToHashSet());
        Assert.Equal(names.Count, names.Select(name => name.TypeDiscriminator).Distinct().Count());
    }

    [Fact]
    public void Fields_that_a_later_version_adds_are_passed_over()
    {
        var later = Golden[0].Replace("{\"id\"", "{\"new\":{\"a\":[1]},\"id\"", StringComparison.Ordinal);

        Assert.NotEqual(Golden[0], later);
        Assert.Equal(Events[0], JsonSerializer.Deserialize(later, JournalJson.Default.CallEvent));
    }

    [Fact]
    public void Decisions_and_effects_survive_an_orchestrations_history()
    {
        CallDecision[] decisions =
        [
            new CallDecision.Done(),
            new CallDecision.WaitUntil(Noon),
            new CallDecision.Do(new CallEffect.Admit()),
            new CallDecision.Do(new CallEffect.LeavePlaces()),
            new CallDecision.Do(new CallEffect.DispatchAgent(2)),
            new CallDecision.Do(new CallEffect.DispatchAgent(3) { Reserve = true }),
            new CallDecision.Do(new CallEffect.RemoveSurplusAgents(1)),
            new CallDecision.Do(new CallEffect.Reconcile()),
            new CallDecision.Do(new CallEffect.EndCall("no_agent")),
            new CallDecision.Do(new CallEffect.Publish(["CALL_STARTED"])),
            new CallDecision.Do(new CallEffect.Deliver("crm", ["CALL_STARTED"])),
            new CallDecision.Do(new CallEffect.DeleteRoom(1)),
            new CallDecision.Do(new CallEffect.CallHuman()),
            new CallDecision.Do(new CallEffect.DispatchHelper("transcriber")),
            new CallDecision.Do(new CallEffect.HandOn()),
            new CallDecision.Do(new CallEffect.DropCallers(1)),
            new CallDecision.Do(new CallEffect.OpenRoom()),
            new CallDecision.Do(new CallEffect.OpenRoom { Round = 2 }),
            new CallDecision.Do(new CallEffect.Dial(2)),
            new CallDecision.Do(new CallEffect.StartRecording(1) { Track = "TR_1", Of = "caller" }),
            new CallDecision.Do(new CallEffect.StartRecording(1)),
            new CallDecision.Do(new CallEffect.StopRecordings(["EG_1", "EG_2"])),
            new CallDecision.Do(new CallEffect.LookUpRecordings()),
            new CallDecision.Do(new CallEffect.RingHuman(1, 2)),
            new CallDecision.Do(new CallEffect.TransferCaller(1, 0)),
            new CallDecision.Do(new CallEffect.SilenceAgents(1)),
            new CallDecision.Do(new CallEffect.GiveUpHandoff(1, "no_answer")),
        ];

        Assert.Equal(decisions, decisions.Select(decision => JsonSerializer.Deserialize<CallDecision>(JsonSerializer.Serialize(decision))));
        Assert.Equal(
            typeof(CallEffect).GetNestedTypes().ToHashSet(),
            decisions.OfType<CallDecision.Do>().Select(decision => decision.Effect.GetType()).ToHashSet());
    }
}
