using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Costs.Prices;

namespace VoiceFunctions.Core.Costs;

/// <summary>A use that its provider bills by the minute: each is rounded up for itself.</summary>
/// <param name="Price">The name of its price.</param>
/// <param name="Seconds">How long it lasted.</param>
/// <param name="IsDerived">Whether another witness had to tell how long.</param>
internal sealed record MeteredUse(string Price, double Seconds, bool IsDerived = false)
{
    /// <summary>The minutes that are billed.</summary>
    public long Minutes => (long)Math.Ceiling(Seconds / 60);

    /// <summary>What Twilio and LiveKit meter of a call.</summary>
    /// <param name="state">The call.</param>
    /// <param name="events">Its events: a call can have several humans' phones.</param>
    /// <param name="times">Its durations.</param>
    /// <param name="until">Until when is counted what goes on.</param>
    public static IEnumerable<MeteredUse> Of(CallState state, IEnumerable<CallEvent> events, CallTimes times, DateTimeOffset until)
    {
        var next = CallWaste.NextCall(state);
        var inRoom =
            from leg in state.Legs.All
            where leg.WasThere && leg.CameAt < next && leg.Role != LegRole.Recorder
            let stay = new CallWaste.Span(leg.CameAt!.Value, state.GoneAt(leg) ?? until)
            select new MeteredUse(PriceOf(leg.Leg!), Math.Max(1, stay.Length.TotalSeconds));
        var recorded = state.RecordingsInOrder
            .Where(recording => recording.DurationSeconds > 0)
            .Select(recording => new MeteredUse(PriceName.LiveKitRecording, recording.DurationSeconds!.Value));
        return [.. OfTwilio(state, events, times).Where(use => use.Seconds > 0), .. inRoom, .. recorded];
    }

    private static IEnumerable<MeteredUse> OfTwilio(CallState state, IEnumerable<CallEvent> events, CallTimes times)
    {
        if (!state.IsTwilios)
        {
            return [];
        }

        var derived = times.LiveKitTalk?.TotalSeconds ?? 0;
        return
        [
            new(PriceName.TwilioInbound, times.TwilioCaller ?? derived, times.TwilioCaller is null),
            new(PriceName.TwilioSip, times.TwilioTalk ?? derived, times.TwilioTalk is null),
            new(PriceName.TwilioOutbound, times.TwilioTransfer ?? 0),
            .. events.Select(happened => happened.Fact as CallFact.HumanDialEnded)
                .Where(dial => dial is { Seconds: > 0 })
                .DistinctBy(dial => dial!.Human)
                .Select(dial => new MeteredUse(PriceName.TwilioOutbound, dial!.Seconds!.Value)),
        ];
    }

    private static string PriceOf(Leg leg) => leg switch
    {
        { Role: LegRole.Agent } => PriceName.LiveKitAgent,
        { IsByToken: false, Role: LegRole.Caller or LegRole.Human or LegRole.DialledOut } => PriceName.LiveKitSip,
        _ => PriceName.LiveKitWebRtc,
    };
}
