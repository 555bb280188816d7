using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>Shows a state as a record.</summary>
public static class CallDetailRecords
{
    /// <summary>The record that a state adds up to.</summary>
    /// <param name="state">The state of a call that the journal has heard of.</param>
    /// <param name="roomPrefix">Names the room of a call that Twilio announced and that no room event told of yet.</param>
    public static CallDetailRecord Of(CallState state, string roomPrefix)
    {
        var arrival = state.Arrival?.Fact as CallFact.CallAnnounced;
        var caller = state.Callers.OrderBy(leg => leg.Since).FirstOrDefault();
        return new CallDetailRecord
        {
            CallId = state.CallId.Value,
            RoomName = state.RoomName ?? state.CallId.RoomName(roomPrefix),
            Direction = CallDirection.Inbound,
            From = arrival?.From ?? (caller?.Leg?.PhoneNumber is { } number && !WithheldNumber.IsSpelledIn(number) ? number : null),
            To = state.CalledNumber,
            Status = StatusOf(state),
            AgentDispatched = state.AgentDispatched,
            CreatedAt = state.FirstEventAt,
            UpdatedAt = state.Claims.Values.Select(claim => claim.At).Append(state.LastEventAt).Max(),
            EndedAt = state.End?.At,
            EndCause = state.End?.Result,
            SilenceSeconds = CallSilence.Total(state) is { } silence ? Math.Round(silence.TotalSeconds, 3) : null,
            RoomDeletedAt = state.RoomDeletedAt,
            SipParticipant = caller?.Leg is { } leg ? new SipParticipant(leg.Sid, leg.Identity) : null,
            Raw = caller?.Joined?.Raw,
        };
    }

    private static CallStatus StatusOf(CallState state) => state switch
    {
        { End.Result: { } cause } => EndCause.IsFailure(cause) ? CallStatus.Failed : CallStatus.Ended,
        { AgentDispatched: true } => CallStatus.AgentDispatched,
        _ => state.Callers.Any() ? CallStatus.SipParticipantJoined : CallStatus.Created,
    };
}
