using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>Time that is paid for and serves nobody, as far as the journal knows. Silence is told by <see cref="CallSilence"/>.</summary>
public static class CallWaste
{
    /// <summary>The callers that are this call's and not the next one's in the room.</summary>
    public static IEnumerable<LegState> OwnCallers(CallState state) => state.Callers.Except(state.LaterCallers);

    /// <summary>
    /// When the last of the call's people had left the room, by whoever told so first: LiveKit, Twilio, or the call's end because they were
    /// gone; where nobody came, when the call ended. <c>null</c> while somebody is there, and before the end where nobody came.
    /// </summary>
    public static DateTimeOffset? DesertedAt(CallState state)
    {
        var goings = OwnCallers(state).Select(leg => GoneAt(state, leg))
            .Concat(state.Heard.Where(span => span.Part == LegPart.Human).Select(span => span.To))
            .ToList();
        return goings.Count == 0 ? state.EndedAt
            : goings.TrueForAll(gone => gone is not null) ? goings.Max()
            : null;
    }

    /// <summary>How long the room lived after its last person had left; the time for the agent's last words is a part of it.</summary>
    /// <param name="state">The call.</param>
    /// <param name="until">Until when is counted where the room's end is not known.</param>
    public static TimeSpan GhostRoom(CallState state, DateTimeOffset until) => DesertedAt(state) is { } deserted
        ? Sum(state.Rooms.All
            .Select(room => new Span(room.FirstSeen.Happened, RoomEnd(state, room) ?? until).Within(deserted, NextCall(state))))
        : TimeSpan.Zero;

    /// <summary>How long agents stayed after the last person had left, each for itself.</summary>
    /// <param name="state">The call.</param>
    /// <param name="until">Until when is counted where an agent's going is not known.</param>
    public static TimeSpan AgentsAlone(CallState state, DateTimeOffset until) => DesertedAt(state) is { } deserted
        ? Sum(Agents(state, until).Select(stay => stay.Within(deserted, NextCall(state))))
        : TimeSpan.Zero;

    /// <summary>How long there was a voice agent beside another one, until the last person had left.</summary>
    /// <param name="state">The call.</param>
    /// <param name="until">Until when is counted where an agent's going is not known.</param>
    public static TimeSpan SurplusAgents(CallState state, DateTimeOffset until)
    {
        var stays = Agents(state, until).Select(stay => stay.Within(DateTimeOffset.MinValue, DesertedAt(state) ?? until)).ToList();
        return Sum(stays) - Together(stays);
    }

    /// <summary>How long at least one of some stays lasted.</summary>
    internal static TimeSpan Together(IEnumerable<Span> stays)
    {
        var (together, counted) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var stay in stays.OrderBy(stay => stay.From))
        {
            together += stay.Within(counted, DateTimeOffset.MaxValue).Length;
            counted = stay.To > counted ? stay.To : counted;
        }

        return together;
    }

    private static TimeSpan Sum(IEnumerable<Span> spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    private static IEnumerable<Span> Agents(CallState state, DateTimeOffset until) => state.Agents
        .Where(leg => leg.CameAt < NextCall(state))
        .Select(leg => new Span(leg.CameAt!.Value, state.GoneAt(leg) ?? until));

    /// <summary>When the room was the next call's; the end of time where there is none.</summary>
    internal static DateTimeOffset NextCall(CallState state) => state.LaterCallers.Min(leg => leg.CameAt) ?? DateTimeOffset.MaxValue;

    /// <summary>When a session of the room was over, by LiveKit's word or by our deletion; <c>null</c> while it may live.</summary>
    internal static DateTimeOffset? RoomEnd(CallState state, RoomState room) =>
        room.Finished?.Happened ?? (state.RoomDeletedAt >= room.FirstSeen.At ? state.RoomDeletedAt : null);

    private static DateTimeOffset? GoneAt(CallState state, LegState caller)
    {
        DateTimeOffset?[] twilio = [state.Twilio.DialEnd?.At, state.Twilio.LiveKitLegEnd?.At, state.Twilio.CallerLegEnd?.At];
        DateTimeOffset?[] times =
        [
            state.GoneAt(caller),
            state.End is { } end && EndCause.MeansGone(end.Result) && caller.Since <= end.At ? end.At : null,
            twilio.Min() is { } told && caller.CameAt <= told ? told : null,
        ];
        return times.Min();
    }

    /// <summary>From a moment to a later one.</summary>
    internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
    {
        public TimeSpan Length => To > From ? To - From : TimeSpan.Zero;

        /// <summary>The part of it that lies between two moments.</summary>
        public Span Within(DateTimeOffset from, DateTimeOffset to) => new(From > from ? From : from, To < to ? To : to);
    }
}
