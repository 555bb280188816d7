using System.Security.Cryptography;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Every journal gives back exactly what it was given.</summary>
public abstract class CallRoundTripContract(IJournals journals) : JournalContract(journals)
{
    private static readonly Leg FullLeg = new("PA_1", "sip_+14155550123", LegRole.Caller)
    {
        JoinedAtMs = 1_763_726_400_123,
        AgentName = "receptionist",
        SipCallId = "SCL_1",
        PhoneNumber = "+14155550123",
        CalledNumber = "+14155550199",
    };

    public static TheoryData<CallFact> Facts =>
    [
        new CallFact.CallAnnounced("CA1", "+14155550123", "+14155550199"),
        new CallFact.CallAnnounced("CA1", null, null),
        new CallFact.RoomStarted(),
        new CallFact.RoomFinished(),
        new CallFact.LegJoined(FullLeg),
        new CallFact.LegJoined(new Leg("PA_2", "agent", LegRole.Agent)),
        new CallFact.LegLeft(FullLeg, "CLIENT_INITIATED"),
        new CallFact.LegAborted(FullLeg),
        new CallFact.TwilioLegEnded("completed", true) { Seconds = 214 },
        new CallFact.HumanDialEnded(2, "declined"),
        new CallFact.AudioPublished("PA_2", "agent"), new CallFact.HumanAnswered("PA_4", "human_x"),
        new CallFact.DialEnded("no-answer", 480, false),
        new CallFact.DialEnded("completed", null, false),
        new CallFact.TwilioLegEnded("busy", true),
        new CallFact.Unhandled("track_unpublished"),
        new CallFact.RoomAbandoned(),
        new CallFact.EventsOmitted("too_many_notes"),
        new CallFact.AudioPublished("PA_2", "agent") { TrackSid = "TR_1" },
        new CallFact.AudioUnpublished("PA_2", "agent", "TR_1"),
        new CallFact.AgentDone("AJ_1", 1),
        new CallFact.CallFollows("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        new CallFact.CalleeVerdict("AJ_1", 1, "human"),
        new CallFact.RecordingStarted("EG_1", new RecordingFile("aaaaaaaaaaaaaaaaaaaaaaaaaa", 1, "room")),
        new CallFact.RecordingEnded("EG_1", new RecordingFile("aaaaaaaaaaaaaaaaaaaaaaaaaa", 1, "agent") { Track = "TR_1" }, "LOST"),
        new CallFact.RecordingWanted("start"),
        new CallFact.ConsentGiven("AJ_1", 1, false),
        new CallFact.ToolBegun("call_1", "bookTeeTime", 1, "abcd", Some.Noon) { Job = "AJ_1", Epoch = 1, Arguments = "{}" },
        new CallFact.ToolAnswered("call_1", "bookTeeTime", "done", 0.25) { Status = 200, Result = "{}" },
        new CallFact.EndRequested(),
        new CallFact.CallScreened(AdmissionAction.Agent) { Reason = AdmissionReason.CallerVerdict, Rule = 2, RoutePlace = "line" },
        new CallFact.QualityMeasured("PA_1", [new QualityTally("delay", "70:3", 0.081)]),
        new CallFact.QualityWarned("PA_1", "delay", 2, 0.9, 0.08),
        new CallFact.CallRequested { Tenant = "t1", User = "u1", Metadata = "{}", Digest = "d" },
        new CallFact.HandoffRequested(1, HandoffMode.Warm, ["+15550100181"], 20) { Queue = "support", Reason = "r", Context = "{}" },
    ];

    public static TheoryData<string> Ids =>
    [
        "EV_abc-DEF_0123456789",
        "CA00000000000000000000000000000001:answered:2",
        "a/b\\c#d?e%f+g&h'i\"j k",
        "h-0000000000000000000000000000000000000000000000000000000000000000",
        "",
        "\t\u0001\u007f\u0085",
        "звонок-☎️-\U0001F4DE",
        new string('x', 2000),
        new string('☎', 2000),
    ];

    public static TheoryData<string> Texts =>
    [
        "",
        " leading and trailing ",
        "--batch_1\r\nPATCH http://x HTTP/1.1\r\n\r\n--changeset_1--\r\n",
        "{\"quoted\":\"\\u0000\\n\"}\0\u001f\u2028\u2029\ufeff",
        "\U0001F4DE👩‍👩‍👧‍👦 ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
        new string('☎', CallEvent.MaxRawLength),
        new string('\0', 10_000),
    ];

    [Fact]
    public void Every_fact_is_among_the_samples() =>
        Assert.Equal(typeof(CallFact).GetNestedTypes().ToHashSet(), Facts.Select(row => row.Data.GetType()).ToHashSet());

    [Theory]
    [MemberData(nameof(Facts), DisableDiscoveryEnumeration = true)]
    public async Task Every_fact_comes_back(CallFact fact)
    {
        var callEvent = new CallEvent("EV_1", new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567), fact);

        await Journal.AppendAsync(CallId, callEvent, Tracking.Follow, Stop);

        Assert.Equal([callEvent], (await Journal.ReadAsync(CallId, Stop)).Events);
    }

