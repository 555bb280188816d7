using FsCheck;
using FsCheck.Fluent;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls;

/// <summary>Sets of events of one call: every kind of fact, few legs and sessions so that they meet, many at the same second.</summary>
internal static class RandomHistories
{
    private static readonly Leg[] Legs =
    [
        Caller("PA_1"),
        Caller("PA_2"),
        Caller("PA_3", "sip_other") with { JoinedAtMs = 5 },
        Agent("PA_4"),
        Agent("PA_5", "agent-PA_4"),
        Agent("PA_6"),
        Other(LegRole.DialledOut, "PA_7"),
        Other(LegRole.Guest, "PA_8"),
        Other(LegRole.Recorder, "PA_9"),
        Human("PA_10"),
        Human("PA_11") with { SipCallStatus = LiveKitSipCallStatus.Active },
    ];

    private static readonly RoomSession[] Rooms = [Room, Room, Room with { Sid = "RM_2" }];
    private static readonly string[] Reasons = [Hangup, "DUPLICATE_IDENTITY", "PARTICIPANT_REMOVED", "ROOM_DELETED", "UNKNOWN_REASON"];
    private static readonly string[] Statuses = ["completed", "busy", "no-answer", "failed", "canceled"];

    private static readonly RecordingFile File = new(Call.Value, 1, RecordingFile.Everybody) { KeepDays = 30 };

    private static readonly CallFact[] Recordings =
    [
        new CallFact.RecordingStarted("", File),
        new CallFact.RecordingStarted("", File) { IsActive = true },
        new CallFact.RecordingEnded("", File, LiveKitEgressStatus.Complete) { SizeBytes = 5 },
        new CallFact.RecordingEnded("", File, CallFact.RecordingEnded.Lost),
        new CallFact.RecordingStarted("", File with { CallId = "aaaaaaaaaaaaaaaaaaaaaaaaaa" }),
    ];

    private static readonly Gen<CallFact> Facts = Gen.OneOf(
        Gen.Elements(Legs).Select(CallFact (leg) => new CallFact.LegJoined(leg)),
        Gen.Elements(Legs).SelectMany(_ => Gen.Elements(Reasons), CallFact (leg, reason) => new CallFact.LegLeft(leg, reason)),
        Gen.Elements(Legs).Select(CallFact (leg) => new CallFact.LegAborted(leg)),
        Gen.Elements(Legs).Select(CallFact (leg) => new CallFact.AudioPublished(leg.Sid, leg.Identity)),
        Gen.Elements(Legs)
            .Where(leg => leg.Role == LegRole.Human)
            .Select(CallFact (leg) => new CallFact.HumanAnswered(leg.Sid, leg.Identity)),
        Gen.Elements(Statuses)
            .SelectMany(_ => Gen.Elements(true, false), CallFact (status, isCaller) => new CallFact.TwilioLegEnded(status, isCaller)),
        Gen.Elements(Statuses).Select(CallFact (status) => new CallFact.DialEnded(status, null, false)),
        Gen.Elements(Statuses)
            .SelectMany(_ => Gen.Elements(0, 1), CallFact (status, human) => new CallFact.HumanDialEnded(human, status)),
        Gen.Elements("EG_1", "EG_2").SelectMany(_ => Gen.Elements(Recordings), CallFact (id, fact) => OfEgress(id, fact)),
        Gen.Elements<CallFact>(
            new CallFact.RecordingWanted("start"),
            new CallFact.RecordingWanted("pause"),
            new CallFact.ConsentGiven("AJ_1", 1, true),
            new CallFact.ConsentGiven("AJ_1", 1, false)),
        Gen.Elements<CallFact>(
            new CallFact.ToolBegun("call_1", "book", 1, "abcd", Noon.AddSeconds(30)),
            new CallFact.ToolBegun("call_1", "book", 2, "abcd", Noon.AddSeconds(60)),
            new CallFact.ToolAnswered("call_1", "book", "done", 1),
            new CallFact.ToolAnswered("call_1", "book", "unknown", 0)),
        Gen.Elements<CallFact>(
            new CallFact.QualityMeasured("PA_4", [new QualityTally("jitter", "40:9", 0.0049)]),
            new CallFact.QualityMeasured("PA_4", [new QualityTally("jitter", "41:2", 0.2), new QualityTally("loss", "0:2", 0)]),
            new CallFact.QualityWarned("PA_4", "jitter", 1, 0.2, 0.0049),
            new CallFact.QualityWarned("PA_4", "jitter", 2, 0.3, 0.0049)),
        Gen.Elements<CallFact>(
            new CallFact.RoomStarted(),
            new CallFact.RoomFinished(),
            new CallFact.Unhandled("egress_started"),
            new CallFact.CallAnnounced("CA1", "+15550100001", null),
            new CallFact.CallAnnounced("CA1", null, "+15550100123")));

    /// <summary>Up to a dozen events, each with an id of its own.</summary>
    public static Gen<CallEvent[]> Events { get; } =
        Gen.Choose(1, 12)
            .SelectMany(count => Facts.SelectMany(_ => Gen.Choose(0, 90), (fact, second) => (fact, second))
                .SelectMany(_ => Gen.Elements(Rooms), Event)
                .ArrayOf(count))
            .Select(events => events.Select((callEvent, i) => callEvent with { Id = $"EV_{i}" }).ToArray());

    /// <summary>Claims such as the workflow writes.</summary>
    public static Gen<EffectClaim[]> Claims { get; } = Gen.SubListOf<EffectClaim>(
    [
        Dispatched(1), Dispatched(40, 2), Asked(30), Held("dispatch:3", 50, 65), FailedUntil("publish:CALL_STARTED", 2, 7),
        Done("remove-surplus:1", 20, "1"), Deleted(60), Done("record:1", 9, "started:EG_1"), Held("stop-recording:EG_1", 55, 70),
        GivenUp("record:1:TR_1", 12), GivenUp("delete-room:2", 70),
    ]).Select(claims => claims.ToArray());

    private static CallFact OfEgress(string id, CallFact fact) => fact switch
    {
        CallFact.RecordingStarted started => started with { EgressId = id },
        CallFact.RecordingEnded ended => ended with { EgressId = id },
        _ => fact,
    };

    private static CallEvent Event((CallFact Fact, int Second) what, RoomSession room) => Given.Event(what.Second, what.Fact) with
    {
        Room = what.Fact is CallFact.CallAnnounced or CallFact.DialEnded or CallFact.HumanDialEnded or CallFact.TwilioLegEnded
            ? null
            : room,
    };
}
