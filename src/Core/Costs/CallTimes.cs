using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Costs;

/// <summary>
/// How long a call was by Twilio, LiveKit and the gateway. The whole times cannot be the same: Twilio counts from its answer, LiveKit from
/// the caller's coming, the gateway from the first event. So each is also told from the first time that the caller could hear somebody,
/// which is when LiveKit picks up.
/// </summary>
internal sealed class CallTimes
{
    /// <param name="state">The call.</param>
    /// <param name="until">Until when is counted what goes on.</param>
    public CallTimes(CallState state, DateTimeOffset until)
    {
        var callers = CallWaste.OwnCallers(state).Where(leg => leg.ConnectedAt is not null).ToList();
        var stays = callers.ConvertAll(leg => new CallWaste.Span(leg.ConnectedAt!.Value, state.GoneAt(leg) ?? until));
        var end = state.EndedAt ?? until;
        Gateway = end - state.BeganAt;
        TwilioCaller = (state.Twilio.CallerLegEnd?.Fact as CallFact.TwilioLegEnded)?.Seconds;
        var dial = (state.Twilio.DialEnd?.Fact as CallFact.DialEnded)?.Seconds;
        var isGivenAway = state.End?.Result == EndCause.Transferred || state.Twilio.LiveKitLegEnd is { Inferred: true };
        TwilioTalk = (state.Twilio.LiveKitLegEnd?.Fact as CallFact.TwilioLegEnded)?.Seconds ?? (isGivenAway ? null : dial);
        TwilioTransfer = isGivenAway ? dial : null;
        if (callers.Count == 0)
        {
            return;
        }

        LiveKit = CallWaste.Together(stays);
        TalkFrom = TalkFromOf(state, callers);
        LiveKitTalk = TalkFrom is { } from
            ? CallWaste.Together(stays.Select(stay => stay.Within(from, DateTimeOffset.MaxValue)))
            : TimeSpan.Zero;
        GatewayTalk = TalkFrom < end ? end - TalkFrom.Value : TimeSpan.Zero;
    }

    /// <summary>Since when the caller could hear somebody; <c>null</c> where they never could.</summary>
    public DateTimeOffset? TalkFrom { get; }

    /// <summary>Twilio's seconds of the caller's own leg; <c>null</c> where Twilio did not say.</summary>
    public int? TwilioCaller { get; }

    /// <summary>Twilio's seconds of its leg to LiveKit; <c>null</c> where Twilio did not say.</summary>
    public int? TwilioTalk { get; }

    /// <summary>Twilio's seconds of the phone to which it gave the caller away; <c>null</c> where it gave them to none.</summary>
    public int? TwilioTransfer { get; }

    /// <summary>How long a caller was in the room; <c>null</c> where LiveKit told of none.</summary>
    public TimeSpan? LiveKit { get; }

    /// <summary>The part of it in which the caller could hear somebody.</summary>
    public TimeSpan? LiveKitTalk { get; }

    /// <summary>From the first event to the end.</summary>
    public TimeSpan Gateway { get; }

    /// <summary>The part of it in which the caller could hear somebody; <c>null</c> where no caller came.</summary>
    public TimeSpan? GatewayTalk { get; }

    /// <summary>The three, side by side.</summary>
    public IReadOnlyList<WitnessTime> SideBySide =>
    [
        new("twilio", TwilioCaller, TwilioTalk),
        new("livekit", Seconds(LiveKit), Seconds(LiveKitTalk)),
        new("gateway", Seconds(Gateway), Seconds(GatewayTalk)),
    ];

    /// <summary>A time in seconds, to the millisecond.</summary>
    public static double? Seconds(TimeSpan? time) => time is { } some ? Math.Round(some.TotalSeconds, 3) : null;

    /// <summary>Whom we called, and who came with a token, is connected at once; a caller's phone rings until an agent is heard.</summary>
    private static DateTimeOffset? TalkFromOf(CallState state, List<LegState> callers)
    {
        var came = callers.Min(leg => leg.ConnectedAt);
        var heard = state.Heard.Select(span => (DateTimeOffset?)span.From).Min();
        return callers.Exists(leg => leg.Leg!.IsCallee || leg.Leg.IsByToken) || heard < came ? came : heard;
    }
}
