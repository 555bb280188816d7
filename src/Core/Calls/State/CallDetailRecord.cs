using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Calls.State.Recorded;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>The call detail record (CDR): a call as diagnostics show it, folded from its journal. Holds personal data.</summary>
public sealed record CallDetailRecord
{
    /// <summary>The call's id.</summary>
    public required string CallId { get; init; }

    /// <summary>The LiveKit room's name.</summary>
    public required string RoomName { get; init; }

    /// <summary>The tenant that asked for it, or by whose route it came; <c>null</c> where it is nobody's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Tenant { get; init; }

    /// <summary>Which way the call went.</summary>
    public required CallDirection Direction { get; init; }

    /// <summary>The calling number in E.164, or the address as it was given; <c>null</c> where it was withheld.</summary>
    public string? From { get; init; }

    /// <summary>The called number in E.164, or the address as it was given.</summary>
    public string? To { get; init; }

    /// <summary>Where the call stands.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>Whether an agent was dispatched or adopted.</summary>
    public required bool AgentDispatched { get; init; }

    /// <summary>When the gateway received the first event of the call, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the gateway last received an event or wrote a claim, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the call ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended, such as <c>caller_hangup</c>.</summary>
    public string? EndCause { get; init; }

    /// <summary>
    /// What was done with the call before an agent was sent, a word of <see cref="AdmissionAction"/>; <c>null</c> where nothing had to be
    /// decided.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Admission { get; init; }

    /// <summary>Why, a word of <see cref="Calls.AdmissionReason"/>; <c>null</c> where nothing spoke against it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? AdmissionReason { get; init; }

    /// <summary>How often the phone was called that the call is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DialAttempts { get; init; }

    /// <summary>When that phone was known to be answered, UTC; <c>null</c> where it was not, and where none was called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>
    /// Who answered it, as the agent says: <c>human</c>, <c>machine</c> or <c>unknown</c>; <c>null</c> where the agent said nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? AnsweredBy { get; init; }

    /// <summary>
    /// How many seconds the caller was in the room and heard nobody, once the call has ended; <c>null</c> before, and where no caller came.
    /// </summary>
    public double? SilenceSeconds { get; init; }

    /// <summary>
    /// Which of the route's humans Twilio connected with the caller after all, counted from 1; <c>null</c> where it connected none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? ServedByHuman { get; init; }

    /// <summary>The last handoff that the agent or an operator asked for; <c>null</c> where none did.</summary>
    public HandoffRecord? Handoff { get; init; }

    /// <summary>When the room was known to be gone, UTC.</summary>
    public DateTimeOffset? RoomDeletedAt { get; init; }

    /// <summary>Whether some events of the call were counted and not stored, so that the history has gaps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EventsOmitted { get; init; }

    /// <summary>The recordings of the call, in the order in which they began; <c>null</c> where there are none.</summary>
    public CallRecordingCollection? Recordings { get; init; }

    /// <summary>The uses of tools, in the order in which they began; <c>null</c> where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ToolRecordCollection? Tools { get; init; }

    /// <summary>What agents and clients measured of the legs, a line for each leg and measure; <c>null</c> where nothing was.</summary>
    public CallQualityCollection? Quality { get; init; }

    /// <summary>The caller's participant, once it joined.</summary>
    public SipParticipant? SipParticipant { get; init; }

    /// <summary>LiveKit's own words on the caller's participant, cut to <see cref="CallEvent.MaxRawLength"/> characters.</summary>
    public string? Raw { get; init; }

    /// <summary>The record that a state adds up to.</summary>
    /// <param name="state">The state of a call of which the journal holds an event.</param>
    /// <param name="naming">Names the room of a call that Twilio announced and of which no room event has come yet.</param>
    public static CallDetailRecord Of(CallState state, RoomNaming naming)
    {
        var (record, changedAt) = (state.Record ??= Fold(state, naming), state.ChangedAt);
        return record.UpdatedAt == changedAt ? record : record with { UpdatedAt = changedAt };
    }

    private static CallDetailRecord Fold(CallState state, RoomNaming naming)
    {
        var caller = state.Callers.MinBy(leg => leg.Since);
        return new CallDetailRecord
        {
            CallId = state.CallId.Value,
            RoomName = state.Rooms.Name ?? naming.NameOf(state.CallId),
            Tenant = state.Tenant,
            Direction = state.Direction,
            From = state.From,
            To = state.CalledNumber,
            Status = state.Status,
            AgentDispatched = state.AgentDispatched,
            CreatedAt = state.BeganAt,
            UpdatedAt = state.ChangedAt,
            EndedAt = state.EndedAt,
            EndCause = state.End?.Result,
            Admission = state.Screening.Verdict?.Action,
            AdmissionReason = state.Screening.Verdict?.Reason,
            DialAttempts = state.DialAttempts.Count,
            AnsweredAt = state.Callees.Min(leg => leg.ConnectedAt),
            AnsweredBy = state.Verdicts.AnsweredBy,
            SilenceSeconds = CallSilence.Total(state) is { } silence ? Math.Round(silence.TotalSeconds, 3) : null,
            ServedByHuman = (state.Twilio.HumanServed?.Fact as CallFact.HumanDialEnded)?.Human + 1,
            Handoff = state.Handoff?.Record,
            RoomDeletedAt = state.RoomDeletedAt,
            EventsOmitted = state.Omissions.All.Any(),
            Recordings = state.RecordingsInOrder is { Count: > 0 } recordings ? new CallRecordingCollection(recordings) : null,
            Tools = state.Tools.Count > 0 ? new ToolRecordCollection([.. state.Tools.InOrder.Select(use => use.Record)]) : null,
            Quality = QualityQueries.Of(state) is { Count: > 0 } qualities ? new CallQualityCollection(qualities) : null,
            SipParticipant = caller?.Leg is { } leg ? new SipParticipant(leg.Sid, leg.Identity) : null,
            Raw = caller?.Joined?.Raw,
        };
    }
}
