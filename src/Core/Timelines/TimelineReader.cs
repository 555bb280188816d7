using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.Core.Timelines;

/// <summary>Puts a stored call on one axis of time.</summary>
internal static class TimelineReader
{
    /// <summary>The timeline of a call.</summary>
    /// <param name="trail">Everything that is stored of it.</param>
    /// <param name="now">How far a call that goes on reaches.</param>
    public static CallTimeline Of(AuditTrail trail, DateTimeOffset now)
    {
        var state = trail.Now;
        TimelineLane[] lanes =
        [
            new(LaneName.Twilio, [.. TwilioLegs(state)], [.. FactsOf(trail, LaneName.Twilio)]),
            new(LaneName.LiveKit, [.. Rooms(state)], [.. FactsOf(trail, LaneName.LiveKit)]),
            new(LaneName.People, [.. People(state)], [.. FactsOf(trail, LaneName.People)]),
            new(LaneName.Agent, [.. Agents(state)], [.. FactsOf(trail, LaneName.Agent)]),
            new(LaneName.Gateway, [], [.. FactsOf(trail, LaneName.Gateway).Concat(StepsOf(trail)).OrderBy(mark => mark.At)]),
        ];
        var last = lanes.SelectMany(lane => lane.Marks).Max(mark => (DateTimeOffset?)mark.At) ?? state.BeganAt;
        return new CallTimeline(
            trail.CallId.Value,
            state.BeganAt,
            trail.IsUnderWay && now > last ? now : last,
            state.End is not null,
            lanes,
            [.. CallSilence.Spans(state, state.EndedAt ?? now)
                .Select(span => new TimelineSpan(span.From, span.To, "the caller hears nobody"))]);
    }

    private static IEnumerable<TimelineMark> FactsOf(AuditTrail trail, LaneName lane) => trail.Events
        .Where(read => LaneOf(trail.Now, read.Event.Fact) == lane)
        .OrderBy(read => read.Event.At)
        .ThenBy(read => read.Event.Id, StringComparer.Ordinal)
        .Select(read => new TimelineMark(read.Event.At, read.Event.Id, HistoryWords.Of(read.Event), read.SeenBy));

    private static IEnumerable<TimelineMark> StepsOf(AuditTrail trail) => trail.Steps
        .Select(read => read.Step)
        .Where(step => step.Claims.Count > 0)
        .Select(step => new TimelineMark(
            step.At, step.Number.ToString(CultureInfo.InvariantCulture), HistoryWords.Of(step), step.Number));

    private static LaneName LaneOf(CallState state, CallFact fact) => fact switch
    {
        CallFact.Unhandled { Name: var name } when name.StartsWith("twilio:", StringComparison.Ordinal) => LaneName.Twilio,
        CallFact.CallAnnounced or CallFact.DialEnded or CallFact.HumanDialEnded or CallFact.TwilioLegEnded => LaneName.Twilio,
        CallFact.AgentDone or CallFact.ToolBegun or CallFact.ToolAnswered or CallFact.CalleeVerdict or CallFact.ConsentGiven
            or CallFact.QualityMeasured or CallFact.QualityWarned => LaneName.Agent,
        CallFact.CallRequested or CallFact.EndRequested or CallFact.HandoffRequested or CallFact.RecordingWanted
            or CallFact.CallScreened or CallFact.EventsOmitted => LaneName.Gateway,
        { AboutLeg: { } sid } => state.Legs.Find(sid)?.Role == LegRole.Agent ? LaneName.Agent : LaneName.People,
        _ => LaneName.LiveKit,
    };

    private static IEnumerable<TimelineSpan> TwilioLegs(CallState state)
    {
        if (state.Twilio.Announced is { } announced)
        {
            yield return new TimelineSpan(announced.At, state.Twilio.CallerLegEnd?.At, "the caller's leg at Twilio");
        }
    }

    private static IEnumerable<TimelineSpan> Rooms(CallState state) => state.Rooms.All
        .OrderBy(room => room.FirstSeen.At)
        .Select(room => new TimelineSpan(room.FirstSeen.Happened, CallWaste.RoomEnd(state, room), $"room session {room.Sid}"));

    private static IEnumerable<TimelineSpan> People(CallState state) => state.Legs.All
        .Where(leg => leg is { WasThere: true, Role: not LegRole.Agent } && state.PartOf(leg) is LegPart.Caller or LegPart.Human)
        .OrderBy(leg => leg.CameAt)
        .Select(leg => new TimelineSpan(
            leg.CameAt!.Value, state.GoneAt(leg), $"{(state.PartOf(leg) == LegPart.Caller ? "caller" : "human")} {leg.Sid} in the room"))
        .Concat(HeardOf(state, LegPart.Human, "human"));

    private static IEnumerable<TimelineSpan> Agents(CallState state) => state.Agents
        .OrderBy(leg => leg.CameAt)
        .Select(leg => new TimelineSpan(leg.CameAt!.Value, state.GoneAt(leg), $"agent {leg.Sid} in the room"))
        .Concat(HeardOf(state, LegPart.VoiceAgent, "agent"));

    private static IEnumerable<TimelineSpan> HeardOf(CallState state, LegPart part, string who) => state.Heard
        .Where(span => span.Part == part)
        .OrderBy(span => span.From)
        .Select(span => new TimelineSpan(span.From, span.To, $"{who} {span.Leg.Sid} is heard"));
}