    [Fact]
    public async Task Every_field_of_an_event_comes_back()
    {
        var callEvent = new CallEvent("EV_1", Some.Noon, new CallFact.RoomStarted())
        {
            Room = new RoomSession("room", "RM_1"),
            Inferred = true,
            Raw = "{}",
        };

        await Journal.AppendAsync(CallId, callEvent, Tracking.Follow, Stop);

        Assert.Equal([callEvent], (await Journal.ReadAsync(CallId, Stop)).Events);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_event_and_a_claim_may_have_any_id(string id)
    {
        Assert.Equal(AppendOutcome.Appended, await Journal.AppendAsync(CallId, Some.Event(id), Tracking.Follow, Stop));
        Assert.Equal(AppendOutcome.Appended, await Journal.AppendAsync(CallId, Some.Event(id + "x"), Tracking.Follow, Stop));
        Assert.Equal(AppendOutcome.Duplicate, await Journal.AppendAsync(CallId, Some.Event(id), Tracking.Follow, Stop));
        await Journal.CommitAsync(
            CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, Some.Claim(id), Some.Claim(id + "x")), Stop);

        var history = await Journal.ReadAsync(CallId, Stop);
        Assert.Equal([Some.Event(id), Some.Event(id + "x")], history.Events.OrderBy(e => e.Id.Length));
        Assert.Equal([Some.Claim(id), Some.Claim(id + "x")], history.Claims.OrderBy(c => c.Key.Length));
    }

    [Fact]
    public async Task An_id_that_looks_like_the_hash_of_another_is_still_its_own()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData("a/b"u8));
        await Journal.AppendAsync(CallId, Some.Event("a/b"), Tracking.Follow, Stop);

        Assert.Equal(AppendOutcome.Appended, await Journal.AppendAsync(CallId, Some.Event($"h-{hash}"), Tracking.Follow, Stop));
    }

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task Any_text_comes_back(string text)
    {
        var appended = Some.Event("EV_1") with { Raw = text };
        var committed =
            new CallEvent("EV_2", Some.Noon, new CallFact.CallAnnounced("CA1", text, text)) { Room = new RoomSession(text, text) };
        await Journal.AppendAsync(CallId, appended, Tracking.Follow, Stop);

        var record = Some.Record(CallId) with { Raw = text, From = text };
        var change = new JournalChange([Some.Claim("a") with { Result = text }], record) { Events = [committed] };
        var outcome = await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, change, Stop);

        var history = await Journal.ReadAsync(CallId, Stop);
        Assert.Equal(CommitOutcome.Committed, outcome.Outcome);
        Assert.Equal([appended, committed], history.Events.OrderBy(e => e.Id));
        Assert.Equal([Some.Claim("a") with { Result = text }], history.Claims);
        Assert.Equal(CallId, await Journal.FindByRoomAsync(text, Stop));
    }

    [Theory]
    [InlineData(ClaimStatus.Intent)]
    [InlineData(ClaimStatus.Done)]
    [InlineData(ClaimStatus.Failed)]
    [InlineData(ClaimStatus.GivenUp)]
    public async Task Every_field_of_a_claim_comes_back(ClaimStatus status)
    {
        var claim =
            new EffectClaim("dispatch:1", status, "owner", 3, Some.Noon.AddTicks(7)) { Until = Some.Noon.AddSeconds(30), Result = "AD_1" };

        await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, claim), Stop);

        Assert.Equal([claim], (await Journal.ReadAsync(CallId, Stop)).Claims);
    }
}
